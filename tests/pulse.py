"""A pretend loudspeaker: a private PulseAudio server whose only sink is recorded sample by sample.

What is recorded is what a listener would have heard. Nothing of the user's own sound server is touched: the
server lives in a folder of its own and is ended by its process id.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

RATE = 48_000
"""Samples a second of every recording, whatever the sink itself runs at."""
THRESHOLD = 300
"""A sample this far from nought (of 32767) counts as sound."""
PRIORITY = 5
"""What sound servers run their own threads with, where they may."""
_PATIENCE_S = 60.0


def missing() -> str | None:
    """Why no recording can be made here, or None where it can."""
    gone = [tool for tool in ("pulseaudio", "parec", "pactl") if shutil.which(tool) is None]
    return f"{' and '.join(gone)} not installed (packages pulseaudio, pulseaudio-utils)" if gone else None


@dataclass(slots=True)
class Recording:
    """What was heard, as mono samples, with the time at which it arrived."""

    samples: array[int] = field(default_factory=lambda: array("h"))
    """Signed 16-bit samples at ``RATE``."""
    arrivals: list[tuple[float, int]] = field(default_factory=list)
    """``(monotonic second, samples held then)`` after each block read."""

    def heard_at(self, index: int) -> float:
        """The monotonic second by which sample ``index`` was heard; late by the recorder's own delay."""
        last = self.arrivals[-1][0]
        return min((t + (index - held) / RATE for t, held in self.arrivals if held > index), default=last)


@dataclass(slots=True)
class Speaker:
    """A server with one sink, ``gym``."""

    environment: Mapping[str, str]
    """Variables that send a program's sound here."""
    command: Sequence[str]
    """How the server is started."""
    server: subprocess.Popen[bytes] = field(init=False)
    """The server, so that a test can end it as a pulled plug would."""

    def __post_init__(self) -> None:
        """Start it."""
        self.start()

    def start(self) -> None:
        """Start the server, and wait until it can be reached."""
        own = {**os.environ, **self.environment, "HOME": self.environment["XDG_RUNTIME_DIR"]}
        del own["PULSE_SERVER"]
        place = self.environment["PULSE_SERVER"].removeprefix("unix:")
        Path(place).unlink(missing_ok=True)
        self.server = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=own)
        # A real loudspeaker waits for nobody; this one, where it may, for no other program.
        with suppress(OSError, AttributeError):
            os.sched_setscheduler(self.server.pid, os.SCHED_RR, os.sched_param(PRIORITY))
        deadline = time.monotonic() + _PATIENCE_S
        while not _is_open(place):
            assert self.server.poll() is None, "pulseaudio ended at once"
            assert time.monotonic() < deadline, "pulseaudio did not open its socket"
            time.sleep(0.02)

    def kill(self) -> None:
        """End the server as a crash does, without a word to anyone."""
        self.server.kill()
        self.server.wait()

    def stop(self) -> None:
        """End the server as it should be ended."""
        self.server.terminate()
        try:
            self.server.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def tell(self, *words: str) -> str:
        """Have ``pactl`` do something with the server; return what it answers."""
        own = {**os.environ, **self.environment}
        done = subprocess.run(
            ["pactl", *words], env=own, check=True, capture_output=True, text=True, timeout=_PATIENCE_S
        )
        return done.stdout.strip()

    @contextmanager
    def recording(self, sink: str = "gym") -> Iterator[Recording]:
        """Record the sink until the block ends; nothing played inside it is missed."""
        command = ["parec", "-d", f"{sink}.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le"]
        environment = {**os.environ, **self.environment}
        recorder = subprocess.Popen(
            [*command, "--latency-msec=5"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        assert recorder.stdout is not None
        tape = Recording()
        running = threading.Event()
        reader = threading.Thread(target=_read, args=(recorder.stdout, tape, running), daemon=True)
        reader.start()
        try:
            assert running.wait(_PATIENCE_S), "the recorder did not start"
            yield tape
        finally:
            recorder.terminate()
            recorder.wait(_PATIENCE_S)
            reader.join(_PATIENCE_S)
            recorder.stdout.close()


def _is_open(place: str) -> bool:
    """Whether somebody listens at a socket: its file is there a little earlier."""
    with socket.socket(socket.AF_UNIX) as door, suppress(OSError):
        door.connect(place)
        return True
    return False


def _read(pipe: IO[bytes], tape: Recording, running: threading.Event) -> None:
    """Copy blocks from the recorder until it ends."""
    odd = b""
    while block := os.read(pipe.fileno(), 4096):
        whole = odd + block
        cut = len(whole) & ~1
        tape.samples.frombytes(whole[:cut])
        odd = whole[cut:]
        tape.arrivals.append((time.monotonic(), len(tape.samples)))
        running.set()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until nobody else on this machine listens: whoever does wants to be woken before all others."""
    import fcntl

    with Path(tempfile.gettempdir(), f"joint-trainer-listening-{os.getuid()}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def speaker(rate: int = RATE, channels: int = 2) -> Iterator[Speaker]:
    """Start a server with a sink of this rate and channel count; end it, by its id, when the block ends."""
    home = Path(tempfile.mkdtemp(prefix="gym-"))
    asound = home / "asound.conf"
    asound.write_text("</usr/share/alsa/alsa.conf>\npcm.!default { type pulse }\nctl.!default { type pulse }\n")
    place = home / "native"
    environment = {
        "XDG_RUNTIME_DIR": str(home),
        "XDG_CONFIG_HOME": str(home),
        "PULSE_SERVER": f"unix:{place}",
        "PULSE_COOKIE": str(home / "cookie"),
        "ALSA_CONFIG_PATH": str(asound),
    }
    command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n"]
    command += ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={place}"]
    command += ["-L", f"module-null-sink sink_name=gym rate={rate} channels={channels} norewinds=1"]
    with _alone():
        running = Speaker(environment, command)
        try:
            yield running
        finally:
            running.stop()
            shutil.rmtree(home, ignore_errors=True)


def onsets(samples: array[int], *, quiet_s: float = 0.05, threshold: int = THRESHOLD) -> tuple[int, ...]:
    """Indices at which sound begins: loud samples that follow at least ``quiet_s`` without one."""
    found: list[int] = []
    quiet = int(quiet_s * RATE)
    last = -quiet - 1
    step = 480
    for start in range(0, len(samples), step):
        block = samples[start : start + step]
        if max(block) < threshold and min(block) > -threshold:
            continue
        for index, sample in enumerate(block, start):
            if abs(sample) >= threshold:
                if index - last > quiet:
                    found.append(index)
                last = index
    return tuple(found)
