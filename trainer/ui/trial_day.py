"""From the diary to what home and the card say of a fair test. Pure but for what it asks the diary."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.happening import TrialStatus
from trainer.core.side import Affected
from trainer.core.timeline import Timeline
from trainer.core.trial_offer import MOST_SEED, full_day, offer_lines
from trainer.core.trial_power import USUAL_SPREAD
from trainer.core.trial_today import TrialToday, lines_of
from trainer.core.trial_words import today_words
from trainer.core.trial_written import OUTSIDE, OUTSIDE_TITLE, write_trial
from trainer.store import new_id
from trainer.store.trial_start import spread_for_start
from trainer.store.trials import begin_trial, close_done, end_trials, judge, look_today, note_outside
from trainer.ui.trial import TrialShown
from trainer.ui.trial_wish import titles_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from trainer.core.side import Side
    from trainer.library import Library
    from trainer.settings import Settings
    from trainer.store import Diary, Store
    from trainer.ui.home import HomeFacts
    from trainer.ui.kit import Kit
    from trainer.ui.trial_wish import Wish

NONE_YET = (
    "Does moving do more for your knee than the foam roller?",
    "A fair test asks your own mornings: pairs of days, in an order drawn by chance.",
    "n puts one together, and says what it can find and what it cannot before anything starts.",
)
ENDING = "The pairs that are done are kept, and t says what they can carry. A test that ends early can mislead."


def find_trial(diary: Diary, settings: Settings, now: datetime) -> TrialToday | None:
    """The test under way, or the last one; None where there is none. Raises UsageError where it makes no sense."""
    return diary.read(lambda store: look_today(store, _knees(settings), day_of(now)), None)


def with_trial(facts: HomeFacts, library: Library, kit: Kit) -> HomeFacts:
    """Home with a line on the test, the routine of the day first; a gentler round stays before it."""
    try:
        found = find_trial(kit.diary, kit.settings, kit.now())
    except UsageError:
        return facts  # the card says it
    if found is None or found.trial.status is not TrialStatus.RUNNING:
        return facts
    facts = replace(facts, last="  ".join(filter(None, (facts.last, _line(found, library, kit.settings)))))
    if not found.is_done and facts.rows and facts.rows[0].id == found.other:
        facts = replace(facts, reason=f"not today: a day for {_titles(library, found).get(found.arm or '')}")
    first = next((row for row in facts.rows if row.id == found.arm and not row.broken), None)
    if first is None or found.is_done or facts.is_gentle:
        return facts
    rest = tuple(row for row in facts.rows if row is not first)
    return replace(facts, rows=(first, *rest), reason="today's day of your test")


def card_of(kit: Kit, library: Library) -> TrialShown:
    """What the card shows; the answer of a test that is over is kept as told."""
    try:
        found = find_trial(kit.diary, kit.settings, kit.now())
    except UsageError as error:
        return TrialShown("The fair test", (error.message, error.hint), can_end=True)
    if found is None:
        return TrialShown("The fair test", NONE_YET, can_set_up=True)
    titles, leads = _titles(library, found), OUTSIDE in library.routines
    title = " against ".join(titles[arm] for arm in found.standing.plan.arms)
    title = f"Fair test: {title}"
    if not found.is_under_way:
        said = kit.diary.read(lambda store: judge(store, found, _knees(kit.settings), titles), None)
        kit.diary.change(lambda store: close_done(store, found), None)
        return TrialShown(title, () if said is None else (said.sentence, *said.notes), can_set_up=True)
    outside = "" if leads else OUTSIDE
    minutes = _minutes(library, found, kit.settings)
    lines = lines_of(found, titles, minutes=minutes, outside=outside, how="Then press d.")
    is_outside = found.arm == outside
    return TrialShown(
        title,
        lines,
        track=_track(found, is_ascii=kit.is_ascii),
        routine=None if is_outside or found.is_done or found.arm not in library.routines else found.arm,
        can_note=is_outside and not found.is_done,
        can_end=True,
    )


def note_done(kit: Kit) -> str:
    """Keep that rolling was done today; gives what to say."""
    kept = kit.diary.change(lambda store: (note_outside(store, kit.now()),), None)
    if kept is None:
        return kit.diary.problem or "The diary could not be written."
    return f"Saved: {OUTSIDE_TITLE} today. Tomorrow, rate the first stairs."


def make_offer(kit: Kit, library: Library) -> Callable[[Wish], tuple[str, ...]]:
    """What says of a test that is wanted what it can find. Raises UsageError while another is under way."""
    settings, today = kit.settings, day_of(kit.now())
    if settings.affected_knee is None:
        raise UsageError("A test needs to know which knee it is about.", "k at home asks.")
    knees, titles = _knees(settings), titles_of(library)
    spread = kit.diary.read(lambda store: spread_for_start(store, knees, today), USUAL_SPREAD)

    def say(wish: Wish) -> tuple[str, ...]:
        return offer_lines(wish.plan(today, seed=0), spread, titles, knees)

    return say


def begin_wished(kit: Kit, wish: Wish) -> str:
    """Draw the order and write it down before it starts; gives what to say. Raises UsageError."""
    now = kit.now()
    plan = wish.plan(day_of(now), secrets.randbelow(MOST_SEED + 1))
    trial, knees = write_trial(plan, new_id(), now), _knees(kit.settings)

    def write(store: Store) -> bool:
        begin_trial(store, trial, knees, day_of(now))
        return True

    if not kit.diary.change(write, otherwise=False):
        return kit.diary.problem or "The diary could not be written."
    return f"Written down, with seed {plan.seed}. From {full_day(plan.start)} on home tells each day which it is."


def end_test(kit: Kit) -> str:
    """End the test under way; gives what to say."""

    def write(store: Store) -> bool:
        end_trials(store, day_of(kit.now()))
        return True

    if not kit.diary.change(write, otherwise=False):
        return kit.diary.problem or "The diary could not be written."
    return "Ended. t says what the pairs that were done can carry."


def _line(found: TrialToday, library: Library, settings: Settings) -> str:
    titles = _titles(library, found)
    if found.standing.is_over:
        return "Your fair test is over: t tells its answer."
    if found.arm is None or found.other is None:
        return f"Fair test: {today_words(found.standing, titles)}"
    if found.is_done:
        return "Fair test: done for today. Tomorrow, rate the first stairs."
    if found.arm in library.routines:
        return f"Fair test: today is a day for {titles[found.arm]}, without {titles[found.other]}."
    minutes = _minutes(library, found, settings)
    length = f"{minutes} minutes of it" if minutes else "do it"
    return f"Fair test: today is a day for {titles[found.arm]}. {length[0].upper()}{length[1:]} instead; t notes it."


def _knees(settings: Settings) -> tuple[Side, ...]:
    return (settings.affected_knee or Affected.BOTH).knees


def _titles(library: Library, found: TrialToday) -> dict[str, str]:
    """Names by id; a routine that is no longer there keeps its id."""
    arms = found.standing.plan.arms
    known = {arm: library.routines[arm].name if arm in library.routines else arm for arm in arms}
    return known if OUTSIDE in library.routines else {**known, OUTSIDE: OUTSIDE_TITLE}


def _minutes(library: Library, found: TrialToday, settings: Settings) -> int:
    """Length of the one that the app leads through, so that the other takes as long."""
    for arm in found.standing.plan.arms:
        if arm in library.routines:
            timeline = Timeline.of(
                library.routines[arm], library.drills, affected=settings.affected_knee, stretch=settings.prepare_stretch
            )
            return max(1, round(timeline.total_s / 60))
    return 0


def _track(found: TrialToday, *, is_ascii: bool) -> str:
    standing = found.standing
    done, ahead = ("#", ".") if is_ascii else ("■", "□")
    dropped = f", {standing.dropped} dropped and made up at the end" if standing.dropped else ""
    wanted = standing.plan.pairs
    return f"{done * standing.done}{ahead * (wanted - standing.done)}  {standing.done} of {wanted} pairs{dropped}"
