"""Many files judged in as many processes as there are processors, their answers in order."""

from __future__ import annotations

import gc
import marshal
import os
import signal
from collections import deque
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Work = Callable[[Sequence[str]], list[tuple[Any, ...]]]

SHARE = 32  # files that are handed over at once
_WAITING = 1 << 20  # bytes of answers that no copy waits for; the most that a user may have
_FEW = 300  # files that are read sooner than other processes are started


@contextmanager
def uncollected() -> Iterator[None]:
    """Work on many events without looking for cycles: small objects, and none of them in a cycle.

    A cold index took three times as long with the collector.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def each(
    work: Work, paths: Sequence[str], *, share: int = SHARE, few: int = _FEW
) -> Iterator[tuple[Any, ...]]:
    """Give what `work` makes of each path, in order; an answer is made of plain values.

    They are handed over `share` at once, and fewer than `few` are dealt with here.

    The processes are copies of this one, and each knows its share from the start: the n-th deals
    with each n-th handful. A copy waits where its answers are not taken, so that memory stays flat,
    and ends by itself when nobody is left to take them.
    """
    shares = [paths[start : start + share] for start in range(0, len(paths), share)]
    hands = _hands(len(paths), few)
    if hands < 2:
        for one in shares:
            yield from work(one)
        return
    crew = _started(work, shares, hands)
    try:
        for number, one in enumerate(shares):
            yield from _answer(crew[number % hands][1], work, one)
    finally:
        for process, pipe in crew:
            pipe.close()
            process.terminate()
            process.join()


def _hands(many: int, few: int) -> int:
    if many < few or not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _started(work: Work, shares: Sequence[Sequence[str]], hands: int) -> list[tuple[Any, Any]]:
    copies = import_module("multiprocessing").get_context("fork")
    crew: deque[tuple[Any, Any]] = deque()
    for hand in range(hands):
        taking, giving = copies.Pipe(duplex=False)
        _widen(giving.fileno())
        mine = shares[hand::hands]
        process = copies.Process(target=_serve, args=(work, mine, taking, giving), daemon=True)
        process.start()
        giving.close()
        crew.append((process, taking))
    return list(crew)


def _widen(pipe: int) -> None:
    """Let some 400 answers wait in a pipe, so that the copies work on while some are written."""
    with suppress(ImportError, AttributeError, OSError):  # Linux alone has it, within a limit
        fcntl = import_module("fcntl")
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WAITING)


def _serve(work: Work, shares: Sequence[Sequence[str]], taking: Any, giving: Any) -> None:
    # The first process alone hears the keyboard: it keeps what it has, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    taking.close()
    try:
        for share in shares:
            giving.send_bytes(marshal.dumps(work(share)))
    except BrokenPipeError:
        os._exit(0)


def _answer(pipe: Any, work: Work, share: Sequence[str]) -> list[tuple[Any, ...]]:
    """Give the answers to one handful; one that a lost process owes is found here."""
    try:
        found: list[tuple[Any, ...]] = marshal.loads(pipe.recv_bytes())  # noqa: S302 - our own copy
    except (EOFError, OSError):
        return work(share)
    return found
