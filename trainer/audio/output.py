"""The way out: which outputs there are, and the two sound bindings, each imported only when it is opened."""

from __future__ import annotations

import atexit
import importlib
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from trainer.audio.alarm import Alarms
from trainer.audio.bank import Bank, load_bank
from trainer.audio.clock import StreamClock
from trainer.audio.cues import is_useful, sounding
from trainer.audio.hush import stderr_held
from trainer.audio.mixer import Mixer, amplitude, scaled
from trainer.audio.silent import BellOutput, OffOutput
from trainer.core.errors import SoundError

CHOICES = ("auto", "miniaudio", "simpleaudio", "bell", "off")
"""What ``--audio`` may name."""
PERIOD_MS = 60
"""Frames are asked for in steps this long. At 20 ms cues were up to 3.5 ms off on a busy machine, at 60 ms never."""
_PERIODS = 2
_PATIENCE_S = 1.0
"""How long closing waits for a driver that does not answer."""
_NO_DEVICE_HINT = "Connect a speaker or start the sound server, or choose --audio bell or --audio off."


class Output(Protocol):
    """Somewhere to send sounds. All of it may be used from any thread, and none of it raises or waits."""

    @property
    def name(self) -> str:
        """What it is: "miniaudio", "simpleaudio", "bell", "off" or "wav"."""

    @property
    def detail(self) -> str:
        """For people: the device, its rate, why it was picked."""

    @property
    def warning(self) -> str | None:
        """One sentence for one toast where something is not as it should be."""

    @property
    def latency_s(self) -> float:
        """Seconds ahead by which ``play_at`` must be told for a sound to be in time."""

    volume: float
    """Loudness of everything, 0 to 1."""
    muted: bool
    """Whether nothing is heard for now."""

    def play_at(self, sound: str, wall: float, gain: float = 1.0) -> None:
        """Let ``sound`` be heard from the ``time.monotonic()`` second ``wall`` on, or from now if that is past."""

    def cancel(self) -> None:
        """Drop everything that has not begun, and fade what sounds."""

    def close(self) -> None:
        """Let go of the device. May be called twice; does not hang."""


def open_output(
    choice: str,
    sounds: Path | Bank,
    *,
    volume: float = 1.0,
    ring_bell: Callable[[], None] | None = None,
) -> Output:
    """Open the output named by ``choice``, playing the sounds of a folder or a bank.

    "auto" takes miniaudio where a device opens and else falls silent, with the reason in ``warning``. Any other choice
    that cannot be had raises SoundError. Takes about 0.2 s (an import, a probe, reading files): call it off the
    thread that draws. Nothing the drivers write reaches the screen.
    """
    if choice not in CHOICES:
        raise SoundError(f"There is no sound output called '{choice}'.", f"Choose one of {', '.join(CHOICES)}.")
    if choice == "off":
        return OffOutput(volume=volume)
    if choice == "bell":
        if ring_bell is None:
            raise SoundError("There is no terminal bell to ring here.", "Choose --audio auto or --audio off.")
        return BellOutput(ring_bell, volume=volume)
    if choice == "simpleaudio":
        return SimpleaudioOutput(sounds, volume=volume)
    try:
        return MiniaudioOutput(sounds, volume=volume, was_asked_for=choice == "miniaudio")
    except SoundError as error:
        if choice == "miniaudio":
            raise
        return OffOutput(f"silent: {error.message}", volume=volume, warning=f"Going on without sound. {error}")


