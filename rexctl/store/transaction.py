"""A batch of file operations that is done completely or undone completely."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from rexctl.errors import RexctlError
from rexctl.store import folders, os_errors
from rexctl.store.signals import DeferredSignals, defer_signals
from rexctl.store.temporary_files import TemporaryFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MAX_TRIES = 10


class Transaction:
    """The operations done so far, and how to undo each."""

    def __init__(self, root: Path, signals: DeferredSignals) -> None:
        self.root = root
        self.check_signals = signals.check
        self._temporaries: list[TemporaryFile] = []
        self._undo: list[tuple[Path, Callable[[], None]]] = []
        self._new_folders: list[Path] = []

    def temporary(self, folder: Path) -> TemporaryFile:
        """Return a temporary file, not yet written, that is removed when the transaction ends."""
        file = TemporaryFile(folder)
        self._temporaries.append(file)
        return file

    def prepare(self, path: Path, data: bytes) -> TemporaryFile:
        """Write the temporary file of a new file, and make the missing folders. Raises OSError."""
        for count in range(_MAX_TRIES):
            temporary = self.temporary(path.parent)
            try:
                folders.make_parents(self.root, path, self._new_folders.append)
                if os.path.lexists(path):
                    raise os_errors.id_taken(path)
                temporary.write(data)
                break
            except FileNotFoundError:  # another process made the folder and removed it again
                if count == _MAX_TRIES - 1:
                    raise
        return temporary

    def undo_by(self, path: Path, undo: Callable[[], None]) -> None:
        """Register how to undo the operation that follows at `path`, whether it succeeds or not."""
        self._undo.append((path, undo))

    def remove_temporaries(self) -> None:
        """Remove the temporary files."""
        while self._temporaries:
            self._temporaries.pop().remove()

    def roll_back(self) -> list[Path]:
        """Undo all operations, last first; return the paths where that failed."""
        failed = []
        for path, undo in reversed(self._undo):
            try:
                undo()
            except OSError:
                failed.append(path)
        self.remove_temporaries()
        for folder in reversed(self._new_folders):
            with suppress(OSError):  # another process may have put its files into it
                folder.rmdir()
        with suppress(OSError):
            folders.sync(self.root, [path for path, _ in self._undo])
        return failed


@contextmanager
def transaction(root: Path) -> Iterator[Transaction]:
    """Do the operations of the block completely or, where it raises, not at all.

    Raises what the block raises, and EnvironmentFaultError where an operation cannot be undone.
    """
    with defer_signals() as signals:
        batch = Transaction(root, signals)
        try:
            yield batch
        except BaseException as error:
            failed = batch.roll_back()
            if failed and isinstance(error, RexctlError):
                raise os_errors.not_undone(error, failed) from error
            raise
        finally:
            batch.remove_temporaries()
