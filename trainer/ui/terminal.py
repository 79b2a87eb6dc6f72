"""The terminal as something that may fall behind, be taken away for a while, or go away for good.

Textual's driver takes it for granted. It answers each SIGCONT by starting anew, also where it never stopped; it reads
an end of file for ever; and where the thread that writes has died of a lost terminal, the whole app waits for it.
A shell whose window is closed brings all three together, since it sends SIGHUP and SIGCONT. POSIX only.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import termios
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from trainer.ui.leaving import WHOLE, Leaving
from trainer.ui.pen import Pen

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from textual.app import App

LAST_WORDS_S = 1.0
"""How long the terminal may take to read what is written at the end, before the pictures in it are given up."""
NAP_S = 0.3
"""How long it stays awake in the dark before it stops again. Whoever ends a stopped program sends two signals, the one
that ends it and SIGCONT, and on a machine that has no time they may be heard in the wrong order."""
ENTER = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h\x1b[?7l"
"""Alternate screen, no cursor, focus reports, bracketed paste, no wrapping: said again after another has had it."""


def is_gone(descriptor: int) -> bool:
    """Whether nothing will ever be typed there again: there is something to read, and it is nothing."""
    try:
        ready, _, _ = select.select([descriptor], [], [], 0)
        if not ready:
            return False
        (waiting,) = struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)))
    except (OSError, ValueError):
        return True
    return bool(waiting == 0)


class InputEnd(Event):
    """Set when no more input is wanted; also when none can come, so that nobody reads an end of file for ever."""

    def __init__(self, is_lost: Callable[[], bool]) -> None:
        super().__init__()
        self._is_lost = is_lost

    def is_set(self) -> bool:
        """Asked before each reading."""
        return super().is_set() or self._is_lost()

    @property
    def is_wanted(self) -> bool:
        """Whether it was set, and not only found."""
        return super().is_set()


class Terminal(LinuxDriver):
    """Textual's driver, for a terminal that may go. Losing it is the signal SIGHUP, whoever else may have sent that."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event: InputEnd = InputEnd(lambda: is_gone(self.fileno))
        self._leaving: Leaving | None = getattr(app, "leaving", None)
        self._pen: Pen | None = None
        self._raw: list[Any] | None = None
        self._is_asleep = False
        self._nap: TimerHandle | None = None
        self._is_lost = False

    # Out and in

    def start_application_mode(self) -> None:
        """Take the terminal."""
        assert self._file is not None  # no app is opened without a terminal
        self._pen = Pen(self._file, lost=self._lose, caught_up=lambda: self._soon(self._app.refresh))
        if self._leaving is not None:
            self._leaving.hush = partial(self._pen.drop, LAST_WORDS_S)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        with suppress(termios.error):
            self._raw = termios.tcgetattr(self.fileno)
        # Whoever tidies up in the background, after the shell's own ``kill``, must not be stopped for it.
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)

    def write(self, data: str) -> None:
        """Write soon; never wait. Textual's own writer stands idle."""
        if self._pen is not None:
            self._pen.write(data)

    def run_input_thread(self) -> None:
        """Read until the end, or until there is nothing to read from."""
        with suppress(OSError):
            super().run_input_thread()
        if not self.exit_event.is_wanted:
            self._lose()

    def disable_input(self) -> None:
        """Read no more."""
        if not self._is_asleep:
            super().disable_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back; what is written once it was given back comes to nothing."""
        if self._pen is not None:
            self._pen.skip()
        if not self._is_in_front():
            self.attrs_before = None  # the shell has set its own
        super().stop_application_mode()

    def close(self) -> None:
        """Have everything written, if it can be."""
        super().close()
        if self._pen is not None:
            self._pen.lay_down(LAST_WORDS_S, WHOLE)

    # Asleep and awake

    def _sigtstp_application(self, *_: object) -> None:
        self._soon(self._sleep)

    def _sigcont_application(self, *_: object) -> None:
        self._soon(self._wake)

    def _sleep(self) -> None:
        """Stop, as ctrl+z asks. A program with no shell above it does not: nobody could ever wake it."""
        if self._is_leaving() or os.getsid(0) == os.getpid():
            return
        if self._auto_restart and not self._is_asleep:
            self.suspend_application_mode()
            self._must_signal_resume = self._is_asleep = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _wake(self) -> None:
        """Go on after a stop: anew after ctrl+z, else where it stood; soon to sleep again where it is not in front."""
        if self._nap is not None:
            self._nap.cancel()
        if self._is_leaving() or not self._auto_restart:
            return
        if not self._is_in_front():
            self._nap = self._loop.call_later(NAP_S, self._sleep_on)
        elif self._is_asleep:
            self._is_asleep = False
            self.resume_application_mode()
        else:
            with suppress(termios.error):
                if self._raw is not None:
                    termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
            self._app.app_resume_signal.publish(self._app)  # before any timer counts what was lost
            self.write(ENTER)
            self._enable_mouse_support()
            self._app.refresh()

    def _sleep_on(self) -> None:
        """Stop again after the shell's ``bg``: there is nothing to be done in the dark, unless light was made since."""
        if self._is_in_front():
            self._wake()
        elif not self._is_leaving():
            os.kill(os.getpid(), signal.SIGSTOP)

    def _is_in_front(self) -> bool:
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:  # no terminal of ours to be in front of
            return True

    def _is_leaving(self) -> bool:
        """Whether the app ends, or a signal was heard that will end it as soon as it looks up."""
        return self._app.return_code is not None or (self._leaving is not None and self._leaving.code != 0)

    # Gone

    def _lose(self) -> None:
        """Say once that the terminal is gone."""
        if not self._is_lost:
            self._is_lost = True
            os.kill(os.getpid(), signal.SIGHUP)

    def _soon(self, do: Callable[[], object]) -> None:
        """From a signal or another thread: do it in the app's own time."""
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(do)
