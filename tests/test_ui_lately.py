"""What hurt or was skipped lately is said where the next warm-up can act on it: home, preview, library."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app import NOW, SET_UP, Room, make_app, running, screen_text
from tests.diaries import make_record
from tests.made import make_routine
from tests.test_going_on import settle_place
from tests.test_ui_moments import press
from tests.test_ui_preview import LIBRARY as PREVIEWED
from trainer.core.record import Outcome, Result, Status
from trainer.core.routine import Item, leave_out
from trainer.core.side import Side
from trainer.library import Library
from trainer.store import Store
from trainer.store.trials import note_outside
from trainer.ui.home import HomeScreen
from trainer.ui.lately import recall_drills
from trainer.ui.rate import RateScreen
from trainer.ui.session import SessionScreen

MADE = make_routine(
    Item(drill="ankle-circles", reps=4), Item(rest=20), Item(drill="cat-camel", time=30), Item(drill="ankle-pumps")
)
LIBRARY: Library = replace(PREVIEWED, routines={"made": MADE}, broken=())
QUIET = replace(SET_UP, ask_morning=False, ask_before=False)
HURT = "Ankle circles hurt on the left 2 of the last 3 times."


def lived(data: Path, *results: Result, **wishes: object) -> Room:
    """Ankle circles went so on the last days, oldest first; the pumps hurt at the last."""
    room = make_app(data, library=LIBRARY, settings=QUIET, **wishes)
    with Store.open(room.database) as store:
        for number, result in enumerate(results):
            began = NOW - timedelta(days=len(results) - number)
            record = replace(make_record(str(number), status=Status.FINISHED), started_at=began, ended_at=began)
            store.begin(record)
            store.keep(record.id, 0, Outcome("ankle-circles", Side.LEFT, result, 4, 4), 60.0)
            store.keep(record.id, 1, Outcome("ankle-pumps", Side.BOTH, Result.DONE, 4, 4), 90.0)
    return room


TWICE = (Result.HURT, Result.DONE, Result.HURT)


def flat(room: Room) -> str:
    return " ".join(screen_text(room.app).split())


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_home_says_which_drill_of_the_routine_hurt_and_where_to_ease_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = lived(tmp_path, *TWICE)
    async with running(room, size):
        assert HURT in flat(room)
        assert "i eases it" in flat(room)


async def test_home_says_nothing_of_what_hurt_once_long_ago_or_was_skipped(tmp_path: Path) -> None:
    room = lived(tmp_path, Result.HURT, Result.SKIPPED, Result.SKIPPED)
    async with running(room):
        assert "Ankle circles" not in flat(room)
        assert "eases" not in flat(room)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_preview_says_it_with_the_easier_way_beside_it(tmp_path: Path, size: tuple[int, int]) -> None:
    room = lived(tmp_path, *TWICE)
    async with running(room, size) as pilot:
        await pilot.press("i")
        await pilot.pause()
        text = screen_text(room.app)
        assert "Ankle circles !" in text
        assert "Cat-camel !" not in text
        assert "Hurt on the left 2 of the last 3" in flat(room)
        card = str(room.app.screen.query_one("#text").render())
        drill = LIBRARY.drills["ankle-circles"]
        assert card.index("Hurt on") < card.index(drill.easier) < card.index("x leaves it out") < card.index("1  ")
        assert card.count(drill.easier) == 1
        await pilot.press("down", "down")
        await pilot.pause()
        assert "Hurt on" not in screen_text(room.app)


async def test_a_drill_is_left_out_of_today_s_session_with_its_rest(tmp_path: Path) -> None:
    room = lived(tmp_path, *TWICE)
    async with running(room, (120, 36)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        whole = screen_text(room.app).splitlines()[1]
        await pilot.press("x")
        await pilot.pause()
        text = screen_text(room.app)
        assert "Ankle circles (out)" in text
        assert "2 drills, 1 left out" in text
        assert whole.split("min")[0] != text.splitlines()[1].split("min")[0]
        await pilot.press("x")
        await pilot.pause()
        assert screen_text(room.app).splitlines()[1] == whole
        await pilot.press("x", "enter")
        await pilot.pause()
        assert isinstance(room.app.screen, SessionScreen)
        timeline = room.app.screen.session.timeline
        assert list(dict.fromkeys(phase.drill.id for phase in timeline.phases)) == ["cat-camel", "ankle-pumps"]
        assert not [phase for phase in timeline.phases if phase.kind.value == "rest"]


async def test_what_was_left_out_is_kept_as_skipped_with_its_reason(tmp_path: Path) -> None:
    room = lived(tmp_path, Result.DONE)
    async with running(room, (120, 36)) as pilot:
        await press(pilot, "i", "x", "enter")
        room.advance(90)
        text = await press(pilot, "3", "enter")
        assert "Skipped: Ankle circles (left), Ankle circles (right)." in text
        assert "Why did you skip Ankle circles?" in text
        (kept, _) = room.diary.read(lambda store: store.sessions(), ())
        assert [one.reason for one in kept.outcomes if one.drill == "ankle-circles"] == [None, None]
        assert "Ankle circles: no room. Saved." in await press(pilot, "2")
    (kept, _) = room.diary.read(lambda store: store.sessions(), ())
    left_out = [Outcome("ankle-circles", side, Result.SKIPPED, 0, 4, "no-room") for side in (Side.LEFT, Side.RIGHT)]
    assert list(kept.outcomes[:2]) == left_out
    assert [one.drill for one in kept.outcomes[2:]] == ["cat-camel", "ankle-pumps"]
    assert "skipped on the right once (no room)" in [one.words for one in recall_drills(room.diary)]


@pytest.mark.parametrize("seconds", [20, 50], ids=["in the first drill", "in the second"])
@pytest.mark.parametrize("key", ["enter", "escape"], ids=["gone on with", "left"])
async def test_what_was_left_out_is_kept_though_the_program_is_killed(tmp_path: Path, seconds: int, key: str) -> None:
    room = lived(tmp_path / "before", Result.DONE)
    async with running(room, (120, 36)) as pilot:
        await press(pilot, "i", "x", "enter")
        room.advance(5)
        await press(pilot)
        room.advance(seconds)
        await press(pilot)
        assert isinstance(room.app.screen, SessionScreen)
        assert room.app.screen.session.moved_s > 0
        settle_place(room)
        shutil.copytree(tmp_path / "before", tmp_path / "after")  # what a kill leaves at that instant
    room = make_app(tmp_path / "after", library=LIBRARY, now=NOW + timedelta(minutes=5), settings=QUIET)
    async with running(room, (120, 36)) as pilot:
        await press(pilot, key)
        room.advance(150)
        text = await press(pilot, "3", "enter")
        assert ("Skipped: Ankle circles (left), Ankle circles (right)." in text) is (key == "enter")
        if key == "enter":
            assert "Ankle circles: no room. Saved." in await press(pilot, "2")
    (kept, _) = room.diary.read(lambda store: store.sessions(), ())
    why = "no-room" if key == "enter" else None
    left_out = [Outcome("ankle-circles", side, Result.SKIPPED, 0, 4, why) for side in (Side.LEFT, Side.RIGHT)]
    assert list(kept.outcomes[:2]) == left_out
    done = ["cat-camel", "ankle-pumps"] if key == "enter" else ["cat-camel"] if seconds > 20 else []
    assert [one.drill for one in kept.outcomes[2:]] == done


async def test_of_a_warm_up_that_was_never_begun_nothing_is_kept_as_left_out(tmp_path: Path) -> None:
    room = lived(tmp_path, Result.DONE)
    async with running(room, (120, 36)) as pilot:
        await press(pilot, "i", "x", "enter")
        assert "Why did you skip" not in await press(pilot, "q", "enter", "3", "enter")
    (kept, _) = room.diary.read(lambda store: store.sessions(), ())
    assert kept.outcomes == ()


async def test_one_drill_stays(tmp_path: Path) -> None:
    room = lived(tmp_path, *TWICE)
    async with running(room, (120, 36)) as pilot:
        await pilot.press("i", "x", "down", "x", "down", "x", "down", "x")
        await pilot.pause()
        assert "One drill stays" in screen_text(room.app)
        assert "1 drill, 2 left out" in screen_text(room.app)
    assert leave_out(MADE, {"ankle-circles", "cat-camel", "ankle-pumps"}) == MADE


async def test_the_library_marks_it_and_says_it(tmp_path: Path) -> None:
    room = lived(tmp_path, *TWICE)
    async with running(room, (120, 36)) as pilot:
        await pilot.press("d")
        await pilot.pause()
        assert "Ankle circles !" in screen_text(room.app)
        assert "Ankle pumps !" not in screen_text(room.app)
        listing = room.app.screen.query_one("#drills")
        listing.highlighted = list(LIBRARY.drills).index("ankle-circles")  # type: ignore[attr-defined]
        await pilot.pause()
        assert "Hurt on the left 2 of the last 3 times." in flat(room)
        assert "Next time take the easier way" in flat(room)


async def test_what_was_noted_as_done_elsewhere_is_neither_rated_nor_hides_what_was_cut_off(tmp_path: Path) -> None:
    room = make_app(tmp_path, settings=replace(SET_UP, ask_morning=False))
    with Store.open(room.database) as store:
        begun = NOW - timedelta(minutes=40)
        record = replace(make_record("led", at=begun), planned_s=600.0)
        store.begin(record)
        store.end("led", Status.STOPPED, begun + timedelta(minutes=10), 300.0)
        note_outside(store, NOW - timedelta(minutes=20))
    async with running(room) as pilot:
        assert isinstance(room.app.screen, RateScreen)
        assert "After Knee neighbours" in flat(room)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(room.app.screen, HomeScreen)
        assert "what you did last time" in flat(room)
