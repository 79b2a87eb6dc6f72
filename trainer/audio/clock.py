"""Which frame of a stream is heard at which second: one straight line, moved only when the stream really slipped.

The instants at which a device asks for frames jitter by milliseconds; the frames themselves do not. So a line is laid
through the start of the stream and every sound placed on it: the gaps between sounds are then as exact as the device's
own clock. The line is laid anew after an underrun (frames asked for later than they should have been heard) and
when device and computer have drifted apart.
"""

from __future__ import annotations

TOLERANCE_S = 0.03
"""Seconds the line may be wrong before it is moved: moving is heard as one uneven beat, being 30 ms off is not."""
WINDOW_S = 2.0
"""Seconds of requests of which the earliest counts: a late request says that we were busy, an early one cannot lie."""


class StreamClock:
    """Turns monotonic seconds into frame numbers of one stream."""

    def __init__(self, rate: int, period_s: float, now: float) -> None:
        self._rate = rate
        self._period_s = period_s
        self._anchor = now
        self._lead: float | None = None
        self._has_begun = False
        self._earliest = now
        self._window_began = now

    @property
    def lead_s(self) -> float:
        """Seconds between a frame being asked for and being heard, as far as that is known."""
        return self._period_s if self._lead is None else self._lead

    def frame_at(self, wall: float) -> int:
        """Return the number of the frame that is heard at the monotonic second ``wall``; negative before the start."""
        return round((wall - self._anchor) * self._rate)

    def begin_anew(self) -> None:
        """Let the next request lay the line: another device asks from now on, and the frames are counted on."""
        self._has_begun = False
        self._lead = None

    def asked(self, now: float, frame: int) -> int:
        """Note that the device asks at ``now`` for frames from ``frame`` on.

        Returns by how many frames everything still to come has to move so as to be heard when it was meant to be:
        0, but for the rare times when the line moves.
        """
        base = now - frame / self._rate
        if not self._has_begun:
            self._has_begun = True
            return self._lay(base, now, base)
        if base - self._anchor > TOLERANCE_S:
            return self._lay(base + self.lead_s, now, base)
        self._earliest = min(self._earliest, base)
        if now - self._window_began < (WINDOW_S if self._lead is not None else WINDOW_S / 4):
            return 0
        earliest, self._earliest, self._window_began = self._earliest, base, now
        if self._lead is None:
            self._lead = max(0.0, self._anchor - earliest)
        if abs(earliest + self._lead - self._anchor) > TOLERANCE_S:
            return self._lay(earliest + self._lead, now, base)
        return 0

    def _lay(self, anchor: float, now: float, base: float) -> int:
        """Move the line so that frame 0 lies at ``anchor``; return the move in frames."""
        moved = round((self._anchor - anchor) * self._rate)
        self._anchor, self._earliest, self._window_began = anchor, base, now
        return moved
