"""A saboteur between the writer and the machine: counts calls, strikes at the one it is told."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator
    from pathlib import Path

CALLS = (
    "open", "write", "fsync", "close", "fstat", "stat", "lstat", "link", "unlink", "replace",
    "mkdir", "rmdir", "chmod", "chown",
)  # fmt: skip
REAL = {name: getattr(os, name) for name in CALLS}
TAKES_ROOM = ("write", "link", "mkdir")


class Saboteur:
    """Counts the calls; `strike(count, name)` may raise, kill, or send a signal."""

    def __init__(self, strike: Callable[[int, str], None] = lambda count, name: None) -> None:
        self.strike = strike
        self.seen: list[str] = []

    def wrapped(self, name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if name == "close":  # a close that fails has closed all the same
                REAL[name](*args, **kwargs)
            self.seen.append(name)
            self.strike(len(self.seen), name)
            return None if name == "close" else REAL[name](*args, **kwargs)

        return call


@contextmanager
def at_work(saboteur: Saboteur) -> Iterator[Saboteur]:
    """Stand between, in the block."""
    for name in CALLS:
        setattr(os, name, saboteur.wrapped(name))
    try:
        yield saboteur
    finally:
        for name in CALLS:
            setattr(os, name, REAL[name])


def failing(number: int, when: Callable[[int, str], bool]) -> Saboteur:
    """A machine that answers with `number` (an errno) whenever `when` says so."""

    def strike(count: int, name: str) -> None:
        if when(count, name):
            raise OSError(number, os.strerror(number))

    return Saboteur(strike)


def signalling(number: signal.Signals, at: int) -> Saboteur:
    """A machine on which a signal comes just before the call of that number."""

    def strike(count: int, name: str) -> None:
        if count == at:
            os.kill(os.getpid(), number)

    return Saboteur(strike)


def in_child(do: Callable[[], int]) -> int:
    """Do it in a process of its own; gives its exit code, or minus the signal it died of."""
    child = os.fork()
    if not child:
        code = 99
        try:
            code = do()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def tree(root: Path) -> dict[str, bytes | None]:
    """Everything under a folder: files with their bytes, folders with None."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def visible(found: dict[str, bytes | None]) -> dict[str, bytes | None]:
    """What a reader looks at: names that begin with no dot."""
    return {name: data for name, data in found.items() if "/." not in f"/{name}"}
