"""Twenty years of ratings beside ninety days: the progress screen to its first paint, its ranges, and the shell.

Run it with ``python benchmarks/chart.py``. Both diaries are opened in turn, so that what else the machine does falls on
both; figures are medians and minima, and the ratios are what counts. Three ratings and every other day a warm-up a day.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from beside import ROOT, TRAINER, told

sys.path.insert(0, str(ROOT))

from tests.app import NOW, make_app, running
from trainer.core.side import Affected, Side
from trainer.drawing.span import Range, Span
from trainer.store import Diary, Store
from trainer.ui.days_gone import DaysGone
from trainer.ui.widgets.pointed_view import PointedView

SHORT, LONG = 90, 7300
ROUNDS = 15
SHELL_ROUNDS = 11
GOAL = 1.2
SIZE = (120, 36)
_RATINGS = (("morning", 7, 0), ("before", 18, 0), ("after", 18, 15))


def fill(database: Path, days: int, now: datetime) -> None:
    """Write a made-up diary up to yesterday, by the short way."""
    with Store.open(database):
        pass
    file = sqlite3.connect(database)
    for ago in range(1, days + 1):
        day = now - timedelta(days=ago)
        for place, (moment, hour, minute) in enumerate(_RATINGS):
            at = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
            score = (ago * 7919 + place * 31) % 5 + 2
            file.execute(
                "INSERT INTO ratings (id, at, at_us, moment, knee, score) VALUES (?, ?, ?, ?, 'right', ?)",
                (f"{ago}{moment}", at.isoformat(), microseconds(at), moment, score),
            )
        if ago % 2:
            at = day.replace(hour=18, minute=2, second=0, microsecond=0)
            file.execute(
                "INSERT INTO sessions (id, routine, title, started_at, started_us, status, planned_s, moved_s, speed,"
                " updated_at) VALUES (?, 'r', 'R', ?, ?, 'finished', 600, 500, 1, '')",
                (str(ago), at.isoformat(), microseconds(at)),
            )
    file.commit()
    file.close()


def microseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


async def first_paint(data: Path) -> float:
    """Milliseconds from asking for the progress screen until its chart is drawn and all is settled."""
    room = make_app(data)
    async with running(room, SIZE) as pilot:
        began = perf_counter()
        room.app.show_progress()
        await pilot.pause()
        taken = (perf_counter() - began) * 1000
        assert "●" in room.app.screen.query_one(PointedView).frame.text()
    return taken


def milliseconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def drawing(data: Path, chosen: Range) -> float:
    """Milliseconds to read, judge and draw one range afresh, without a screen."""
    diary = Diary(lambda: Store.open(data / "trainer.db"))
    diary.read(lambda store: store.unreadable, 0)

    def act() -> None:
        past = DaysGone(diary, Affected.RIGHT, NOW, "quadrant")
        past.chart(Span.of(past.first, past.today, chosen), Side.RIGHT, 116, 24)
        past.sentence(chosen, Side.RIGHT)

    taken = min(milliseconds(act) for _ in range(5))
    diary.close()
    return taken


def shell(command: tuple[str, ...], data: Path) -> float:
    environ = {**os.environ, "TRAINER_DATA_DIR": str(data), "TRAINER_CONFIG_DIR": str(data)}
    return milliseconds(lambda: subprocess.run(command, env=environ, cwd=ROOT, check=True, stdout=subprocess.DEVNULL))


def main() -> None:
    with TemporaryDirectory() as folder:
        homes = {days: Path(folder, str(days)) for days in (SHORT, LONG)}
        for days, home in homes.items():
            home.mkdir()
            fill(home / "trainer.db", days, NOW)
        times: dict[int, list[float]] = {SHORT: [], LONG: []}
        for _ in range(ROUNDS):
            for days, home in homes.items():
                times[days].append(asyncio.run(first_paint(home)))
        short, long = median(times[SHORT]), median(times[LONG])
        print(f"progress to first paint, ms: {SHORT} days {short:.0f}, {LONG} days {long:.0f}")
        print("  " + told("median", long / short, GOAL))
        print("  " + told("least", min(times[LONG]) / min(times[SHORT]), GOAL))
        print("reading, judging and drawing a range, ms")
        for chosen in Range:
            both = [drawing(home, chosen) for home in homes.values()]
            print(f"  {chosen.words:<10}{both[0]:8.1f}{both[1]:8.1f}   {both[1] / both[0]:5.1f} times")
        now = datetime.now().astimezone()
        commands: dict[str, tuple[tuple[str, ...], int]] = {"python -c pass": ((sys.executable, "-c", "pass"), SHORT)}
        for days, home in homes.items():
            (home / "trainer.db").unlink()
            fill(home / "trainer.db", days, now)
            commands[f"trainer trend, {days} days"] = ((*TRAINER, "trend"), days)
        commands[f"trend --days {LONG}"] = ((*TRAINER, "trend", "--days", str(LONG)), LONG)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(SHELL_ROUNDS):
            for name, (command, days) in commands.items():
                taken[name].append(shell(command, homes[days]))
        base = median(taken["python -c pass"])
        print("from the shell, median ms")
        for name, each in taken.items():
            print(f"  {name:<26}{median(each):8.0f}   {median(each) / base:5.1f} times python -c pass")


if __name__ == "__main__":
    main()
