"""The progress screen by its keys: ranges, zoom, scroll, cursor, knee, calendar, weeks, and the mouse."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.app import NOW, Room, make_app, running, screen_text
from tests.diaries import BOTH_DONE, make_record
from tests.golden import assert_golden
from trainer.core.happening import Event, Freeze
from trainer.core.rating import Moment, Rating
from trainer.core.record import Status
from trainer.core.side import Side
from trainer.store import Store
from trainer.store.happenings import save
from trainer.ui.home import HomeScreen
from trainer.ui.progress import ProgressScreen
from trainer.ui.rate import RateScreen
from trainer.ui.widgets.pointed_view import PointedView


def full(data: Path, **wishes: object) -> Room:
    """A room with a past: forty mornings up to today, a warm-up every other day, a change and an illness."""
    room = make_app(data, **wishes)
    day = [NOW - timedelta(days=ago) for ago in range(41)]
    with Store.open(room.database) as store:
        for ago, at in enumerate(day):
            morning = 6 if ago > 20 else 4
            store.rate(Rating(f"m{ago}", at.replace(hour=7), Moment.MORNING, Side.RIGHT, morning))
            if ago and ago % 2 == 0:
                store.begin(make_record(f"s{ago}", at=at))
                store.keep(f"s{ago}", 1, BOTH_DONE, 200.0)
                store.rate(Rating(f"b{ago}", at, Moment.BEFORE, Side.RIGHT, 5, session=f"s{ago}"))
                end = at + timedelta(minutes=8)
                store.rate(Rating(f"a{ago}", end, Moment.AFTER, Side.RIGHT, 4, session=f"s{ago}"))
                store.end(f"s{ago}", Status.FINISHED, end, 301.0)
        save(store, Event("e", day[30].date(), "new shoes"))
        save(store, Freeze("f", day[13].date(), day[11].date(), "a cold"))
    return room


def rate_left_too(room: Room) -> None:
    """Rate the other knee as well, two points lower, mornings and sessions."""
    with Store.open(room.database) as store:
        for ago in range(41):
            at = NOW - timedelta(days=ago)
            for moment, when, score in (
                (Moment.MORNING, at.replace(hour=7), 2),
                (Moment.BEFORE, at, 5),
                (Moment.AFTER, at + timedelta(minutes=8), 1),
            ):
                if moment is Moment.MORNING or ago % 3 == 0:
                    store.rate(Rating(f"l{moment}{ago}", when, moment, Side.LEFT, score))


async def opened(pilot: Pilot[None], *keys: str) -> str:
    """Open the progress screen from home, past whatever the app asks first, and press keys there."""
    while isinstance(pilot.app.screen, RateScreen):
        await press(pilot, "s")
    return await press(pilot, "p", *keys)


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys on the progress screen and give what it shows then."""
    await pilot.press(*keys)
    await pilot.pause()
    return screen_text(pilot.app)


@pytest.mark.parametrize(
    ("name", "size", "glyphs", "keys"),
    [
        ("progress_80x24", (80, 24), "quadrant", ()),
        ("progress_80x24_ascii", (80, 24), "ascii", ("1",)),
        ("progress_200x60", (200, 60), "quadrant", ()),
        ("progress_80x24_calendar", (80, 24), "quadrant", ("c", "left")),
        ("progress_80x24_weeks", (80, 24), "quadrant", ("w",)),
        ("progress_80x24_both", (80, 24), "quadrant", ("k",)),
        ("progress_120x36_both", (120, 36), "quadrant", ("k",)),
    ],
)
async def test_progress_looks_as_it_was_approved(
    tmp_path: Path, name: str, size: tuple[int, int], glyphs: str, keys: tuple[str, ...]
) -> None:
    room = full(tmp_path, glyphs=glyphs)
    if "both" in name:
        rate_left_too(room)
    async with running(room, size) as pilot:
        assert_golden(name, await opened(pilot, *keys))


async def test_escape_leads_home(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room) as pilot:
        await opened(pilot, "c", "escape")
        assert isinstance(room.app.screen, HomeScreen)


