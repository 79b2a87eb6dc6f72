"""The real program, killed in a real terminal at instants that chance picks; then all it had promised is looked for.

What was *acknowledged* when the kill came: a rating whose line stood in ``--events``, a ``trainer rate`` or ``trainer
import`` that had said so, a phase whose end stood there with anything after it. What is *found* is read from the diary
as the next start reads it. Everything else that is not as it should be counts as *damaged*.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.terminal import Terminal, environment
from trainer.core.rating import Rating
from trainer.core.record import SessionRecord, Status
from trainer.store import Diary, Store
from trainer.store.backups import FOLDER, list_backups
from trainer.store.copying import is_sound

ROOT = Path(__file__).parent.parent
TRAINER = (sys.executable, "-m", "trainer")
ROUTINE = """\
id: short
name: Short
items:
  - {drill: toe-splay, reps: 2, tempo: 2s}
  - {drill: ankle-circles, reps: 2, tempo: 2s}
  - {drill: wrist-circles, reps: 1, tempo: 2s}
"""
HOME, ASKED_BEFORE, ASKED, CARD, SAVED = "enter starts it", "0-9 answers", "0-9 choose", "enter chooses", "aved."
LONGEST_S = 8.0
"""A life that has not met its kill by then is killed all the same."""
IMPORTED = 80
"""Sessions in an imported file, each with two ratings: enough for the writing to take a while."""


@dataclass(slots=True)
class Figures:
    """What came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    """How often what was killed."""
    acknowledged: int = 0
    """Ratings and imports that the program had said to be saved."""
    found: int = 0
    """Those of them that are there."""
    phases: int = 0
    """Phases of work that had ended."""
    phases_found: int = 0
    """Those of them that are there."""
    damage: list[str] = field(default_factory=list)
    """Everything else that is not as it should be, a sentence each."""

    def __str__(self) -> str:
        """The one line that tells all."""
        whom = ", ".join(f"{count} {what}" for what, count in sorted(self.kills.items()))
        return (
            f"{self.kills.total()} kills ({whom}): {self.acknowledged} acknowledged, {self.found} found; "
            f"{self.phases} phases ended, {self.phases_found} found; {len(self.damage)} damaged"
        )

    @property
    def is_fine(self) -> bool:
        """Whether nothing was lost and nothing damaged."""
        return (self.acknowledged, self.phases, self.damage) == (self.found, self.phases_found, [])


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of one person's data and settings."""

    folder: Path
    """Holds ``data`` and ``config``."""

    @property
    def database(self) -> Path:
        """The diary."""
        return self.folder / "data" / "trainer.db"

    @property
    def environ(self) -> dict[str, str]:
        """What the program runs with."""
        return environment(self.folder, PYTHONPATH=str(ROOT), PYTHONPYCACHEPREFIX=str(self.folder.parent / "compiled"))

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command that nobody kills."""
        return subprocess.run(
            [*TRAINER, *words], env=self.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    def read(self) -> tuple[dict[str, SessionRecord], dict[str, Rating]]:
        """All there is, read as the next start reads it: what was kept beside is taken in, what was running closed."""
        if not self.database.exists():
            return {}, {}
        diary = Diary(lambda: Store.open(self.database), beside=(self.database.parent,))
        diary.close_open_sessions()
        diary.close()
        with Store.open(self.database) as store:
            return {one.id: one for one in store.every_session()}, {one.id: one for one in store.every_rating()}


class Fate:
    """Chance, the places, and what came of each kill."""

    def __init__(self, folder: Path, seed: int) -> None:
        """``folder`` is empty; the same seed picks the same kinds and delays, though no machine repeats an instant."""
        self.figures = Figures()
        self._folder = folder
        self._chance = random.Random(seed)
        self._count = 0
        self.old = Place(folder / "old")
        """A diary that grows from kill to kill."""
        self._routine = folder / "short.yaml"
        self._routine.write_text(ROUTINE, encoding="utf-8")
        for words in (("setup", "--knee", "right", "--accept-safety"), ("show", str(self._routine))):
            answer = self.old.run(*words)
            assert answer.returncode == 0, answer.stderr
        self._rate_s, self._import_s = (
            self._life_s(*words) for words in (("rate", "3"), ("import", self._import()[0]))
        )

    def _life_s(self, *words: str) -> float:
        begun = time.monotonic()
        answer = self.old.run(*words)
        assert answer.returncode == 0, answer.stderr
        return time.monotonic() - begun

    def strike(self, kinds: Sequence[str] = ("app", "app", "rate", "import")) -> None:
        """One life, one kill, one look at what is left."""
        self._count += 1
        kind = self._chance.choice(kinds)
        getattr(self, f"_kill_{kind}")()
        self.figures.kills[kind] += 1

    # Commands

    def _kill_rate(self) -> None:
        score = self._chance.randint(0, 10)
        before = self.old.read()
        with Terminal((*TRAINER, "rate", str(score), "--note", f"life {self._count}"), self.old.environ) as terminal:
            said = self._end(terminal, self._rate_s)
        sessions, ratings = self._look(self.old, before)
        fresh = [(rating.score, rating.note) for rating in ratings]
        self._count_acknowledged([(score, f"life {self._count}")] if "Saved:" in said else [], fresh)
        if sessions or fresh not in ([], [(score, f"life {self._count}")]):
            self._damaged(f"trainer rate left {len(sessions)} sessions and {fresh}")

    def _kill_import(self) -> None:
        path, ids = self._import()
        before = self.old.read()
        with Terminal((*TRAINER, "import", path), self.old.environ) as terminal:
            said = self._end(terminal, self._import_s)
        sessions, ratings = self._look(self.old, before)
        fresh = {one.id for one in sessions} | {one.id for one in ratings}
        if fresh not in (set(), ids):
            self._damaged(f"an import left {len(fresh)} of {len(ids)}")
        self._count_acknowledged([ids] if "Taken in" in said else [], [fresh])

    def _end(self, terminal: Terminal, life_s: float) -> str:
        """Kill a command at some instant of its life, rather a late one; gives what it had said."""
        terminal.read_for(life_s * self._chance.choice((self._chance.uniform(0, 1.2), self._chance.uniform(0.6, 1.2))))
        terminal.signal(signal.SIGKILL)
        terminal.end()
        return terminal.text()

    def _import(self) -> tuple[str, set[str]]:
        """A new file to import, and every id in it."""
        begun = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=self._count)
        sessions: list[dict[str, Any]] = []
        for number in range(IMPORTED):
            name, at = f"life{self._count}-{number}", (begun + timedelta(minutes=number)).isoformat()
            rating = {"at": at, "activity": None, "knee": "right", "score": 4, "note": None, "session": name}
            sessions.append(
                {
                    "id": name,
                    "routine": "short",
                    "title": "Short",
                    "started_at": at,
                    "ended_at": at,
                    "status": "finished",
                    "planned_s": 60.0,
                    "moved_s": 30.0,
                    "speed": 1.0,
                    "drills": [{"drill": "d", "side": "left", "outcome": "done", "reps_done": 1, "reps_planned": 1}],
                    "ratings": [
                        {**rating, "id": f"{name}-{moment}", "moment": moment} for moment in ("before", "after")
                    ],
                }
            )
        path = self._folder / f"import-{self._count}.json"
        ratings = [rating for session in sessions for rating in session["ratings"]]
        path.write_text(json.dumps({"schema": "joint-trainer/1", "sessions": sessions, "ratings": ratings}), "utf-8")
        return str(path), {one["id"] for one in (*sessions, *ratings)}

    # The app

    def _kill_app(self) -> None:
        place = Place(self._folder / f"life-{self._count}")
        shutil.copytree(self.old.folder / "config", place.folder / "config")
        if self._chance.random() < 0.5:  # one with a past, which is backed up at the start; else the very first session
            place.database.parent.mkdir(mode=0o700)
            shutil.copy2(self.old.database, place.database)
        before = place.read()
        events = place.folder / "events.jsonl"
        words = ("start", str(self._routine), "--speed", "60", "--audio", "off", "--events", str(events))
        with Terminal((*TRAINER, *words), place.environ) as terminal:
            self._live(terminal, events)
            terminal.signal(signal.SIGKILL)
            terminal.program.wait()
        told = list(_lines(events))
        sessions, ratings = self._look(place, before)
        rated = [(event["moment"], event["knee"], event["score"]) for event in told if event["event"] == "rated"]
        self._count_acknowledged(rated, [(one.moment.value, one.knee.value, one.score) for one in ratings])
        self._count_phases(told, sessions)
        history = place.run("history", "--json", "--limit", "3")
        if history.returncode or history.stderr:
            self._damaged(f"the next start says: {history.stderr.strip()}")
        shutil.rmtree(place.folder)

    def _live(self, terminal: Terminal, events: Path) -> None:
        """Do as a person does, until the instant of the kill."""
        chance = self._chance
        is_time: Callable[[int], bool] = {
            "some time": partial(_has_passed, terminal.started + chance.uniform(0, 4)),
            "as something happens": partial(_has_happened, events, chance.randint(1, 50)),
            "as it is answered": partial(int.__le__, chance.randint(1, 4)),
        }[chance.choice(("some time", "as something happens", "as it is answered"))]
        delay_s = chance.uniform(0, 0.03)
        pressed, deadline, asked = 0, terminal.started + LONGEST_S, ""
        while not is_time(pressed) and time.monotonic() < deadline:
            terminal.read_for(0.01)
            text = terminal.text()
            now = next((sign for sign in (CARD, ASKED_BEFORE, ASKED, HOME, SAVED) if sign in text), "")
            if now == asked and now != ASKED:
                continue
            asked = now
            if now in (ASKED_BEFORE, ASKED):
                terminal.press(chance.choice("023456789") + ("\r" if now == ASKED else ""))
                pressed += 1
                terminal.wait_until(lambda seen, was=now: was not in seen, "an answer taken")  # type: ignore[misc]
            elif now:
                terminal.press({HOME: "r", CARD: "\x1b"}.get(now, "\r"))
        terminal.read_for(delay_s)

    # What is left

    def _look(
        self, place: Place, before: tuple[dict[str, SessionRecord], dict[str, Rating]]
    ) -> tuple[list[SessionRecord], list[Rating]]:
        """What is new in the diary; all that is not as it should be is damage."""
        for backup in list_backups(place.database.with_name(FOLDER)):
            if not is_sound(place.database.with_name(FOLDER) / backup.name):
                self._damaged(f"the backup {backup.name} is not sound")
        sessions, ratings = place.read()
        for what in damage(place.database):
            self._damaged(what)
        looked_for: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...]
        looked_for = ((before[0], sessions), (before[1], ratings))
        for known, now in looked_for:
            lost = [name for name, one in known.items() if now.get(name) != one]
            if lost:
                self._damaged(f"{len(lost)} older entries are lost or changed, such as {lost[0]}")
        return [one for name, one in sessions.items() if name not in before[0]], [
            one for name, one in ratings.items() if name not in before[1]
        ]

    def _count_acknowledged(self, acknowledged: Sequence[object], fresh: Sequence[object]) -> None:
        left = list(fresh)
        for promised in acknowledged:
            self.figures.acknowledged += 1
            if promised in left:
                left.remove(promised)
                self.figures.found += 1

    def _count_phases(self, told: list[dict[str, Any]], sessions: list[SessionRecord]) -> None:
        """A phase of work is kept before anything is told that comes after the phase that follows it."""
        begun = [place for place, event in enumerate(told) if event["event"] == "phase"]
        kept = Counter((outcome.drill, outcome.side.value) for one in sessions for outcome in one.outcomes)
        ended: Counter[tuple[str, str]] = Counter()
        for place, following in pairwise(begun):
            if told[place]["kind"] == "work" and following < len(told) - 1:
                ended[told[place]["drill"], told[place]["side"]] += 1
        self.figures.phases += ended.total()
        self.figures.phases_found += (ended & kept).total()

    def _damaged(self, what: str) -> None:
        self.figures.damage.append(f"life {self._count}: {what}")


def damage(database: Path) -> Iterator[str]:
    """What is wrong with a diary itself, once the next start has looked at it."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database)) as file:
            sound = file.execute("PRAGMA integrity_check").fetchall()
            sessions = file.execute("SELECT id, status, ended_at FROM sessions").fetchall()
    except sqlite3.Error as error:
        yield f"it cannot be read: {error}"
        return
    yield from (f"integrity_check says: {said}" for (said,) in sound if said != "ok")
    for name, status, ended_at in sessions:
        if status not in set(Status) - {Status.RUNNING}:
            yield f"session {name} is {status}"
        elif status != Status.INTERRUPTED and ended_at is None:
            yield f"session {name} is {status}, but has no end"


def _lines(events: Path) -> Iterator[dict[str, Any]]:
    """Whole lines alone: the last one may be cut off, and then it was never told."""
    if events.exists():
        for line in re.findall(rb"[^\n]+(?=\n)", events.read_bytes()):
            yield json.loads(line)


def _has_passed(instant: float, _: int) -> bool:
    return time.monotonic() >= instant


def _has_happened(events: Path, count: int, _: int) -> bool:
    return events.exists() and events.read_bytes().count(b"\n") >= count
