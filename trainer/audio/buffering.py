"""How much sound is handed over ahead: enough for a busy machine, and so little that a key is heard within 100 ms.

miniaudio asks for whole periods, mixed long before they are heard, and gives a sound server one piece after the other.
Where it asks for no more than the server just took, all of the buffer is a reserve instead: the same silence after a
cancel, and twice the time until the device runs dry. The binding knows no name for that wish, but its place is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_FLAG = 11
"""Bytes from ``periods`` to ``noFixedSizedCallback`` in miniaudio's ``ma_device_config``: a number, an enumeration,
then four flags of one byte each, this the last (miniaudio.h 0.11, 2021 until now)."""
_ROOM = 16
"""Bytes from ``periods`` to ``dataCallback``, which comes after them, where the flags are where we think."""
_CONFIG = "ma_device_config"


@dataclass(frozen=True, slots=True)
class Buffering:
    """What a stream asks of its device."""

    length_ms: int
    """The length of a period; PulseAudio and PipeWire hold one, whatever number of them is asked for."""
    periods: int
    """How many of them a bare device holds."""
    in_pieces: bool
    """Whether frames are asked for as the server takes them, a quarter of a period at a time."""

    @property
    def step_s(self) -> float:
        """Seconds of sound that are asked for in one go."""
        return self.length_ms / (4000 if self.in_pieces else 1000)


WHOLE = Buffering(45, 2, in_pieces=False)
"""For every device: what is taken back is silent within 80 ms. See benchmarks/README.md."""
PIECEWISE = Buffering(100, 2, in_pieces=True)
"""For a sound server: silent as soon, and a delay of 60 ms in a thread is not heard. See benchmarks/README.md."""


def ways(binding: Any, backend: str = "") -> Iterator[tuple[Buffering, list[Any]]]:
    """The ways to open a device, best first, with the backends that each may use; an empty list: any.

    ``backend``: the name of the only one that may be used, where one is to be used again.
    """
    every = list(getattr(binding, "Backend", ()))
    server = [one for one in every if one.name == "PULSEAUDIO"] if knows_pieces(binding) else []
    same = [one for one in every if one.name == backend.replace(" ", "").upper()]
    if not same:
        yield from ((PIECEWISE, [one]) for one in server)
    yield (PIECEWISE if same and same == server else WHOLE), same or [one for one in every if one not in server]


def knows_pieces(binding: Any) -> bool:
    """Whether the flag is where we think."""
    try:
        offset = binding.ffi.offsetof
        return bool(offset(_CONFIG, "dataCallback") - offset(_CONFIG, "periods") == _ROOM)
    except (AttributeError, KeyError, TypeError):
        return False


def asking_in_pieces(binding: Any) -> Any:
    """The binding's playback device, but one that asks for no more than was just taken."""

    class Piecewise(binding.PlaybackDevice):  # type: ignore[misc]
        def _make_context(self, *arguments: Any, **named: Any) -> Any:
            # Called between the filling of the configuration and its use.
            start = binding.ffi.offsetof(_CONFIG, "periods")
            binding.ffi.cast("uint8_t *", binding.ffi.addressof(self._devconfig))[start + _FLAG] = 1
            return super()._make_context(*arguments, **named)

    return Piecewise
