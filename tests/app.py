"""The app's twin for tests: the real screens on a clock that stands still, with the tick off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual._wait import wait_for_idle
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from tests.clock import FakeClock
from trainer.audio.bank import Samples
from trainer.audio.cues import SOUNDS
from trainer.audio.news import News
from trainer.audio.output import Output
from trainer.audio.speech import SILENCE, Speech, Spoken
from trainer.audio.utterance import key_of, phrases_of
from trainer.core.clock import PacedClock
from trainer.core.side import Affected
from trainer.drawing.glyphs import Glyphs
from trainer.events import EventLog
from trainer.library import Library
from trainer.library import read_library as read_shipped
from trainer.paths import find_folders
from trainer.settings import Settings
from trainer.store import Diary, Store
from trainer.store.diary import Answer, Instead
from trainer.ui.app import TrainerApp
from trainer.ui.kit import Kit, Order

NOW = datetime(2026, 10, 5, 18, 30, tzinfo=timezone(timedelta(hours=2)))
SHIPPED = find_folders({"TRAINER_DATA_DIR": "/nowhere", "TRAINER_CONFIG_DIR": "/nowhere"})
SET_UP = Settings(affected_knee=Affected.RIGHT, safety_accepted=date(2026, 10, 1), voice_volume=0)
"""Silent, so that no test waits for a voice."""


@cache
def shipped() -> Library:
    """The library that comes with the trainer, read once: nothing changes it."""
    return read_shipped(SHIPPED.shipped_routines)


@dataclass
class RecordedOutput:
    """Plays nothing and remembers everything."""

    name: str = "recorded"
    detail: str = "remembers"
    warning: str | None = None
    latency_s: float = 0.0
    volume: float = 0.7
    muted: bool = False
    played: list[tuple[str, float]] = field(default_factory=list)
    cancelled: int = 0
    is_closed: bool = False

    cuts: int = 0
    learnt: dict[str, Samples] = field(default_factory=dict)
    gains: list[float] = field(default_factory=list)
    waiting: list[News] = field(default_factory=list)

    def play_at(self, sound: str, wall: float, gain: float = 1.0, *, latest: float | None = None) -> None:  # noqa: ARG002
        self.played.append((sound, wall))
        self.gains.append(gain)

    def cancel(self, *, is_cut: bool = True) -> None:
        self.cancelled += 1
        self.cuts += is_cut

    def learn(self, clips: Mapping[str, Samples]) -> None:
        self.learnt = dict(clips)

    def knows(self, sound: str) -> bool:
        return sound in SOUNDS or all(key_of(text) in self.learnt for text in phrases_of(sound))

    def news(self) -> News | None:
        return self.waiting.pop(0) if self.waiting else None

    def close(self) -> None:
        self.is_closed = True


class TidyDiary(Diary):
    """Closes its file after each use, so that a test may look into it at any time and leave nothing open."""

    def read(self, question: Callable[[Store], Answer], otherwise: Instead) -> Answer | Instead:
        answer = super().read(question, otherwise)
        self._shut()
        return answer

    def retry(self) -> bool:
        is_saved = super().retry()
        self._shut()
        return is_saved


class SilentSpeech(Speech):
    """Has nothing to say, and finds nobody who has."""

    def shipped(self, texts: Iterable[str]) -> Spoken:  # noqa: ARG002
        return SILENCE

    def with_own(self, spoken: Spoken, texts: Iterable[str]) -> Spoken:  # noqa: ARG002
        return spoken

    def live(self) -> None:
        return None

    def tones(self) -> dict[str, float]:
        return dict.fromkeys(SOUNDS, 0.2)


class Room:
    """Everything a test may want to look at or move, and the app in it."""

    def __init__(
        self,
        data: Path,
        *,
        settings: Settings = SET_UP,
        library: Library | None = None,
        order: Order = Order(),  # noqa: B008
        glyphs: Glyphs = "quadrant",
        now: datetime = NOW,
        speed: float = 1.0,
        events: Path | None = None,
        complaints: tuple[str, ...] = (),
        open_output: Callable[[], Output] | None = None,
        speech: Speech | None = None,
        read_library: Callable[[], Library] | None = None,
    ) -> None:
        self.clock = FakeClock()
        self.wall = FakeClock(1_790_000_000.0)
        self.database = data / "trainer.db"
        self.diary = TidyDiary(lambda: Store.open(self.database), under_way=data / "under-way")
        self.output = RecordedOutput()
        self.written: list[Settings] = []
        paced = PacedClock(self.clock, speed)
        self.kit = Kit(
            settings=settings,
            write_settings=self.written.append,
            read_library=read_library or (lambda: library or shipped()),
            open_output=lambda _settings, _ring: open_output() if open_output else self.output,
            open_speech=lambda: speech or SilentSpeech(data, data),
            open_diary=lambda: self.diary,
            clock=paced,
            monotonic=self.clock,
            wall_s=self.wall,
            now=lambda: now + timedelta(seconds=self.clock.now - 1000),
            glyphs=glyphs,
            tick_s=0,
            order=order,
            events=EventLog.open(events, paced.wall) if events is not None else None,
            complaints=complaints,
        )
        self.app = TrainerApp(self.kit)

    def advance(self, seconds: float) -> None:
        """Let both clocks pass in small steps, as they do when nobody sleeps, with a tick at each."""
        step = 0.5
        while seconds > 1e-9:
            step = min(step, seconds)
            self.clock.advance(step)
            self.wall.advance(step)
            seconds -= step
            tick = getattr(self.app.screen, "tick", None)
            if tick is not None:
                tick()

    def sleep(self, seconds: float) -> None:
        """Suspend the laptop: only the wall clock goes on."""
        self.wall.advance(seconds)


def make_app(data: Path, **wishes: object) -> Room:
    """Compose the app for a test; ``data`` is an empty folder."""
    return Room(data, **wishes)  # type: ignore[arg-type]


STEP_S = 0.004
"""Textual's own tests look every 20 ms, a little longer than a sixtieth of a second, in which it paints."""


