"""A pretend sound device with its binding, for tests that ask for frames when they please."""

from __future__ import annotations

from array import array
from enum import Enum
from types import SimpleNamespace
from typing import Any

from trainer.audio.bank import Bank

RATE = 8_000
BANK = Bank(RATE, {"go": array("h", [1_000] * 80), "rep": array("h", [500] * 40)}, array("h", [77] * 40))


class Backend(Enum):
    """Through what a device may play."""

    SPEAKER = 1


class BindingError(Exception):
    """Stands for miniaudio's error."""


class FakeDevice:
    """Stands for miniaudio's device."""

    def __init__(self, backend: str = "Speaker") -> None:
        self.backend = backend
        self.heard = array("h")
        self.closed = 0
        self.sound: Any = None

    def start(self, sound: Any) -> None:
        self.sound = sound

    def ask(self, count: int) -> None:
        self.heard.frombytes(self.sound.send(count))

    def close(self) -> None:
        self.closed += 1


class FakeBinding(SimpleNamespace):
    """Stands for the module miniaudio: opens the devices laid out, one after the other, and then refuses."""

    def __init__(self, *devices: FakeDevice) -> None:
        super().__init__(MiniaudioError=BindingError, Backend=Backend)
        self.devices = list(devices)
        self.orders: list[dict[str, Any]] = []

    def PlaybackDevice(self, **order: Any) -> FakeDevice:  # noqa: N802  (the binding's own name)
        self.orders.append(order)
        if not self.devices:
            raise BindingError("failed to init device", -401)
        return self.devices.pop(0)
