"""A batch of file operations that is done completely or undone completely.

It makes missing folders, writes through no link, and defers INT, TERM and HUP, so that no file is
left half done.
"""

import errno
import os
import signal
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from rexctl.errors import RexctlError
from rexctl.store import os_errors
from rexctl.store.temporary_files import TemporaryFile, sync_folder

_MAX_TRIES = 10
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Transaction:
    """The operations done so far, and how to undo each."""

    def __init__(self, root: Path, check_signals: Callable[[], None]) -> None:
        self.root, self.check_signals = root, check_signals
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
                make_parents(self.root, path, self._new_folders.append)
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
            sync_folders(self.root, [path for path, _ in self._undo])
        return failed


@contextmanager
def transaction(root: Path) -> Iterator[Transaction]:
    """Do the operations of the block completely or, where it raises, not at all.

    Raises what the block raises, and EnvironmentFaultError where an operation cannot be undone.
    """
    with defer_signals() as check_signals:
        batch = Transaction(root, check_signals)
        try:
            yield batch
        except BaseException as error:
            failed = batch.roll_back()
            if failed and isinstance(error, RexctlError):
                raise os_errors.not_undone(error, failed) from error
            raise
        finally:
            batch.remove_temporaries()


def log_path(root: Path, name: str) -> Path:
    """Return the path of `events/2025/...` in the log's folder. Raises ValueError outside it."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or Path(name).is_absolute():
        raise ValueError(f"{name}: not a path inside the log")
    return root.joinpath(*parts)


def refuse_links(root: Path, path: Path) -> None:
    """Raise EnvironmentFaultError for a link between `root` and `path`, the file included.

    A link may lead out of the log. Raises OSError where a folder is missing.
    """
    for folder in parents(root, path)[1:]:
        if not _is_folder(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    with suppress(FileNotFoundError):
        _is_folder(path)


def make_parents(root: Path, path: Path, on_created: Callable[[Path], object]) -> None:
    """Make the missing folders between `root` and `path`; `on_created` is called with each.

    Raises EnvironmentFaultError for a link, OSError for any other obstacle.
    """
    for folder in parents(root, path)[1:]:
        with suppress(FileExistsError):  # it exists, or another process made it just now
            folder.mkdir()
            on_created(folder)
    refuse_links(root, path)


def parents(root: Path, path: Path) -> list[Path]:
    """Return the folders from `root` down to the one that holds `path`, both included."""
    below = path.parent.relative_to(root).parts
    return [root.joinpath(*below[:count]) for count in range(len(below) + 1)]


def sync_folders(root: Path, paths: Iterable[Path]) -> None:
    """Sync the folders of these files to the disk, and their parents up to `root`.

    The parents each time: another process may have made a folder and not synced it yet.
    """
    every = {folder: None for path in paths for folder in reversed(parents(root, path))}
    for folder in every:
        sync_folder(folder)


def _is_folder(path: Path) -> bool:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise os_errors.link_refused(path)
    return stat.S_ISDIR(mode)


class InterruptedWriteError(BaseException):
    """A signal arrived before anything was published; the transaction is rolled back."""


@contextmanager
def defer_signals() -> Iterator[Callable[[], None]]:
    """Defer INT, TERM and HUP in the block.

    Yields a function to call before anything is published: it raises InterruptedWriteError if a
    signal arrived, which is sent again after the roll-back. A later one is dropped: the write is done
    by then, and a command that ends by a signal would deny it.
    """
    arrived: list[int] = []

    def check() -> None:
        if arrived:
            raise InterruptedWriteError

    try:
        with handle_signals(_SIGNALS, lambda number, _: arrived.append(number)):
            yield check
    except InterruptedWriteError:
        signal.raise_signal(arrived[-1])
        raise KeyboardInterrupt from None  # the handler before ours did not end the process


@contextmanager
def handle_signals(names: Iterable[str], handler: Callable[..., None]) -> Iterator[None]:
    """Call `handler` for these signals in the block; one that is ignored stays ignored."""
    before: dict[int, Any] = {}
    try:
        for name in names:
            number = getattr(signal, name, None)
            # `nohup` ignores HUP.
            if number is not None and signal.getsignal(number) not in (None, signal.SIG_IGN):
                before[number] = signal.signal(number, handler)
    except ValueError:  # only the main thread can set handlers, and it alone gets signals
        pass
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
