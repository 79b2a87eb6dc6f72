"""However small the window, the line of keys keeps the way back and the help; a click on it is the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app import make_app, resize, running, screen_text
from tests.test_ui_preview import SHIPPED_LIBRARY
from trainer.ui.happenings import HappeningsScreen
from trainer.ui.help import HelpScreen
from trainer.ui.home import HomeScreen
from trainer.ui.setup import SafetyScreen
from trainer.ui.widgets.footer import KeyFooter, Offered, fitting

STAYS = Offered(("q",), ("q",), "Quit", stays=True)
"""8 columns."""
FIRST = Offered(("left", "right"), ("←", "→"), "Day", stays=False)
"""8 columns."""
LONG = Offered(("s",), ("s",), "Something long", stays=False)
"""18 columns."""


def test_what_stays_is_shown_and_of_the_others_what_fits() -> None:
    every = (FIRST, LONG, STAYS)
    assert [one.width for one in every] == [8, 18, 8]
    assert fitting(every, 34) == every
    assert fitting(every, 33) == (FIRST, STAYS)
    assert fitting((LONG, FIRST, STAYS), 24) == (FIRST, STAYS)
    assert fitting(every, 15) == fitting(every, 3) == (STAYS,)


@pytest.mark.parametrize(
    ("keys", "back"),
    [
        ((), "q Quit"),
        (("i",), "escape Back"),
        (("d",), "escape Back"),
        (("p",), "esc Back"),
        (("p", "e"), "escape Back"),
        (("p", "a"), "escape Back"),
        (("s",), "escape Back"),
        (("t", "n"), "escape Not now"),
        (("r",), "s Rather not say"),
        (("enter", "5"), "q Stop"),
    ],
    ids=["home", "preview", "library", "progress", "entries", "events", "settings", "test", "rate", "session"],
)
async def test_at_60x18_every_screen_keeps_the_way_back_and_the_help(
    tmp_path: Path, keys: tuple[str, ...], back: str
) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, (60, 18)) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        foot = screen_text(room.app).splitlines()[17]
        assert f" {back} " in foot
        assert foot.endswith("? Keys")
        if not keys:
            await resize(pilot, 120, 36)
            assert "s Settings" in screen_text(room.app).splitlines()[35]


@pytest.mark.parametrize("keys", [("d", "f1"), ("enter", "5", "i")], ids=["help", "drill"])
async def test_a_long_card_keeps_its_way_back_in_sight(tmp_path: Path, keys: tuple[str, ...]) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, (60, 18)) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        assert "escape  back" in screen_text(room.app)


async def test_a_click_on_the_line_is_the_key(tmp_path: Path) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, (100, 30)) as pilot:
        line = screen_text(room.app).splitlines()[29]
        await pilot.click(KeyFooter, offset=(line.index("? Keys") + 3, 0))
        await pilot.pause()
        assert isinstance(room.app.screen, HelpScreen)
        await pilot.press("escape", "p", "a")
        await pilot.pause()
        assert isinstance(room.app.screen, HappeningsScreen)
        await pilot.click(KeyFooter, offset=(screen_text(room.app).splitlines()[29].index("escape"), 0))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(room.app.screen, HomeScreen)


async def test_the_first_text_of_all_keeps_its_keys_in_sight(tmp_path: Path) -> None:
    room = make_app(tmp_path, library=SHIPPED_LIBRARY)
    async with running(room, (60, 18)) as pilot:
        room.app.push_screen(SafetyScreen())
        await pilot.pause()
        await pilot.pause()
        assert "y  I have read this      q  leave" in screen_text(room.app)
