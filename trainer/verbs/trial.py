"""``trainer trial``: a fair test of two routines on yourself, in pairs of days whose order only chance chose."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.happening import TrialStatus
from trainer.core.trial_written import OUTSIDE
from trainer.paths import Folders
from trainer.store import Store
from trainer.store.trials import current_trial, end_trials, judge, look_today, note_outside
from trainer.verbs.out import put
from trainer.verbs.trial_names import TrialNames
from trainer.verbs.words import read_day, shown

if TYPE_CHECKING:
    from trainer.core.trial_today import TrialToday

NAME = "trial"
HELP = "test two routines against each other on yourself, fairly"
STEPS = ("today", "start", "done", "order", "report", "stop")
NONE_YET = "There is no test. trainer trial start --routine ROUTINE says what one can find, and starts nothing yet."
_START_ONLY = ("routine", "against", "pairs", "block", "washout", "seed", "start")


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds what ``trainer trial`` takes."""
    parser.add_argument("step", metavar="|".join(STEPS), nargs="?", default="today", help="usual: today")
    parser.add_argument("day", metavar="DAY", nargs="?", help="of done: today (usual) or yesterday")
    parser.add_argument("--routine", metavar="ROUTINE", help="start: one of the two")
    parser.add_argument("--against", metavar="ROUTINE", help=f"start: the other (usual: {OUTSIDE}, outside the app)")
    parser.add_argument("--pairs", metavar="N", help="start: pairs of days, 6 to 60 (usual: 14)")
    parser.add_argument("--block", metavar="DAYS", help="start: days of one routine in a row, 1 (usual) or 3 to 7")
    parser.add_argument(
        "--washout", metavar="DAYS", help="start: first days of each block that do not count, at most 2"
    )
    parser.add_argument("--start", metavar="DAY", help="start: the first day, such as today (usual: tomorrow)")
    parser.add_argument("--seed", metavar="N", help="start: what the order is drawn with (usual: any)")
    parser.add_argument("--yes", action="store_true", help="start, stop: really do it")
    parser.add_argument("--json", action="store_true", help="today, order, report: as JSON")


def run(arguments: argparse.Namespace, folders: Folders) -> int:
    """Does the step. Raises UsageError, ContentError or StoreError, then nothing is changed."""
    step = arguments.step
    if step not in STEPS:
        raise UsageError(f"{shown(step)} is no part of a test.", f"Say {', '.join(STEPS)}.")
    given = [name for name in _START_ONLY if getattr(arguments, name) is not None]
    if given and step != "start":
        raise UsageError(f"--{given[0]} belongs to the start of a test.", "Say trainer trial start.")
    if arguments.day is not None and step != "done":
        raise UsageError("Only done takes a day.", "Say trainer trial done yesterday.")
    now = datetime.now().astimezone()
    if step == "start":
        from trainer.verbs.trial_start import start

        return start(arguments, folders, now)
    if step == "stop":
        return _stop(arguments, folders, day_of(now))
    names = TrialNames(folders)
    if step == "done":
        return _note_done(arguments, folders, names, now)
    with Store.look(folders.database) as store:
        found = look_today(store, names.knees, day_of(now))
        if found is None:
            put(["null\n" if arguments.json else NONE_YET + "\n"], as_data=arguments.json)
        elif step == "today":
            said = _today_json(found, names) if arguments.json else None
            _say(names.lines(found, "Then say: trainer trial done.") if said is None else said)
        elif step == "order":
            _order(found, is_json=arguments.json)
        else:
            _report(store, found, names, is_json=arguments.json)
    return 0


def _say(what: Iterable[str] | dict[str, Any] | list[Any]) -> None:
    if isinstance(what, dict | list):
        put([json.dumps(what, ensure_ascii=False, indent=2) + "\n"], as_data=True)
    else:
        put([line + "\n" for line in what])


