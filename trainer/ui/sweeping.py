"""When Python looks for what is used no longer: what stays is looked at once, at home, and not again and again.

A full collection holds the program up by the number of objects it looks at: 60 to 110 ms with all that was loaded, a
picture or two late. The sound has a process of its own and does not wait for it.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Collect what is used no longer, and leave the rest alone until the next time."""
    if gc.isenabled():  # the first time there is only what was just loaded
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.enable()
