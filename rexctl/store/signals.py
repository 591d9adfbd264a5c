"""Signals held back while files change hands, so that none is left half done."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class InterruptedWriteError(BaseException):
    """A signal came while nothing was published yet: everything is taken back."""


class Held:
    """The signal that has come, if one has."""

    def __init__(self) -> None:
        self.number = 0

    def take(self, number: int, _frame: object) -> None:
        """Note a signal instead of dying of it."""
        self.number = number

    def heed(self) -> None:
        """Give up here if a signal has come; asked only where nothing is published yet."""
        if self.number:
            raise InterruptedWriteError


@contextmanager
def held() -> Iterator[Held]:
    """Hold INT, TERM and HUP back in the block.

    Where `heed` gave up, the signal is sent again once all is tidy. One that came later is let
    go: by then the write is done, and a command that says otherwise would say what is not so.
    """
    signals = Held()
    before = _install(signals)
    try:
        yield signals
    except InterruptedWriteError:
        _restore(before)
        signal.raise_signal(signals.number)
        raise KeyboardInterrupt from None  # the handler before ours let the process live
    finally:
        _restore(before)


def _install(signals: Held) -> dict[int, Any]:
    before: dict[int, Any] = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        handler = signal.getsignal(number) if number is not None else None
        if number is None or handler in (None, signal.SIG_IGN):  # nohup stays nohup
            continue
        try:
            signal.signal(number, signals.take)
        except ValueError:  # not the main thread: signals come to another one
            return {}
        before[number] = handler
    return before


def _restore(before: dict[int, Any]) -> None:
    while before:
        signal.signal(*before.popitem())
