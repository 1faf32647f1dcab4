"""Signals that end the program: raised as exceptions, so that nothing half-done is left; put off where it would be."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class Terminated(BaseException):
    """The program is asked to end by a signal other than the interrupt of the keyboard."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(signal.Signals(number).name)


@contextmanager
def termination_raised() -> Iterator[None]:
    """Inside, a signal that would kill the process raises `Terminated`; one that is ignored stays so.

    Handlers belong to the main thread: in another, nothing changes.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise Terminated(number)

    with _handled_by(end, [signal_number for signal_number in _ENDING if _handler(signal_number) is signal.SIG_DFL]):
        yield


@contextmanager
def signals_deferred() -> Iterator[None]:
    """Inside, signals that raise an exception wait for the end of the block; the first is raised there."""
    waiting: list[int] = []
    try:
        with _handled_by(
            lambda number, _: waiting.append(number),
            [signal_number for signal_number in _ENDING if callable(_handler(signal_number))],
        ):
            yield
    finally:
        for number in waiting[:1]:
            signal.raise_signal(number)


def _handler(number: int) -> object:
    return signal.getsignal(number) if threading.current_thread() is threading.main_thread() else None


@contextmanager
def _handled_by(handler: signal._HANDLER, numbers: list[int]) -> Iterator[None]:
    before: dict[int, signal._HANDLER] = {}
    try:
        for number in numbers:
            before[number] = signal.signal(number, handler)
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
