"""A thread that does things at given seconds, for outputs that can only be told "now"."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable


class Alarms:
    """Calls functions at monotonic seconds, in order, from one thread that starts with the first of them."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def at(self, wall: float, ring: Callable[[], None]) -> None:
        """Call ``ring`` at the monotonic second ``wall``, or at once where that is past."""
        with self._changed:
            if self._is_closed:
                return
            heapq.heappush(self._waiting, (wall, next(self._order), ring))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="trainer-alarms", daemon=True)
                self._thread.start()
            self._changed.notify()

    def clear(self) -> None:
        """Forget everything that has not been called yet."""
        with self._changed:
            self._waiting.clear()
            self._changed.notify()

    def close(self, patience_s: float = 1.0) -> None:
        """Forget everything and end the thread, waiting at most ``patience_s`` for the call it may be in."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(patience_s)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._is_closed:
                    left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                    if left is not None and left <= 0:
                        break
                    self._changed.wait(left)
                if self._is_closed:
                    return
                ring = heapq.heappop(self._waiting)[2]
            ring()
