"""When Python looks for what is used no longer: at home, where nothing sounds and nothing moves.

A full collection holds every thread for 60 to 110 ms, and the sound device asks for its next frames every 45: in the
middle of a session that was heard as a gap in a word and a beat 34 ms late. The quick collections of young objects
take 1 to 7 ms and go on. See benchmarks/README.md.
"""

from __future__ import annotations

import gc

NEVER = 1_000_000
"""So many collections of the middle generation go before a full one: more than any session has."""


def settle() -> None:
    """Collect what is used no longer, and let no full collection begin by itself until the next time."""
    if gc.isenabled():  # the first time there is only what was just loaded
        gc.unfreeze()
        gc.collect()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, NEVER)
    gc.freeze()
    gc.enable()