TURNS = 30
"""So often everything that need not wait has its turn: more than lie between a key and what it shows."""


async def wait_in_turns(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """As Textual waits, and in turns of the loop as well: where a machine has no time, it goes by without any."""
    for _ in range(TURNS):
        await asyncio.sleep(0)
    await wait_for_idle(min_sleep, max_sleep)
    for _ in range(TURNS):
        await asyncio.sleep(0)


@contextmanager
def briskly() -> Iterator[None]:
    """Let Textual paint, and look whether all is still, five times as often: most of a test was this waiting."""
    with (
        patch("textual.screen.UPDATE_PERIOD", STEP_S * 0.8),
        patch("textual._wait.SLEEP_GRANULARITY", STEP_S),
        patch("textual._wait.SLEEP_IDLE", STEP_S / 20),
        patch("textual.pilot.wait_for_idle", wait_in_turns),
    ):
        yield


@asynccontextmanager
async def opened(app: App[None], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """Run an app, with toasts on, and wait for nothing yet."""
    with briskly():
        async with app.run_test(size=size, notifications=True) as pilot:
            yield pilot


@asynccontextmanager
async def running(room: Room, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[None]]:
    """Run the app until everything is read, with toasts on; let go of everything afterwards."""
    loop = asyncio.get_running_loop()
    if not isinstance(loop._default_executor, Threads):  # type: ignore[attr-defined]
        loop.set_default_executor(Threads())
    async with opened(room.app, size) as pilot:
        await settle(pilot)
        yield pilot
    if room.kit.events is not None:
        room.kit.events.close()


class Threads(ThreadPoolExecutor):
    """Where ``asyncio.to_thread`` does what it does; knows what is not done yet."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        self.under_way = [*(one for one in self.under_way if not one.done()), future]
        return future


async def settle(pilot: Pilot[None]) -> None:
    """Wait until what was read off the thread that paints has arrived, and everything is painted."""
    app = pilot.app
    assert isinstance(app, TrainerApp)
    await pilot.pause()
    for worker in [worker for worker in app.workers if worker.group == "open"]:
        await worker.wait()
    await pilot.pause()
    threads = asyncio.get_running_loop()._default_executor  # type: ignore[attr-defined]
    while isinstance(threads, Threads) and (waiting := [one for one in threads.under_way if not one.done()]):
        await asyncio.wait(map(asyncio.wrap_future, waiting))
        await pilot.pause()


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    """Make the window another size, and wait until it is painted at that: Textual does not do so at once."""
    await pilot.resize_terminal(width, height)
    for _ in range(10_000):
        if pilot.app.screen._compositor.size == (width, height):
            break
        await pilot.pause(STEP_S)
    else:
        raise AssertionError(f"never painted at {width}x{height}")
    await pilot.pause()


def screen_text(app: App[None], screen: Screen[object] | None = None) -> str:
    """What the screen shows, row by row, without colours and trailing blanks."""
    shown = screen or app.screen
    rows = shown._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows).rstrip()
