"""What follows from the card of the fair test: one is set up, a day is noted as done, one is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.day import day_of
from trainer.core.errors import TrainerError
from trainer.ui.trial_day import ENDING, begin_wished, end_test, make_offer, note_done
from trainer.ui.trial_wish import dials, first_wish, titles_of

if TYPE_CHECKING:
    from trainer.library import Library
    from trainer.ui.moments import Moments
    from trainer.ui.trial import Wanted


async def follow(app: Moments, library: Library, wanted: Wanted) -> str:
    """Do what was wanted; gives what to say of it, empty where nothing was done."""
    from trainer.ui.confirm import Confirm

    try:
        if wanted == "done":
            return note_done(app.kit)
        if wanted == "new":
            return await _set_up(app, library)
        if await app.push_screen_wait(Confirm("End this test for good?", ENDING, yes="end it", no="go on with it")):
            return end_test(app.kit)
    except TrainerError as error:
        app.complain(error)
    return ""


async def _set_up(app: Moments, library: Library) -> str:
    from trainer.ui.trial_setup import TrialSetup

    today, say = day_of(app.kit.now()), make_offer(app.kit, library)
    every = dials(titles_of(library), tuple(library.routines), today)
    wish = await app.push_screen_wait(TrialSetup(first_wish(library), every, say, today))
    return "" if wish is None else begin_wished(app.kit, wish)
