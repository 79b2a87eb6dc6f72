"""``trainer trial start``: says what a test can find and what it cannot; ``--yes`` draws it and writes it down."""

from __future__ import annotations

import argparse
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from trainer.core.day import day_of
from trainer.core.errors import UsageError
from trainer.core.trial import BLOCK_DAYS, MOST_PAIRS, MOST_WASHOUT, USUAL_PAIRS, plan_trial
from trainer.core.trial_offer import MOST_SEED, mind_start, offer_lines
from trainer.core.trial_written import OUTSIDE, write_trial
from trainer.store import Store, new_id
from trainer.store.trial_start import spread_for_start
from trainer.store.trials import begin_trial
from trainer.verbs.out import put
from trainer.verbs.trial_names import TrialNames
from trainer.verbs.words import read_day, whole_number

if TYPE_CHECKING:
    from trainer.core.trial import Plan
    from trainer.paths import Folders


def start(arguments: argparse.Namespace, folders: Folders, now: datetime) -> int:
    """Says it, and with ``--yes`` does it. Raises UsageError, ContentError or StoreError."""
    names = TrialNames(folders)
    if names.settings.affected_knee is None:
        raise UsageError("A test needs to know which knee it is about.", "Say trainer setup --knee left, or right.")
    plan = _plan(arguments, names, now)
    titles = names.of(plan.arms)
    with Store.open(folders.database) if arguments.yes else Store.look(folders.database) as store:
        spread = spread_for_start(store, names.knees, day_of(now))
        if arguments.yes:
            begin_trial(store, write_trial(plan, new_id(), now), names.knees, day_of(now))
    first, *rest = offer_lines(plan, spread, titles, names.knees)
    lines = [first, *(f"- {line}" for line in rest)]
    if arguments.yes:
        lines.append(f"The order is drawn with seed {plan.seed} and written down; trainer trial order shows it.")
        lines.append("From that day on home and trainer trial tell you which day it is.")
    else:
        lines.append("Nothing is started yet. Say the same with --yes to start it.")
    put([line + "\n" for line in lines])
    return 0


def _plan(arguments: argparse.Namespace, names: TrialNames, now: datetime) -> Plan:
    if arguments.routine is None:
        raise UsageError("Which routine is to be tested?", "Say --routine with its id; trainer routines lists them.")
    today = day_of(now)
    first = today + timedelta(days=1) if arguments.start is None else read_day(arguments.start, now)
    mind_start(first, today)
    arms = _known(arguments.routine, names), _known(arguments.against or OUTSIDE, names)

    def number(text: str | None, option: str, low: int, high: int, usual: int) -> int:
        return usual if text is None else whole_number(text, option, low, high)

    return plan_trial(
        arms,
        seed=number(arguments.seed, "--seed", 0, MOST_SEED, secrets.randbelow(MOST_SEED + 1)),
        start=first,
        pairs=number(arguments.pairs, "--pairs", 1, MOST_PAIRS, USUAL_PAIRS),
        block_days=number(arguments.block, "--block", 1, BLOCK_DAYS[-1], 1),
        washout_days=number(arguments.washout, "--washout", 0, MOST_WASHOUT, 0),
    )


def _known(id_: str, names: TrialNames) -> str:
    if names.leads(id_):
        from trainer.library.find import find_routine

        return find_routine(names.library, id_).id
    return id_
