"""An attempt to write files: done whole, or taken back whole."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from rexctl.errors import RexctlError
from rexctl.store import folders, os_errors
from rexctl.store.signals import Held, held
from rexctl.store.temporary_files import Temporary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_TRIES = 10


class Attempt:
    """What has been done so far, and how to take it back."""

    def __init__(self, root: Path, signals: Held) -> None:
        self.root = root
        self.heed = signals.heed
        self._temporaries: list[Temporary] = []
        self._done: list[tuple[Path, Callable[[], None]]] = []
        self._made: list[Path] = []

    def temporary(self, folder: Path) -> Temporary:
        """Give a temporary, not yet written, that is gone when the attempt ends either way."""
        made = Temporary(folder)
        self._temporaries.append(made)
        return made

    def prepare(self, path: Path, data: bytes) -> Temporary:
        """Write the temporary of a new file, and the folders on the way to it. Raises OSError."""
        for count in range(_TRIES):
            temporary = self.temporary(path.parent)
            try:
                folders.make(self.root, path, self._made.append)
                if os.path.lexists(path):
                    raise os_errors.taken(path)
                temporary.write(data)
                break
            except FileNotFoundError:  # another process made the folder and took it back
                if count == _TRIES - 1:
                    raise
        return temporary

    def undo_by(self, path: Path, undo: Callable[[], None]) -> None:
        """Say how to take back what is about to be done at `path`; it may have to do nothing."""
        self._done.append((path, undo))

    def tidy(self) -> None:
        """Remove the temporaries."""
        while self._temporaries:
            self._temporaries.pop().remove()

    def take_back(self) -> list[Path]:
        """Take back all that was done, last thing first; gives the paths where that failed."""
        failed = []
        for path, undo in reversed(self._done):
            try:
                undo()
            except OSError:
                failed.append(path)
        self.tidy()
        for folder in reversed(self._made):
            with suppress(OSError):  # others may have put their files into it
                folder.rmdir()
        with suppress(OSError):
            folders.sync(self.root, [path for path, _ in self._done])
        return failed


@contextmanager
def attempt(root: Path) -> Iterator[Attempt]:
    """Do what is in the block whole or, when anything is raised in it, not at all.

    Raises what the block raises, and EnvironmentFaultError where something stays changed.
    """
    with held() as signals:
        trial = Attempt(root, signals)
        try:
            yield trial
        except BaseException as fault:
            failed = trial.take_back()
            if failed and isinstance(fault, RexctlError):
                raise os_errors.stuck(fault, failed) from fault
            raise
        finally:
            trial.tidy()
