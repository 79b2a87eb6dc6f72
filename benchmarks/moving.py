"""Processor and memory that a moving figure of 60x30 costs, at 0 to 30 pictures a second, beside the usual widget.

python benchmarks/moving.py [SECONDS]

Both show the same frames, drawn before they are measured: the view that repaints the rows that changed, and a
``Static`` that is updated with a text.
"""

from __future__ import annotations

import sys
import time

from beside import ROOT, cpu_s, peak_mb, prepared

from tests.terminal import Terminal

WARM_S = 6.0


def main(seconds: float) -> None:
    """Prints per cent of a core, kB a second, and the most MB that were held."""
    print(f"{'pictures a second':<20}{'view %':>8}{'kB/s':>8}{'MB':>8}{'Static %':>11}{'kB/s':>8}{'MB':>8}")
    with prepared() as environ:
        for rate in (0, 10, 20, 30):
            shares = [measure(way, rate, seconds, environ) for way in ("view", "naive")]
            print(f"{rate:<20}" + "   ".join(f"{share:8.1f}{flow:8.1f}{most:8.1f}" for share, flow, most in shares))


def measure(way: str, rate: int, seconds: float, environ: dict[str, str]) -> tuple[float, float, float]:
    """Per cent of a core, kB a second and MB of one way at one rate."""
    command = (sys.executable, str(ROOT / "benchmarks" / "stage.py"), way, str(rate))
    with Terminal(command, environ) as terminal:
        terminal.wait_for_bytes("\x1b[")
        terminal.read_for(WARM_S)
        before, written, since = cpu_s(terminal.program.pid), len(terminal.raw), time.monotonic()
        terminal.read_for(seconds)
        took = time.monotonic() - since
        pid = terminal.program.pid
        return (cpu_s(pid) - before) / took * 100, (len(terminal.raw) - written) / took / 1000, peak_mb(pid)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
