"""The settings page: every setting with its line, changed by key and mouse, saved at once, at any size."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from tests.app import SET_UP, Room, make_app, running, screen_text, settle
from trainer.core.errors import ContentError
from trainer.core.side import Affected
from trainer.settings import Settings, parse
from trainer.ui.choices import Choice, choices
from trainer.ui.home import HomeScreen
from trainer.ui.settings_page import SettingsPage

NOT_HERE = {"safety_accepted", "audio", "cautions_said"}
"""Said once, meant for the command line, remembered."""


async def press(pilot: Pilot[None], *keys: str) -> str:
    await pilot.press(*keys)
    await settle(pilot)
    return screen_text(pilot.app)


def to(name: str) -> list[str]:
    """The keys that lead to a setting."""
    return ["down"] * [choice.name for choice in choices(())].index(name)


def test_everything_a_person_would_want_is_on_the_page() -> None:
    assert {choice.name for choice in choices(())} == {field.name for field in fields(Settings)} - NOT_HERE


@pytest.mark.parametrize("choice", choices(("gym-dark",)), ids=lambda choice: choice.name)
def test_every_value_is_one_that_the_file_takes(choice: Choice) -> None:
    for value in choice.values:
        written = str(value).lower() if isinstance(value, bool) else str(value)
        assert parse(f"{choice.name}: {written}") == (replace(Settings(), **{choice.name: value}), ())  # type: ignore[arg-type]
        assert choice.show(value)


def test_a_ladder_stops_at_its_ends_and_finds_the_nearest_rung() -> None:
    (volume,) = [choice for choice in choices(()) if choice.name == "volume"]
    assert volume.turned(Settings(volume=1.0), 1) == 1.0
    assert volume.turned(Settings(volume=0.0), -1) == 0.0
    assert volume.turned(Settings(volume=0.33), 1) == 0.3
    (knee,) = [choice for choice in choices(()) if choice.name == "affected_knee"]
    assert knee.turned(Settings(), 1) is Affected.LEFT
    assert knee.turned(Settings(affected_knee=Affected.BOTH), 1) is Affected.LEFT


async def test_a_key_changes_a_setting_and_it_is_saved_at_once(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room, (80, 24)) as pilot:
        text = await press(pilot, "s")
        assert isinstance(room.app.screen, SettingsPage)
        assert "Ask in the morning" in text
        assert "The knee that troubles you" in text
        text = await press(pilot, "down", "right")
        assert "The first stairs of the day" in text
        await press(pilot, "enter")
        await press(pilot, "left")
        assert [settings.ask_morning for settings in room.written] == [False, True, False]
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)


async def test_sound_signs_and_colours_change_at_once(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room, (120, 36)) as pilot:
        await press(pilot, "s", *to("volume"), "right")
        assert room.output.volume == 0.8
        await press(pilot, "home", *to("muted"), "right")
        assert room.output.muted
        await press(pilot, "home", *to("glyphs"), "right")
        await press(pilot, "right")
        assert str(room.kit.glyphs) == "octant"
        before = room.app.theme
        await press(pilot, "home", *to("theme"), "left")
        assert room.app.theme != before
        assert room.written[-1].theme == room.app.theme


async def test_activities_are_written_and_asked_about_from_then_on(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room, (80, 24)) as pilot:
        text = await press(pilot, "s", *to("activities"), "enter")
        assert "For instance: stairs down" in text
        await press(pilot, *"a,b,c,d", "enter")
        assert "at most 3 activities" in screen_text(room.app)
        for _ in range(4):
            await pilot.press("backspace")
        text = await press(pilot, "left", *"x", "enter")
        assert room.written[-1].activities == ("a", "xb")
        assert room.written[-1].ask_weekly
        assert "a, xb" in text
        await press(pilot, "enter", "escape")
        assert isinstance(room.app.screen, SettingsPage)


async def test_the_mouse_changes_a_setting(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room, (80, 24)) as pilot:
        await press(pilot, "s")
        await pilot.click(OptionList, offset=(4, 1))
        await settle(pilot)
        assert room.written[-1].ask_morning is False


async def test_what_cannot_be_saved_is_told_and_holds_all_the_same(tmp_path: Path) -> None:
    def refuse(_settings: Settings) -> None:
        raise ContentError("The settings could not be saved.", "Check the rights of its folder.")

    room: Room = make_app(tmp_path)
    room.kit.write_settings = refuse
    async with running(room, (80, 24)) as pilot:
        text = await press(pilot, "s", "down", "right")
        assert "could not be saved" in text
        assert room.kit.settings == replace(SET_UP, ask_morning=False)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (20, 6)])
async def test_every_setting_can_be_reached_in_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    room = make_app(tmp_path)
    async with running(room, size) as pilot:
        await press(pilot, "s")
        for choice in choices(()):
            if size[0] >= 60:
                text = screen_text(room.app)
                assert choice.title in text
                assert choice.words in " ".join(text.split())
            await press(pilot, "down")
