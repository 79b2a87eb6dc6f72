"""Going easier: offered in kind words, once, and never in front of a rating."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from tests.app import NOW, SET_UP, Room, make_app, running, screen_text, shipped
from tests.diaries import make_record
from tests.source import sources
from tests.test_ui_moments import press
from trainer.core.care import LIGHTER_NOW, MORE_AFTER, Care
from trainer.core.drill import Load
from trainer.core.rating import Moment, Rating
from trainer.core.record import Result, Status
from trainer.core.side import Side
from trainer.core.timeline import PhaseKind
from trainer.ui.care import CareCard, QuestionsScreen
from trainer.ui.easing import baseline_of, is_less_due, of_this_week, usual_of
from trainer.ui.home import HomeScreen
from trainer.ui.kit import Order
from trainer.ui.session import SessionScreen
from trainer.ui.summary import SummaryScreen


def rate_mornings(room: Room, *scores: int) -> None:
    """One a day; the last is today's."""
    for ago, score in enumerate(reversed(scores)):
        at = NOW.replace(hour=7) - timedelta(days=ago)
        room.diary.rate(Rating(f"m{ago}", at, Moment.MORNING, Side.RIGHT, score))


def toasts(room: Room) -> str:
    """What was told in passing."""
    return " ".join(f"{one.title} {one.message}" for one in room.app._notifications)


