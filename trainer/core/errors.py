"""Every failure a person can cause or meet, as one sentence and one hint.

::

    TrainerError
    ├── UsageError      the command line, or an answer, was wrong
    ├── ContentError    a routine, drill or settings file was wrong
    ├── StoreError      the database could not be read or written
    └── SoundError      the sound output could not be opened

The command line prints ``message`` and ``hint`` on one line and ends with 2; the app shows a toast.
Anything that is not a ``TrainerError`` is a bug.
"""

from __future__ import annotations

from trainer.core.letters import printable


class TrainerError(Exception):
    """One clear sentence, and what to do about it: one line, and safe to print whatever was quoted in it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = printable(message.replace("\n", " "))
        self.hint = printable(hint.replace("\n", " "))
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(TrainerError):
    """The command line, or an answer, was wrong."""


class ContentError(TrainerError):
    """A routine, drill or settings file was wrong."""


class StoreError(TrainerError):
    """The database could not be read or written."""


class SoundError(TrainerError):
    """The sound output could not be opened."""