async def test_an_empty_diary_says_so(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    async with running(room) as pilot:
        text = await opened(pilot)
        assert "No ratings from 8 Jul to 5 Oct." in text
        assert "Too early. Come back after 7 mornings." in text
        assert "No warm-up yet." in await press(pilot, "c")
        assert "week by week" in await press(pilot, "w")
        assert "not rated" in await press(pilot, "k", "plus", "minus", "4", "left", "home")


async def test_each_range_has_a_key_and_its_sentence(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room) as pilot:
        assert "Right knee, 90 days: 8 Jul to 5 Oct 2026" in await opened(pilot)
        text = await press(pilot, "1")
        assert "28 days: 8 Sep to 5 Oct 2026" in text
        assert "Last 4 weeks: Mean of 28 mornings" in text
        text = await press(pilot, "3")
        assert "365 days: 6 Oct 2025 to 5 Oct 2026" in text
        assert "Last year: Mean of 41 mornings" in text
        assert "41 days: 26 Aug to 5 Oct 2026" in await press(pilot, "4")


async def test_the_cursor_reads_a_day_out(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room) as pilot:
        assert "Mon 5 Oct 2026: morning 4, 7-day median 4" in await opened(pilot)
        assert "Sat 3 Oct 2026: morning 4, before 5, after 4, 7-day median 4 · warm-up" in await press(
            pilot, "left", "left"
        )
        assert "Sun 4 Oct 2026: morning 4, 7-day median 4" in await press(pilot, "right")
        assert "Wed 26 Aug 2026: morning 6, before 5" in await press(pilot, "home")
        assert "Mon 5 Oct 2026" in await press(pilot, "end")
        await press(pilot, "home")
        assert "Sat 5 Sep 2026" in await press(pilot, *["right"] * 10)
        assert "new shoes" in screen_text(pilot.app)
        room.app.screen.action_move(18)  # type: ignore[attr-defined]
        await pilot.pause()
        assert "days off" in screen_text(pilot.app)


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_a_day_is_read_out_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    room = full(tmp_path)
    room.diary.rate(Rating("evening", NOW - timedelta(days=10, hours=-1), Moment.EVENING, Side.RIGHT, 3))
    with Store.open(room.database) as store:
        save(store, Event("bike", (NOW - timedelta(days=10)).date(), "a long bike ride"))
    async with running(room, size) as pilot:
        words = " ".join((await opened(pilot, *["left"] * 10)).split())
        assert "morning 4, before 5, after 4, evening 3, 7-day median 4 · warm-up · a long bike ride" in words


async def test_a_narrow_table_says_what_it_is_as_well(tmp_path: Path) -> None:
    async with running(full(tmp_path), (60, 18)) as pilot:
        assert "Weeks from Monday, the newest first" in await opened(pilot, "w")


async def test_zoom_and_scroll_change_what_is_shown(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room) as pilot:
        assert "45 days: 22 Aug to 5 Oct" in await opened(pilot, "plus")
        assert "23 days" in await press(pilot, "up")
        assert "1 Sep to 23 Sep" in await press(pilot, "pageup")
        assert "13 Sep to 5 Oct" in await press(pilot, "shift+right")
        assert "41 days" in await press(pilot, "minus"), "there is no more to show"
        assert "90 days" in await press(pilot, "2")


async def test_the_knees_are_shown_one_by_one_or_together(tmp_path: Path) -> None:
    room = full(tmp_path)
    room.diary.rate(Rating("left", NOW - timedelta(hours=11), Moment.MORNING, Side.LEFT, 5))
    async with running(room) as pilot:
        text = await opened(pilot, "k")
        assert "Both knees" in text
        assert "Mon 5 Oct 2026: left: morning 5" in text
        assert "Last 3 months, left: 5. Too early" in text
        assert "Last 3 months, right: Mean of 41" in text
        assert "■" in text
        assert "Left knee, 90 days" in await press(pilot, "k")
        assert "Right knee, 90 days" in await press(pilot, "k")


async def test_calendar_and_weeks_move_by_weeks_and_lead_back_to_the_chart(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room) as pilot:
        text = await opened(pilot, "c")
        assert "■ warm-up  · rest  ≈ days off" in text
        assert "Lately about" in text
        assert "streak" not in text.lower()
        assert "Mon 28 Sep 2026" in await press(pilot, "left")
        assert "Sun 27 Sep 2026" in await press(pilot, "up")
        text = await press(pilot, "w")
        rows = [line for line in text.splitlines() if " n=" in line]
        assert rows[2].startswith("  ► 21 Sep 2026")
        assert rows[2].endswith("mean 4.0  best 4  worst 4  n=7/7")
        assert "Sun 20 Sep 2026" in await press(pilot, "down")
        assert "90 days" in await press(pilot, "w")


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_years_before_are_reached_with_the_keys_that_scroll(tmp_path: Path, size: tuple[int, int]) -> None:
    room = full(tmp_path)
    long_ago = NOW - timedelta(days=600)
    with Store.open(room.database) as store:
        store.begin(make_record("old", at=long_ago))
        store.keep("old", 1, BOTH_DONE, 200.0)
    async with running(room, size) as pilot:
        text = await opened(pilot, "c")
        weeks = min(53, size[0] - 8)
        start = NOW.date() - timedelta(days=7 * (weeks - 1))
        assert f"Warm-ups, {start.day} {start:%b %Y} to 5 Oct 2026" in text
        assert text.count("■") > 15
        text = await press(pilot, "pageup")
        assert "Mon 6 Apr 2026" in text
        assert "to 12 Apr 2026" in text
        text = await press(pilot, "shift+left", "pageup", "pageup")
        assert "Warm-ups, 12 Feb 2025 to" in text
        assert "Wed 12 Feb 2025: not rated · warm-up" in text
        assert "●" in text, "the day of the first warm-up, under the cursor"
        assert f"Warm-ups, {start.day} {start:%b %Y} to 5 Oct 2026" in await press(pilot, "end")
        assert "Warm-ups, 12 Feb 2025 to" in await press(pilot, "home"), "the page follows the cursor"


async def test_the_table_goes_back_and_marks_the_week_that_is_read_out(tmp_path: Path) -> None:
    room = full(tmp_path)
    long_ago = NOW - timedelta(days=300)
    room.diary.rate(Rating("old", long_ago.replace(hour=7), Moment.MORNING, Side.RIGHT, 9))
    async with running(room, (80, 24)) as pilot:
        text = await opened(pilot, "w", "down")
        assert [line.split()[:4] for line in text.splitlines() if "►" in line] == [["►", "28", "Sep", "2026"]]
        text = await press(pilot, "pageup", "pageup", "pageup")
        assert len([line for line in text.splitlines() if "►" in line]) == 1
        text = await press(pilot, "home")
        (last,) = (line for line in text.splitlines() if "mean 9.0" in line)
        assert last.split()[:4] == ["►", "8", "Dec", "2025"]
        assert text.count("no rating") > 9
        assert "► 5 Oct 2026" in await press(pilot, "end")


async def test_hovering_reads_each_day_out_and_leaves_the_page_alone(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room, (97, 30)) as pilot:
        await opened(pilot)
        for column, day in ((88, "Sun 4 Oct"), (60, "Sun 6 Sep"), (0, "Wed 8 Jul")):
            await pilot.hover(PointedView, offset=(3 + column, 8))
            await pilot.pause()
            text = screen_text(room.app)
            assert f"{day} 2026" in text
            assert "90 days: 8 Jul to 5 Oct 2026" in text


async def test_the_mouse_reads_out_and_zooms(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room, (97, 30)) as pilot:
        await opened(pilot)
        # Ninety days in ninety columns, after two of margin and three of scale.
        await pilot.hover(PointedView, offset=(3 + 88, 8))
        await pilot.pause()
        assert "Sun 4 Oct 2026" in screen_text(room.app)
        await pilot.click(PointedView, offset=(3 + 80, 8))
        await pilot.pause()
        assert "Sat 26 Sep 2026" in screen_text(room.app)
        screen = room.app.screen
        assert isinstance(screen, ProgressScreen)
        view = screen.query_one(PointedView)
        view.post_message(PointedView.Wheeled(is_up=True))
        await pilot.pause()
        assert "45 days" in screen_text(room.app)
        await press(pilot, "c")
        await pilot.hover(PointedView, offset=(4 + 51, 3))
        await pilot.pause()
        assert "Tue 29 Sep 2026" in screen_text(room.app)


async def test_every_key_is_told_with_what_it_does(tmp_path: Path) -> None:
    room = full(tmp_path)
    async with running(room, (100, 50)) as pilot:
        text = await opened(pilot, "f1")
        for words in ("The day before", "Four weeks", "Everything there is", "A year of warm-ups", "Week by week"):
            assert words in text
    for binding in ProgressScreen.BINDINGS:
        assert not isinstance(binding, tuple)
        assert binding.id
        assert binding.description


@pytest.mark.parametrize("size", [(20, 8), (40, 12), (60, 18), (80, 24), (120, 36), (200, 60)])
async def test_any_window_is_enough_not_to_fail(tmp_path: Path, size: tuple[int, int]) -> None:
    room = full(tmp_path)
    async with running(room, size) as pilot:
        await opened(pilot, "k", "left", "c", "left", "w", "w", "1", "4", "plus", "pageup")
        assert isinstance(room.app.screen, ProgressScreen)
