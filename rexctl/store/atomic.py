"""What an atomic write is made of: hidden temporary files, folders without links, deferred signals."""

import errno
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from rexctl.errors import EnvironmentFaultError
from rexctl.store.log import display_path

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
PREFIX, SUFFIX = ".rexctl-", ".tmp"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_EXTRA = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_SYNC = os.O_RDWR if os.name == "nt" else os.O_RDONLY  # the file may be read-only
# Disks without hard links answer with one of these.
_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS,
                       errno.EMLINK, errno.EXDEV, errno.EINVAL})  # fmt: skip
# Some disks (network shares, FUSE) cannot sync a folder.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


class TemporaryFile:
    """One hidden file. Its name is known before it exists, so that it can always be removed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{PREFIX}{os.urandom(8).hex()}{SUFFIX}"
        self._stat: os.stat_result | None = None
        self._claimed: Path | None = None

    def write(self, data: bytes, like: os.stat_result | None = None) -> None:
        """Create the file and write all of `data`; mode and owner are those of `like`."""
        number = os.open(self.path, _NEW | _EXTRA, 0o666)
        try:
            self._stat = os.fstat(number)
            rest = memoryview(data)
            while rest:  # os.write may write less than all
                rest = rest[_write(number, rest) :]
        finally:
            os.close(number)
        if like is not None:
            _copy_owner_and_mode(self.path, self._stat, like)

    def back_up(self, path: Path, data: bytes, like: os.stat_result) -> None:
        """Keep the file at `path`, whose content is `data`, under the hidden name as well."""
        try:
            _link(path, self.path)
        except OSError:  # no hard links on this disk: a copy
            self.write(data, like)
            self.sync()

    def sync(self) -> None:
        """Sync the content to the disk; a late error of the disk is raised here."""
        number = os.open(self.path, _SYNC | _EXTRA)
        try:
            _sync(number)
        finally:
            os.close(number)

    def claim(self, path: Path) -> None:
        """Publish under a name that no file has. Raises FileExistsError where one has it."""
        try:
            _link(self.path, path)
        except FileExistsError:
            if not self.is_at(path):  # NFS may lose the answer to a link that was made
                raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            self._claim_without_links(path)

    def _claim_without_links(self, path: Path) -> None:
        # The empty file claims the name; the complete file replaces it.
        number = os.open(path, _NEW | _EXTRA, 0o666)
        self._claimed = path
        os.close(number)
        self.path.replace(path)

    def is_at(self, path: Path) -> bool:
        """Return whether the file at `path` is this one."""
        try:
            there = os.lstat(path)
        except FileNotFoundError:
            return False
        if path == self._claimed:
            return True
        return self._stat is not None and os.path.samestat(there, self._stat)

    def remove(self) -> None:
        """Remove the file if it exists; an error is ignored, since readers skip hidden files."""
        with suppress(OSError):
            self.path.unlink()


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder to the disk. Raises OSError."""
    if os.name == "nt":  # folders cannot be opened there; the system writes names at once
        return
    number = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _EXTRA)
    try:
        _sync(number)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(number)


def _link(old: Path, new: Path) -> None:
    if not hasattr(os, "link"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    os.link(old, new)


def _write(number: int, rest: memoryview) -> int:
    count = os.write(number, rest)
    if not count:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return count


def _sync(number: int) -> None:
    os.fsync(number)
    if sys.platform == "darwin":  # there fsync does not flush the drive's own cache
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(number, fcntl.F_FULLFSYNC)


def _copy_owner_and_mode(path: Path, own: os.stat_result, like: os.stat_result) -> None:
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
        with suppress(OSError):
            os.chown(path, -1, like.st_gid)
        with suppress(OSError):  # only root may give a file to another owner
            os.chown(path, like.st_uid, -1)
    if stat.S_IMODE(own.st_mode) != stat.S_IMODE(like.st_mode):
        path.chmod(stat.S_IMODE(like.st_mode))


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
        raise EnvironmentFaultError(
            f"{display_path(path)} is a symbolic link; rexctl writes through none",
            "put a real file or folder in its place; nothing was changed",
        )
    return stat.S_ISDIR(mode)


class InterruptedWriteError(BaseException):
    """A signal arrived before anything was published; the write is rolled back."""


@contextmanager
def defer_signals() -> Iterator[Callable[[], None]]:
    """Defer INT, TERM and HUP in the block.

    Yields a function to call before anything is published: it raises InterruptedWriteError if a
    signal arrived, which is sent again after the block. A later one is dropped: the write is done
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
