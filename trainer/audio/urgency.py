"""Being woken in time: a device that asks for frames cannot wait until other programs have had their turn.

On a machine whose cores were all busy, a thread that sleeps most of the time was woken up to 180 ms late. Sound servers
ask for real-time scheduling, and so do we where the system grants it. Where it does not, Linux from 6.12 on lets every
program ask for short turns, which come sooner (EEVDF, ``sched_setattr(2)``). See benchmarks/README.md.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from contextlib import suppress

PRIORITY = 1
"""The lowest of the real-time priorities: above every usual program, below the sound server."""
TURN_NS = 200_000
"""How long a turn is asked for: mixing one piece takes less."""
_SET_ATTRIBUTES = {"x86_64": 314, "aarch64": 274, "riscv64": 274}
"""The number of the call ``sched_setattr`` by kind of machine; Python knows no name for it."""
_ATTRIBUTES = struct.Struct("=IIQiIQQQ")
"""``struct sched_attr``: size, policy, flags, nice, priority, and the three times of which the first is the turn."""


def hurry() -> str:
    """Have this thread, and every one it starts from now on, woken early; says how: "real time", "short turns", ""."""
    if not sys.platform.startswith("linux"):
        return ""  # the drivers of macOS and Windows see to it themselves
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(PRIORITY))
        return "real time"
    return "short turns" if _take_short_turns() else ""


def _take_short_turns() -> bool:
    number = _SET_ATTRIBUTES.get(platform.machine())
    if number is None:
        return False
    wish = _ATTRIBUTES.pack(_ATTRIBUTES.size, os.SCHED_OTHER, 0, 0, 0, TURN_NS, 0, 0)
    try:
        return bool(ctypes.CDLL(None).syscall(number, 0, wish, 0) == 0)
    except (OSError, AttributeError):
        return False
