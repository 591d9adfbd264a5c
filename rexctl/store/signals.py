"""INT, TERM and HUP deferred while files are written, so that no file is left half done."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class InterruptedWriteError(BaseException):
    """A signal arrived before anything was published; the transaction is rolled back."""


class DeferredSignals:
    """The signal that arrived in the block, if any."""

    def __init__(self) -> None:
        self.number = 0

    def record(self, number: int, _frame: object) -> None:
        """Record a signal; this is the handler in place of the default one."""
        self.number = number

    def check(self) -> None:
        """Raise InterruptedWriteError if a signal arrived; call it before anything is published."""
        if self.number:
            raise InterruptedWriteError


@contextmanager
def defer_signals() -> Iterator[DeferredSignals]:
    """Defer INT, TERM and HUP in the block.

    Where `check` raised, the signal is sent again after the roll-back. A later one is dropped: the
    write is done by then, and a command that ends by a signal would deny it.
    """
    signals = DeferredSignals()
    before = _install(signals)
    try:
        yield signals
    except InterruptedWriteError:
        _restore(before)
        signal.raise_signal(signals.number)
        raise KeyboardInterrupt from None  # the handler before ours did not end the process
    finally:
        _restore(before)


def _install(signals: DeferredSignals) -> dict[int, Any]:
    before: dict[int, Any] = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        handler = signal.getsignal(number) if number is not None else None
        if number is None or handler in (None, signal.SIG_IGN):  # `nohup` ignores HUP
            continue
        try:
            signal.signal(number, signals.record)
        except ValueError:  # only the main thread can set handlers
            return {}
        before[number] = handler
    return before


def _restore(before: dict[int, Any]) -> None:
    while before:
        signal.signal(*before.popitem())