class MiniaudioOutput:
    """The system's default device through miniaudio: sounds are placed by frame, so their distances are exact.

    The stream stays open as long as the output does: a Bluetooth speaker that is allowed to doze swallows the first
    third of a second of the next sound.
    """

    name = "miniaudio"

    def __init__(self, sounds: Path | Bank, *, volume: float = 1.0, was_asked_for: bool = True) -> None:
        """Open and start the device; raises SoundError."""
        with stderr_held():
            try:
                binding: Any = importlib.import_module("miniaudio")
            except (ImportError, OSError) as error:
                raise SoundError(
                    "The sound library miniaudio cannot be loaded.", "Install the trainer anew."
                ) from error
            bank = _bank_of(sounds)
            self.warning: str | None = _about(bank)
            self._lock = threading.Lock()
            self._mixer = Mixer(bank, volume=volume)
            self._mixer.make_ready()
            self._clock = StreamClock(bank.rate, PERIOD_MS / 1000, time.monotonic())
            try:
                device = binding.PlaybackDevice(
                    nchannels=1,
                    sample_rate=bank.rate,
                    buffersize_msec=PERIOD_MS,
                    callback_periods=_PERIODS,
                    app_name="trainer",
                )
                if str(device.backend).lower() == "null":
                    raise SoundError("No sound device was found.", _NO_DEVICE_HINT)
                frames = self._frames()
                next(frames)
                device.start(frames)
            except binding.MiniaudioError as error:
                raise SoundError("No sound device could be opened.", _NO_DEVICE_HINT) from error
        self._device: Any = device
        why = "as asked for" if was_asked_for else "picked by itself"
        self.detail = f"the default device through {device.backend} at {bank.rate / 1000:g} kHz, {why}"
        atexit.register(self.close)

    @property
    def latency_s(self) -> float:
        """Seconds ahead by which ``play_at`` must be told: what the device holds, and one step of asking."""
        return self._clock.lead_s + PERIOD_MS / 1000

    @property
    def volume(self) -> float:
        """Loudness from 0 to 1."""
        return self._mixer.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._mixer.volume = volume

    @property
    def muted(self) -> bool:
        """Whether nothing is heard; the stream goes on."""
        return self._mixer.muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._mixer.muted = muted

    def play_at(self, sound: str, wall: float, gain: float = 1.0) -> None:
        """Place ``sound`` on the frame that is heard at ``wall``."""
        with self._lock:
            frame = self._clock.frame_at(wall)
            latest = self._clock.frame_at(wall + sounding(sound).expiry_s)
            self._mixer.schedule(sound, frame, gain, latest)

    def cancel(self) -> None:
        """Drop what has not begun and fade what sounds."""
        self._mixer.cancel()

    def close(self) -> None:
        """Stop the stream. A driver that does not answer is left behind after a second."""
        with self._lock:
            device, self._device = self._device, None
        if device is None:
            return
        atexit.unregister(self.close)
        closing = threading.Thread(target=device.close, name="trainer-sound-close", daemon=True)
        try:
            closing.start()
        except RuntimeError:  # the interpreter is ending and starts no more threads
            device.close()
        else:
            closing.join(_PATIENCE_S)

    def _frames(self) -> Generator[bytes, int, None]:
        """Give the device what it asks for, in its own thread. Nothing may be raised here, and nothing waited for."""
        count = yield b""
        while True:
            try:
                with self._lock:
                    moved = self._clock.asked(time.monotonic(), self._mixer.frame)
                    if moved:
                        self._mixer.shift(moved)
                frames = self._mixer.render(count)
            except Exception:  # anything raised would end the stream and print across the screen
                self.warning = "The sound stumbled; going on without what could not be played."
                frames = bytes(2 * count)
            count = yield frames


class SimpleaudioOutput:
    """simpleaudio, an optional extra: sounds are started by a timer, so a busy machine is heard."""

    name = "simpleaudio"
    latency_s = 0.02

    def __init__(self, sounds: Path | Bank, *, volume: float = 1.0) -> None:
        """Load the binding and try the device with a moment of silence; raises SoundError."""
        if sys.version_info >= (3, 12):
            raise SoundError("simpleaudio crashes on Python 3.12 and newer.", "Choose --audio miniaudio.")
        with stderr_held():
            try:
                self._binding: Any = importlib.import_module("simpleaudio")
            except (ImportError, OSError) as error:
                hint = "Install it with: pip install 'joint-trainer[simpleaudio]', or choose --audio miniaudio."
                raise SoundError("simpleaudio is not installed.", hint) from error
            self._bank = _bank_of(sounds)
            try:
                self._binding.play_buffer(bytes(2 * self._bank.rate // 50), 1, 2, self._bank.rate).wait_done()
            except Exception as error:  # its error is private to a C module
                raise SoundError("simpleaudio could not open a sound device.", _NO_DEVICE_HINT) from error
        self.detail = f"the default device at {self._bank.rate / 1000:g} kHz, from timers, as asked for"
        self.warning: str | None = _about(self._bank)
        self.volume = volume
        self._muted = False
        self._playing: list[Any] = []
        self._lock = threading.Lock()
        self._alarms = Alarms()

    @property
    def muted(self) -> bool:
        """Whether nothing is heard."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self._stop()

    def play_at(self, sound: str, wall: float, gain: float = 1.0) -> None:
        """Start ``sound`` at ``wall``, as near as a timer comes; what the device then takes is not known."""
        loudness = gain * amplitude(self.volume)
        clip = self._bank.clip(sound)
        data = (clip if loudness >= 1 else scaled(clip, max(0.0, loudness))).tobytes()
        self._alarms.at(wall, lambda: self._play(sound, wall, data))

    def cancel(self) -> None:
        """Drop what has not begun and stop what sounds."""
        self._alarms.clear()
        self._stop()

    def close(self) -> None:
        """Stop everything and end the timer."""
        self._alarms.close()
        self._stop()

    def _play(self, sound: str, wall: float, data: bytes) -> None:
        if self._muted or not is_useful(sound, time.monotonic() - wall):
            return
        try:
            with self._lock:
                self._playing = [play for play in self._playing if play.is_playing()]
                self._playing.append(self._binding.play_buffer(data, 1, 2, self._bank.rate))
        except Exception:  # its error is private to a C module
            self.warning = "The sound device went away; going on without sound."

    def _stop(self) -> None:
        with self._lock, suppress(Exception):
            for play in self._playing:
                play.stop()
            self._playing.clear()


def _bank_of(sounds: Path | Bank) -> Bank:
    return sounds if isinstance(sounds, Bank) else load_bank(sounds)


def _about(bank: Bank) -> str | None:
    """Return one sentence about the sounds that a beep replaces."""
    others = len(bank.warnings) - 1
    if others < 0:
        return None
    return bank.warnings[0] + (f" So {'are' if others > 1 else 'is'} {others} more." if others else "")
