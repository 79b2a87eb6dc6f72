"""One thing at a time: home, which lies below all else for a moment between two questions, waits while a way is led."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.worker import Worker, WorkerError, get_current_worker

from trainer.ui.unhurried import Unhurried

LEADING = ("train", "look")
"""Groups of the workers that lead from screen to screen."""


class Attending(Unhurried):
    """The part of the app that knows whether it is free."""

    @property
    def is_free(self) -> bool:
        """Whether home is all there is, and no way is being led."""
        return len(self.screen_stack) == 1 and not self._leading()

    async def until_free(self) -> None:
        """From a worker: wait until every other way has come to its end."""
        for worker in self._leading():
            if worker is not get_current_worker():
                with suppress(WorkerError):  # however it ended
                    await worker.wait()

    def _leading(self) -> tuple[Worker[Any], ...]:
        return tuple(worker for worker in self.workers if worker.group in LEADING and not worker.is_finished)
