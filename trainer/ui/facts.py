"""From the library and the diary to what home shows. Pure but for the questions it asks the diary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainer.core.asking import due, is_of_activity
from trainer.core.caution import Caution
from trainer.core.day import before_day, day_of
from trainer.core.drill_record import DrillRecord
from trainer.core.four_weeks import DAYS, FourWeeks, four_weeks
from trainer.core.letters import printable
from trainer.core.rating import Moment, Rating
from trainer.core.record import SessionRecord, Status
from trainer.core.routine import Routine, demands
from trainer.core.side import Side
from trainer.core.suggestion import suggest
from trainer.core.timeline import Timeline
from trainer.core.when import ago
from trainer.drawing.frame import Frame
from trainer.drawing.glyphs import Glyphs
from trainer.drawing.sparkline import sparkline
from trainer.library import Broken, Library
from trainer.settings import Settings
from trainer.store import Diary
from trainer.store.charting import first_day
from trainer.ui.due import affected_knees, wishes_of
from trainer.ui.easing import is_less_due, of_home
from trainer.ui.home import HomeFacts, Row
from trainer.ui.lately import recall_drills, routine_words
from trainer.ui.outline import IN_WORDS, broken_routines

OPEN_MORNING = "First stairs today? m rates them."

NOTHING = HomeFacts(rows=(), reason="", last="", weeks="", spark=Frame.blank)
"""Home without a library."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the diary knows, as far as home needs it."""

    last_rating: Rating | None
    """The latest answer about pain."""
    last_session: SessionRecord | None
    """The latest session."""
    ratings: tuple[Rating, ...]
    """Those of the last four weeks, newest first."""
    sessions: int
    """How many sessions were done in the last four weeks."""
    first_day: date | None = None
    """The day of the first entry."""
    drills: tuple[DrillRecord, ...] = ()
    """What became of each drill lately."""
    caution: Caution | None = None
    """What today asks for."""
    is_less_due: bool = False
    """Whether the next warm-up is lighter."""


def recall(diary: Diary, now: datetime) -> Past:
    """Ask the diary a bounded number of questions."""
    first = day_of(now) - timedelta(days=DAYS - 1)
    since = before_day(first, now)
    sessions = diary.read(lambda store: store.sessions(limit=200, since=since), ())
    ratings = diary.read(lambda store: store.ratings(since=since), ())
    answers = (rating for rating in ratings if rating.score is not None and not is_of_activity(rating))
    return Past(
        last_rating=next(answers, None) or _older(diary),
        last_session=next((one for one in sessions if one.was_led), None) or _older_session(diary),
        ratings=ratings,
        first_day=diary.read(first_day, None),
        drills=recall_drills(diary),
        caution=of_home(diary, now),
        is_less_due=is_less_due(diary),
        sessions=sum(
            session.status in (Status.FINISHED, Status.STOPPED)
            and session.was_led  # rolling, noted for a test, is no warm-up
            and day_of(session.started_at) >= first
            for session in sessions
        ),
    )


def _older(diary: Diary) -> Rating | None:
    rating = diary.read(lambda store: store.last_rating(), None)
    return None if rating is None or is_of_activity(rating) else rating


def _older_session(diary: Diary) -> SessionRecord | None:
    found = diary.read(lambda store: store.last_session(), None)
    return found if found is not None and found.was_led else None


def home_facts(library: Library, past: Past, settings: Settings, now: datetime, glyphs: Glyphs) -> HomeFacts:
    """What home shows: the suggestion first, then the shipped and own routines, then the broken ones."""
    done = past.last_session.routine if past.last_session is not None else None
    choice = suggest(
        tuple(library.routines), now, caution=past.caution, is_less_due=past.is_less_due, last_routine=done
    )
    first = (choice.routine, *choice.others) if choice is not None else ()
    order = sorted(library.routines.values(), key=lambda one: first.index(one.id) if one.id in first else len(first))
    rows = [routine_row(routine, library, settings, past.drills) for routine in order]
    rows += [Row(name, broken.title, broken=_reason(broken)) for name, broken in broken_routines(library).items()]
    recent = four_weeks(past.ratings, day_of(now))

    def spark(width: int, _height: int) -> Frame:
        return sparkline(recent.days, width, glyphs=glyphs)

    return HomeFacts(
        rows=tuple(rows),
        reason=choice.reason if choice is not None else "",
        is_gentle=choice is not None and choice.is_gentle,
        last=_last_words(past, settings, now),
        weeks=_weeks_words(past, recent),
        spark=spark,
    )


def _reason(broken: Broken) -> str:
    """Why it cannot be used: the first mistake, with the file's own name, and how many more there are."""
    first, more = broken.complaints[0], len(broken.complaints) - 1
    place = f"{printable(broken.path.name)}:{first.line}:{first.column}"
    return f"{place}: {first.message}" + (f" ({more} more)" if more else "")


def routine_row(routine: Routine, library: Library, settings: Settings, records: tuple[DrillRecord, ...] = ()) -> Row:
    """One routine in the words of home; ``records``: what became of the drills lately."""
    timeline = Timeline.of(routine, library.drills, affected=settings.affected_knee, stretch=settings.prepare_stretch)
    return Row(
        id=routine.id,
        name=routine.name,
        minutes=max(1, round(timeline.total_s / 60)),
        where=", ".join(dict.fromkeys(IN_WORDS[position] for position in demands(routine, library.drills).positions)),
        needs=", ".join(routine.equipment),
        purpose=routine.purpose,
        lately=routine_words(routine, library.drills, records),
    )


def _last_words(past: Past, settings: Settings, now: datetime) -> str:
    """The stairs of this morning; else the last rating, and that nobody said anything of the stairs yet."""
    if stairs := _stairs_words(past.ratings, now):
        return stairs
    questions = due(past.ratings, wishes_of(settings), affected_knees(settings), now, first_day=past.first_day)
    is_open = any(question.moment is Moment.MORNING for question in questions)
    return "  ".join(filter(None, (_rating_words(past.last_rating, now), OPEN_MORNING if is_open else "")))


def _stairs_words(ratings: Sequence[Rating], now: datetime) -> str:
    today = day_of(now)
    scores: dict[Side, int] = {}
    for rating in ratings:  # newest first
        if rating.moment is Moment.MORNING and rating.score is not None and day_of(rating.at) == today:
            scores.setdefault(rating.knee, rating.score)
    told = ", ".join(f"{knee.value} knee {scores[knee]}" for knee in (Side.LEFT, Side.RIGHT) if knee in scores)
    return f"This morning's stairs: {told}." if told else ""


def _rating_words(rating: Rating | None, now: datetime) -> str:
    if rating is None or rating.score is None:
        return ""
    what = {Moment.MORNING: "stairs in the morning", Moment.AFTER: "after the warm-up"}.get(rating.moment, "")
    when = ago(rating.at, now)
    apart = ", " if when[0].isdigit() else " "  # two numbers in a row are hard to read
    return f"{rating.knee.value.capitalize()} knee {rating.score}{apart}{when}{f', {what}' if what else ''}."


def _weeks_words(past: Past, recent: FourWeeks) -> str:
    if not past.sessions and not recent.days:
        return ""
    count = f"{past.sessions} warm-up{'' if past.sessions == 1 else 's'}"
    return f"{count}, {recent.words}" if recent.words else count