def words(room: Room) -> str:
    """What the screen on top says, without what lies below it."""
    return " ".join(str(line.render()) for line in room.app.screen.query(Static)).replace("\n", " ")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_a_high_rating_before_offers_the_gentle_routine_and_the_questions(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours"))
    async with running(room, size) as pilot:
        await press(pilot, "8")
        assert isinstance(room.app.screen, CareCard)
        assert "Seated drills or a rest: both are fine." in words(room)
        await press(pilot, "enter")
        assert isinstance(room.app.screen, QuestionsScreen)
        await press(pilot, "down", "down", "down", "down", "space")
        assert "Please have it looked at today" in words(room)
        await press(pilot, "escape")
        assert "Please have it looked at today" in words(room)
        await press(pilot, "down", "enter")
        screen = room.app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.session.timeline.routine == "desk-break"
    (record,) = room.diary.read(lambda store: store.sessions(), ())
    assert [(rating.moment, rating.score) for rating in record.ratings] == [(Moment.BEFORE, 8)]
    assert room.written[-1].cautions_said == ("high-before:2026-10-05", "high-rating-before:2026-10-05")


async def test_where_a_question_is_answered_with_yes_escape_is_a_rest(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours"))
    async with running(room) as pilot:
        await press(pilot, "8", "enter", "space", "escape")
        assert "Please call your emergency number now." in words(room)
        assert "escape Not today" in " ".join(screen_text(room.app).split())
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)


async def test_who_goes_on_goes_on_and_is_not_told_again_that_day(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours"))
    async with running(room) as pilot:
        await press(pilot, "7")
        await press(pilot, "escape")
        assert isinstance(room.app.screen, SessionScreen)
    said = room.written[-1]
    room = make_app(tmp_path / "next", order=Order("knee-neighbours"), settings=said)
    async with running(room) as pilot:
        await press(pilot, "7")
        assert isinstance(room.app.screen, SessionScreen)


async def test_a_rest_is_fine_too_and_the_rating_is_kept(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break"))
    async with running(room) as pilot:
        await press(pilot, "9")
        await press(pilot, "down", "enter")
        assert isinstance(room.app.screen, HomeScreen)
    ratings = room.diary.read(lambda store: store.ratings(), ())
    assert [rating.score for rating in ratings] == [9]
    assert room.diary.read(lambda store: store.sessions(), ()) == ()


def to_another(screen: SessionScreen) -> None:
    """To the work of a drill that did not hurt."""
    session = screen.session
    while session.phase.drill.id in session.eased or not session.phase.is_work:
        session.skip()


async def test_two_drills_that_hurt_offer_to_end_once(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        screen = room.app.screen
        assert isinstance(screen, SessionScreen)
        for count in range(3):
            to_another(screen)
            await press(pilot, "h")
            assert ("Two drills hurt" in words(room)) is (count == 1)
            if count == 1:
                await press(pilot, "escape")
                assert isinstance(room.app.screen, SessionScreen)
    assert room.written[-1].cautions_said == ("two-drills:2026-10-05",)


async def test_who_has_enough_ends_and_what_was_done_is_kept(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break", skips_before=True))
    async with running(room) as pilot:
        screen = room.app.screen
        assert isinstance(screen, SessionScreen)
        for _ in range(2):
            to_another(screen)
            await press(pilot, "h")
        await press(pilot, "enter")
        assert "How is your RIGHT knee right now?" in words(room)
        await press(pilot, "s")
    (record,) = room.diary.read(lambda store: store.sessions(), ())
    assert record.status is Status.STOPPED


async def test_three_bad_mornings_running_suggest_a_professional_once(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    rate_mornings(room, *[3] * 7, 6, 6, 6)
    async with running(room) as pilot:
        assert "show your ratings to a professional" in words(room)
        assert "trainer report -o knee.html" in words(room)
        assert "An easier round" not in words(room)  # the stronger word stands for both
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)
    assert room.written[-1].cautions_said == ("bad-mornings:2026-10-03", "bad-morning:2026-10-05")
    room = make_app(tmp_path, settings=room.written[-1])
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)
    assert SET_UP.cautions_said == ()


def test_every_care_has_an_effect() -> None:
    text = "".join(source.text for source in sources() if source.room == "ui" or source.place == "core/suggestion.py")
    assert [care for care in Care if not re.search(rf"Care\.{care.name}\b", text)] == []


# A high rating, at any moment


@pytest.mark.parametrize("moment", Moment)
async def test_a_high_rating_of_any_moment_brings_the_questions_at_the_next_start_once(
    tmp_path: Path, moment: Moment
) -> None:
    room = make_app(tmp_path)
    room.diary.rate(Rating("r", NOW - timedelta(hours=1), moment, Side.RIGHT, 9))
    async with running(room) as pilot:
        assert isinstance(room.app.screen, CareCard)
        assert "That is a high rating. Please go through a few questions again." in words(room)
        await press(pilot, "enter")
        assert isinstance(room.app.screen, QuestionsScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(room.app.screen, HomeScreen)
    assert room.written[-1].cautions_said == (f"high-rating-{moment}:2026-10-05",)
    room = make_app(tmp_path, settings=room.written[-1])
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_the_morning_and_the_evening_bring_them_as_they_are_rated_and_one_card_says_it_all(
    tmp_path: Path,
) -> None:
    room = make_app(tmp_path, settings=replace(SET_UP, ask_evening=True))
    room.diary.rate(Rating("y", NOW - timedelta(days=1), Moment.NOW, Side.RIGHT, 5))
    async with running(room) as pilot:
        assert "First stairs" in words(room)
        await press(pilot, "8", "enter")
        assert "Today on average" in words(room)
        await press(pilot, "9", "enter")
        assert isinstance(room.app.screen, CareCard)
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)
        await press(pilot, "r", "7", "enter")
        assert isinstance(room.app.screen, HomeScreen)
        await press(pilot, "r", "8", "enter")
        assert isinstance(room.app.screen, CareCard)
        await press(pilot, "escape", "r", "9", "enter")
        assert isinstance(room.app.screen, HomeScreen)
    kinds = [key.partition(":")[0] for key in room.written[-1].cautions_said]
    assert kinds == ["high-rating-morning", "high-rating-evening", "high-rating-now"]


async def test_the_questions_come_where_no_diary_can_be_written(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    room.database.mkdir(parents=True)
    async with running(room) as pilot:
        await press(pilot, "r", "9", "enter")
        assert isinstance(room.app.screen, CareCard)


# Before a session


async def test_going_on_after_a_high_rating_is_without_standing_that_day(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours"))
    async with running(room) as pilot:
        await press(pilot, "8")
        await press(pilot, "escape")
        assert on(room).session.timeline.title == "Knee neighbours (no standing)"
        assert not any(phase.drill.position.is_upright for phase in on(room).session.timeline.phases)
    room = make_app(tmp_path / "next", order=Order("knee-neighbours"), settings=room.written[-1])
    async with running(room) as pilot:
        await press(pilot, "9")
        assert on(room).session.timeline.title == "Knee neighbours (no standing)"
        assert "This time: Knee neighbours (no standing)." in toasts(room)


async def test_a_routine_of_which_too_little_would_be_left_is_not_gone_on_with(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("gym-floor-quick"))
    async with running(room) as pilot:
        await press(pilot, "8")
        assert isinstance(room.app.screen, CareCard)
        assert [way.id for way in room.app.screen.query_one(OptionList).options] == ["questions", "way-0", "way-1"]
        await press(pilot, "down", "enter")
        assert on(room).session.timeline.routine == "desk-break"


def on(room: Room) -> SessionScreen:
    screen = room.app.screen
    assert isinstance(screen, SessionScreen)
    return screen


# After a session, and before the next


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_clearly_higher_after_says_what_follows_and_so_does_home(tmp_path: Path, size: tuple[int, int]) -> None:
    room = make_app(tmp_path, order=Order("desk-break"))
    async with running(room, size) as pilot:
        await press(pilot, "2")
        room.advance(30)
        await press(pilot, "q", "enter")
        await press(pilot, "5", "enter")
        assert isinstance(room.app.screen, SummaryScreen)
        assert MORE_AFTER.words in " ".join(screen_text(room.app).split())
        assert "lighter this time" in await press(pilot, "enter")
    assert room.written[-1].cautions_said == ("more-after:2026-10-05",)


def after_higher(data: Path, *, after: int = 5, **wishes: object) -> Room:
    """An hour after a warm-up of 2 before and ``after`` after."""
    room = make_app(data, now=NOW + timedelta(hours=1), **wishes)
    room.diary.begin(replace(make_record("s", at=NOW, status=Status.STOPPED), moved_s=300.0))
    for moment, score in ((Moment.BEFORE, 2), (Moment.AFTER, after)):
        room.diary.rate(Rating(moment, NOW, moment, Side.RIGHT, score, session="s"))
    return room


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_the_next_one_is_less_and_then_all_is_as_usual(tmp_path: Path, size: tuple[int, int]) -> None:
    room = after_higher(tmp_path, order=Order("knee-neighbours"))
    async with running(room, size) as pilot:
        await press(pilot, "3")
        assert isinstance(room.app.screen, CareCard)
        assert LIGHTER_NOW in words(room)
        assert "Knee neighbours (lighter)" in screen_text(room.app)
        await press(pilot, "enter")
        session = on(room).session
        assert (session.timeline.routine, session.timeline.title) == ("knee-neighbours", "Knee neighbours (lighter)")
        usual = {item.drill: item.reps for item in shipped().routines["knee-neighbours"].items}
        for phase in session.timeline.phases:
            assert phase.drill.knee.load is not Load.MODERATE
            if phase.is_work and phase.reps is not None and phase.drill.id in usual:
                assert phase.reps < (usual[phase.drill.id] or phase.drill.dose.reps) or phase.reps == 2
        room.advance(30)
        await press(pilot, "q", "enter", "3", "enter", "enter")
        assert isinstance(room.app.screen, HomeScreen)
        assert "lighter this time" not in screen_text(room.app)
        await press(pilot, "enter", "3")
        assert on(room).session.timeline.title == "Knee neighbours"


async def test_lighter_can_be_refused_and_rest_is_fine(tmp_path: Path) -> None:
    room = after_higher(tmp_path, order=Order("every-joint"))
    async with running(room) as pilot:
        await press(pilot, "3")
        await press(pilot, "down", "enter")
        assert isinstance(room.app.screen, HomeScreen)
        await press(pilot, "enter", "3")
        assert LIGHTER_NOW in words(room)  # nothing was done: it still is the next one
        await press(pilot, "escape")
        assert "lighter" not in on(room).session.timeline.title


async def test_where_nothing_is_asked_the_next_one_is_lighter_and_says_so(tmp_path: Path) -> None:
    room = after_higher(tmp_path, order=Order("every-joint", skips_before=True))
    async with running(room):
        assert on(room).session.timeline.title == "Every joint (lighter)"
        assert "This time: Every joint (lighter)." in toasts(room)


def test_only_a_warm_up_in_which_somebody_moved_is_the_last_one(tmp_path: Path) -> None:
    room = after_higher(tmp_path)
    later = [make_record(str(n), at=NOW + timedelta(minutes=n), status=Status.STOPPED) for n in range(1, 6)]
    room.diary.begin(replace(later[0], moved_s=9.0, status=Status.RUNNING))
    room.diary.begin(replace(later[1], moved_s=9.0, planned_s=0.0))
    for record in later[2:]:
        room.diary.begin(replace(record, moved_s=0.0))
    assert is_less_due(room.diary)
    room.diary.begin(replace(later[4], id="last", moved_s=9.0))
    assert not is_less_due(room.diary)


async def test_who_is_not_clearly_higher_has_the_usual_one(tmp_path: Path) -> None:
    room = after_higher(tmp_path, after=4, order=Order("knee-neighbours"))
    async with running(room) as pilot:
        await press(pilot, "3")
        assert on(room).session.timeline.title == "Knee neighbours"


async def test_high_before_and_less_come_on_one_card(tmp_path: Path) -> None:
    room = after_higher(tmp_path, order=Order("knee-neighbours"))
    async with running(room) as pilot:
        await press(pilot, "6")
        assert "A gentle round suits today" in words(room)
        assert LIGHTER_NOW in words(room)
        await press(pilot, "down", "enter")
        assert on(room).session.timeline.title == "No kneeling (lighter)"


async def test_a_rating_after_that_is_no_higher_than_before_brings_no_second_card(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break"))
    async with running(room) as pilot:
        await press(pilot, "8")
        await press(pilot, "escape")
        room.advance(30)
        await press(pilot, "q", "enter")
        await press(pilot, "8", "enter")
        assert isinstance(room.app.screen, SummaryScreen)


async def test_a_rating_given_late_says_less_next_time_too(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("desk-break"))
    async with running(room) as pilot:
        await press(pilot, "2")
        room.advance(30)
    room = make_app(tmp_path, now=NOW + timedelta(minutes=10))
    async with running(room) as pilot:
        await press(pilot, "escape")  # it is not gone on with
        await press(pilot, "6", "enter")
        assert MORE_AFTER.words in toasts(room)
        assert isinstance(room.app.screen, HomeScreen)


# The morning, and the week


async def test_a_morning_above_the_usual_is_said_in_passing_and_home_offers_the_gentle_routines_first(
    tmp_path: Path,
) -> None:
    room = make_app(tmp_path, now=NOW.replace(hour=9))
    rate_mornings(room, *[3] * 7, 5)
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)
        assert "This morning was above your usual. An easier round suits today." in toasts(room)
        assert rows(room)[:2] == ["no-kneeling", "desk-break"]
        assert "an easier round: this morning was above your usual" in screen_text(room.app)
    assert room.written[-1].cautions_said == ("bad-morning:2026-10-05",)
    room = make_app(tmp_path, settings=room.written[-1])
    async with running(room):
        assert "above your usual" not in toasts(room)
        assert rows(room)[:2] == ["no-kneeling", "desk-break"]


async def test_a_high_rating_of_today_offers_them_first_too(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    room.diary.rate(Rating("r", NOW, Moment.NOW, Side.LEFT, 6))
    room.diary.rate(Rating("s", NOW, Moment.NOW, Side.RIGHT, 2))
    async with running(room):
        assert rows(room)[:2] == ["no-kneeling", "desk-break"]
        assert "a gentler round: today's rating was high" in screen_text(room.app)


async def test_the_week_before_the_first_warm_up_is_usual_until_there_are_mornings_enough(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    rate_mornings(room, 2, 2, 2, 2, 8, 8, 4)
    room.diary.begin(replace(make_record("s", at=NOW - timedelta(days=2, hours=3)), moved_s=300.0))
    assert baseline_of(room.diary, Side.RIGHT, NOW) == 2
    assert baseline_of(room.diary, Side.LEFT, NOW) is None
    assert usual_of(room.diary, Side.LEFT, NOW) is None
    assert usual_of(room.diary, Side.RIGHT, NOW + timedelta(days=54)) == 2
    assert usual_of(room.diary, Side.RIGHT, NOW + timedelta(days=55)) is None, "that was usual two months ago"


def rows(room: Room) -> list[str]:
    screen = room.app.screen
    assert isinstance(screen, HomeScreen)
    assert screen._facts is not None
    return [row.id for row in screen._facts.rows]


async def test_a_week_clearly_above_the_first_suggests_a_professional_once(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    rate_mornings(room, *[2] * 14, *[3] * 7, *[5] * 8)  # the last one is a Monday
    async with running(room) as pilot:
        assert "The last week was clearly above your first." in words(room)
        assert "trainer report -o knee.html" in words(room)
        await press(pilot, "escape")
        assert isinstance(room.app.screen, HomeScreen)
    assert any(key.startswith("week-up:2026-09-") for key in room.written[-1].cautions_said)
    room = make_app(tmp_path, settings=room.written[-1])
    async with running(room):
        assert isinstance(room.app.screen, HomeScreen)


async def test_years_lie_between_the_first_week_and_the_last(tmp_path: Path) -> None:
    room = make_app(tmp_path)
    for day in range(7):
        at = NOW.replace(hour=7) - timedelta(days=3000 - day)
        room.diary.rate(Rating(f"f{day}", at, Moment.MORNING, Side.RIGHT, 2))
    rate_mornings(room, *[5] * 9)
    assert [one.rule.id for one in of_this_week(room.diary, (Side.LEFT, Side.RIGHT), NOW)] == ["week-up"]


async def test_the_first_week_is_the_first_that_was_rated_enough_of_the_first_eight(tmp_path: Path) -> None:
    for gone, is_found in ((49, True), (70, False)):
        room = make_app(tmp_path / str(gone))
        for day in (0, *range(gone, gone + 7)):
            at = NOW.replace(hour=7) - timedelta(days=3000 - day)
            room.diary.rate(Rating(f"f{day}", at, Moment.MORNING, Side.RIGHT, 2))
        rate_mornings(room, *[5] * 9)
        assert bool(of_this_week(room.diary, (Side.RIGHT,), NOW)) is is_found


# In a session


async def test_what_hurts_with_the_easier_way_too_is_left_with_its_other_side(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours", skips_before=True))
    async with running(room) as pilot:
        session = on(room).session
        while not (session.phase.is_work and session.phase.drill.is_one_sided):
            session.skip()
        drill, following = session.phase.drill, session.timeline.phases[session.phase.index + 3]
        await press(pilot, "h", "h")  # one press that bounced is one mark
        assert session.phase.drill == drill
        assert "Easier from here" in toasts(room)
        room.advance(2.5)
        await press(pilot, "h")
        assert session.phase.drill == following.drill != drill
        assert "Leave this drill for today. The next one comes." in toasts(room)
        assert [str(one.result) for _, one in session.outcomes if one.drill == drill.id] == ["hurt", "skipped"]


async def test_what_is_marked_while_the_next_drill_gets_ready_is_named(tmp_path: Path) -> None:
    room = make_app(tmp_path, order=Order("knee-neighbours", skips_before=True))
    async with running(room) as pilot:
        session = on(room).session
        session.skip()
        done = session.phase.drill
        room.advance(session.phase_left + 1)
        assert session.phase.kind is PhaseKind.PREPARE
        assert session.phase.drill != done
        await press(pilot, "h")
        assert session.outcomes[-1][1].result is Result.HURT
        assert toasts(room) == f"{done.name} is marked. An easier way the next time: {done.easier}"
