"""When Python looks for what is used no longer: at calm moments, and at little at a time.

A full collection holds the program up by the number of objects it looks at: 60 to 110 ms with all that was loaded, 15
to 25 with all that a session draws. Left to itself it comes whenever it likes, also as a drill begins, whose first
picture is then late. So what stays is looked at once and put aside. The sound has a process of its own and waits for
none of it.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Collect all that is used no longer, and put the rest aside until the next time: nothing moves, nothing sounds."""
    if gc.isenabled():  # the first time there is only what was just loaded
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.enable()


def sweep() -> None:
    """Collect what came since the last time and is used no longer, and put the rest aside: nothing changes just now."""
    gc.collect()
    gc.freeze()
