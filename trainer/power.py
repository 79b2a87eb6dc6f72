"""How often pictures may move: a laptop on its battery, or a line to another machine, is spared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

OFTEN = 20.0
SELDOM = 10.0
SUPPLIES = Path("/sys/class/power_supply")
"""Where Linux tells of batteries; elsewhere there is no such folder, and nothing is known."""


def frames_a_second(environ: Mapping[str, str], supplies: Path = SUPPLIES) -> float:
    """Pictures a second for this line and this supply."""
    is_far = any(name in environ for name in ("SSH_CONNECTION", "SSH_TTY", "MOSH_SERVER_PID"))
    return SELDOM if is_far or is_on_battery(supplies) else OFTEN


def is_on_battery(supplies: Path = SUPPLIES) -> bool:
    """Whether some battery is being emptied; False where nothing is known."""
    try:
        return any(status.read_text().strip() == "Discharging" for status in supplies.glob("BAT*/status"))
    except (OSError, UnicodeDecodeError):
        return False
