"""Makes the README's pictures: the real app with a made-up diary, on a clock that stands still.

python scripts/screenshots.py [FOLDER]

The same code gives the same pictures, byte for byte, so that a change of a screen is seen in review.
"""

from __future__ import annotations

import asyncio
import re
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.app import NOW, Room, make_app, running, settle  # noqa: E402
from trainer.core.rating import Moment, Rating  # noqa: E402
from trainer.core.record import Outcome, Result, SessionRecord, Status  # noqa: E402
from trainer.core.side import Affected, Side  # noqa: E402
from trainer.settings import Settings  # noqa: E402
from trainer.store import Store  # noqa: E402
from trainer.ui.kit import Order  # noqa: E402
from trainer.ui.marked import MarkedApp  # noqa: E402
from trainer.verbs import demo  # noqa: E402

SMALL, LARGE = (100, 30), (120, 36)
MORNINGS = "56-654655445-5434465443-5433454-332443-32334323-432233"
"""A made-up morning a day up to today: the score of the first stairs, or nothing said."""
_REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def fill(database: Path) -> None:
    """Write the made-up diary: mornings, and a warm-up on every third day."""
    with Store.open(database) as store:
        for ago, letter in enumerate(reversed(MORNINGS)):
            day = NOW - timedelta(days=ago)
            if letter.isdigit():
                at = day.replace(hour=7, minute=10)
                store.rate(Rating(f"m{ago}", at, Moment.MORNING, Side.RIGHT, int(letter), activity="stairs"))
            if ago % 3 == 1 and letter.isdigit():
                at = day.replace(hour=18, minute=5)
                routine, title = ("gym-floor-quick", "Gym floor, quick") if ago % 2 else ("no-kneeling", "No kneeling")
                record = SessionRecord(f"s{ago}", routine, title, at, None, Status.RUNNING, 600.0, 0.0, 1.0)
                store.begin(record)
                store.keep(record.id, 1, Outcome("ankle-circles", Side.LEFT, Result.DONE, 5, 5), 480.0)
                before, after = int(letter), max(0, int(letter) - (2 if ago % 4 else 1))
                store.rate(Rating(f"b{ago}", at, Moment.BEFORE, Side.RIGHT, before, session=record.id))
                end = at + timedelta(minutes=10)
                store.rate(Rating(f"a{ago}", end, Moment.AFTER, Side.RIGHT, after, session=record.id))
                store.end(record.id, Status.FINISHED, end, 480.0)


async def home_and_progress(room: Room, pilot: Pilot[None], folder: Path) -> None:
    """Home, the rating and the chart."""
    save(room, folder / "home.svg")
    await pilot.press("p")
    await settle(pilot)
    save(room, folder / "progress.svg")
    await pilot.press("escape", "r")
    await settle(pilot)
    save(room, folder / "rate.svg")


async def session_and_summary(room: Room, pilot: Pilot[None], folder: Path) -> None:
    """A session under way, then at its end."""
    await pilot.press("5", "enter")
    await settle(pilot)
    room.advance(seconds_to(room, "knee-to-wall", Side.RIGHT) + 9.0)
    await settle(pilot)
    save(room, folder / "session.svg")
    room.advance(300.0)
    await settle(pilot)
    await pilot.press("3", "enter")
    await settle(pilot)
    save(room, folder / "summary.svg")


async def year(folder: Path) -> None:
    """The year of ``trainer demo``, on the progress screen."""
    with TemporaryDirectory() as data:
        made = demo.fill(Path(data), NOW)
        both = Settings(affected_knee=Affected.BOTH, safety_accepted=NOW.date(), voice_volume=0)
        room = make_app(made.data, settings=both)
        room.app = MarkedApp(room.kit, None, made.mark)
        async with running(room, LARGE) as pilot:
            await pilot.press("p", "3", "k", "k")
            await settle(pilot)
            save(room, folder / "year.svg")


def seconds_to(room: Room, drill: str, side: Side) -> float:
    """When a drill's work on one side begins, in the session that runs."""
    phases = room.app.screen.session.timeline.phases  # type: ignore[attr-defined]
    return float(next(p.start_s for p in phases if p.reps and p.drill.id == drill and p.side is side))


def save(room: Room, path: Path) -> None:
    """Write what the app shows; fonts come from whoever looks at it, not from the network."""
    picture = room.app.export_screenshot(title="trainer", simplify=True)
    path.write_text(_REMOTE_FONT.sub("", picture), encoding="utf-8")
    print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}  {path.stat().st_size / 1024:.0f} kB")


async def main(folder: Path) -> None:
    """Make all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as data:
        fill(Path(data, "trainer.db"))
        room = make_app(Path(data))
        async with running(room, SMALL) as pilot:
            await home_and_progress(room, pilot, folder)
        room = make_app(Path(data), order=Order("gym-floor-quick"))
        async with running(room, LARGE) as pilot:
            await session_and_summary(room, pilot, folder)
    await year(folder)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"))