def _today_json(found: TrialToday, names: TrialNames) -> dict[str, Any]:
    standing, trial = found.standing, found.trial
    plan, place = standing.plan, standing.place if found.is_under_way else None
    return {
        "id": trial.id,
        "status": "finished" if standing.is_over and trial.status is TrialStatus.RUNNING else trial.status.value,
        "routines": list(plan.arms),
        "seed": plan.seed,
        "start": plan.start.isoformat(),
        "pairs": plan.pairs,
        "block_days": plan.block_days,
        "washout_days": plan.washout_days,
        "done": standing.done,
        "dropped": standing.dropped,
        "today": None
        if place is None
        else {
            "day": place.day.isoformat(),
            "routine": place.arm,
            "pair": place.pair + 1,
            "counts": place.counts and not standing.is_free_day,
            "done": found.is_done,
        },
        "words": list(names.lines(found, "")),
    }


def _order(found: TrialToday, *, is_json: bool) -> None:
    from trainer.core.trial_words import order_lines

    if is_json:
        from trainer.export import trial_json

        _say(trial_json(found.trial))
        return
    plan = found.standing.plan
    _say(order_lines(plan))
    if not plan.is_as_drawn:
        _say(["This is not the order that its seed draws: somebody changed it."])


def _report(store: Store, found: TrialToday, names: TrialNames, *, is_json: bool) -> None:
    said = judge(store, found, names.knees, names.of(found.standing.plan.arms))
    plan, is_final = found.standing.plan, not found.is_under_way
    if is_json:
        _say(
            {
                "final": is_final,
                "pairs": said.pairs,
                "days": said.days,
                "differences": list(said.differences) if is_final else None,
                "median": said.median if is_final else None,
                "lower": dict(zip(plan.arms, said.lower, strict=True)) if is_final else None,
                "p": said.p,
                "sentence": said.sentence,
                "notes": list(said.notes),
            }
        )
        return
    rest = () if is_final else (f"Its numbers are told when all {plan.pairs} are done, not before.",)
    _say((said.sentence, *said.notes, *rest))


def _note_done(arguments: argparse.Namespace, folders: Folders, names: TrialNames, now: datetime) -> int:
    day = day_of(now) if arguments.day is None else read_day(arguments.day, now)
    late = (day_of(now) - day).days
    if late not in (0, 1):
        raise UsageError("That can be said of today and of yesterday.", "Later one remembers what fits the knee.")
    with Store.open(folders.database) as store:
        found = look_today(store, names.knees, day)
        if found is None or not found.is_under_way:
            raise UsageError("No test is under way.", "trainer trial start begins one.")
        if OUTSIDE not in found.standing.plan.arms or names.leads(OUTSIDE):
            raise UsageError("Both routines of this test are done in the app.", "It sees by itself when one is done.")
        if found.arm != OUTSIDE and OUTSIDE not in found.done:
            what = "not a day" if found.arm is None else f"a {names.of(found.standing.plan.arms)[found.arm]} day"
            raise UsageError(f"{day} is {what} of the test, no rolling day.", "trainer trial tells which day is which.")
        is_new = note_outside(store, _at(day, now))
    saved = "Saved" if is_new else "Known already"
    put([f"{saved}: foam rolling, {day}. Rate the first stairs of the morning after.\n"])
    return 0


def _at(day: date, now: datetime) -> datetime:
    """A time on that day: now, or yesterday at noon."""
    return now if day == day_of(now) else datetime.combine(day, time(12)).astimezone()


def _stop(arguments: argparse.Namespace, folders: Folders, today: date) -> int:
    with Store.open(folders.database) if arguments.yes else Store.look(folders.database) as store:
        trial = current_trial(store)
        if trial is None or trial.status is not TrialStatus.RUNNING:
            raise UsageError("No test is under way.", "trainer trial start begins one.")
        if not arguments.yes:
            put(["This ends the test for good; the pairs that are done are kept. trainer trial stop --yes does it.\n"])
            return 0
        end_trials(store, today)
    put(["Stopped. trainer trial report says what the pairs that were done can carry.\n"])
    return 0
