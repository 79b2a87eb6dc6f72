"""One stream into the system's sound device through miniaudio, from opening it to letting go of it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any

from trainer.audio.buffering import Buffering, asking_in_pieces, ways
from trainer.core.errors import SoundError

NO_DEVICE_HINT = (
    "Connect a speaker, start the sound server, or close what keeps the device to itself; "
    "or choose --audio bell or --audio off."
)


class Stream:
    """Mono, signed 16 bit. It mixes with what other programs play: the device is never taken exclusively."""

    def __init__(
        self,
        binding: Any,
        rate: int,
        give: Callable[[Stream, int], bytes],
        *,
        backend: str = "",
        buffering: Buffering | None = None,
    ) -> None:
        """Open the default device, asking nothing yet; raises SoundError.

        ``give(stream, count)`` is called in the device's own thread for the next ``count`` frames and must not raise.
        ``backend`` is that of an earlier stream, to be used again: while a sound server is down, ALSA would open the
        bare device instead, and keep the server from it when it is back. ``buffering``: instead of the best for it.
        """
        self._binding = binding
        self._give = give
        self.asks = 0
        """How often the device has asked for frames."""
        self._device, self.buffering = self._open(rate, backend, buffering)
        self.backend = str(self._device.backend)
        """Through what it plays: "PulseAudio", "ALSA", "Core Audio"…"""
        if self.backend.lower() == "null":
            self.close()
            raise SoundError("No sound device was found.", NO_DEVICE_HINT)

    def _open(self, rate: int, backend: str, buffering: Buffering | None) -> tuple[Any, Buffering]:
        """The device, and how it is to ask."""
        trouble: Exception | None = None
        for best, backends in ways(self._binding, backend):
            how = buffering or best
            made = asking_in_pieces(self._binding) if how.in_pieces else self._binding.PlaybackDevice
            try:
                device = made(
                    nchannels=1,
                    sample_rate=rate,
                    buffersize_msec=how.length_ms,
                    callback_periods=how.periods,
                    backends=backends,
                    app_name="trainer",
                )
            except self._binding.MiniaudioError as error:
                trouble = error
            else:
                return device, how
        raise SoundError("No sound device could be opened.", NO_DEVICE_HINT) from trouble

    def start(self) -> None:
        """Let the device begin to ask; raises SoundError."""
        frames = self._frames()
        next(frames)
        try:
            self._device.start(frames)
        except self._binding.MiniaudioError as error:
            raise SoundError("The sound device could not be started.", NO_DEVICE_HINT) from error

    def close(self) -> None:
        """Stop and let go. With a sound server that stands still this never returns: call it where that is no harm."""
        self._device.close()
        # The binding forgets its context: ten open files are left behind for each stream without this.
        with suppress(AttributeError):
            self._binding.lib.ma_context_uninit(self._device._context)
            del self._device._context

    def _frames(self) -> Generator[bytes, int, None]:
        count = yield b""
        while True:
            self.asks += 1
            count = yield self._give(self, count)
