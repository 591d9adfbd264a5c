"""Hidden temporary files beside their targets: written, synced, published, never left behind."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PREFIX, SUFFIX = ".rexctl-", ".tmp"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_EXTRA = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_SYNC = os.O_RDWR if os.name == "nt" else os.O_RDONLY  # a file may be for reading only
# Disks without hard links answer with one of these.
_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS,
                       errno.EMLINK, errno.EXDEV, errno.EINVAL})  # fmt: skip
# Some disks (shares, user-space ones) cannot sync a folder; there is no more to be had there.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


class Temporary:
    """One hidden file. Its name is known before it is there, so that it can always be removed."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{PREFIX}{os.urandom(8).hex()}{SUFFIX}"
        self._about: os.stat_result | None = None
        self._claimed: Path | None = None

    def write(self, data: bytes, like: os.stat_result | None = None) -> None:
        """Create the file and write all of `data`; mode and owner are those of `like`."""
        number = os.open(self.path, _NEW | _EXTRA, 0o666)
        try:
            self._about = os.fstat(number)
            rest = memoryview(data)
            while rest:  # a write may take less than it was given
                rest = rest[_written(number, rest) :]
        finally:
            os.close(number)
        if like is not None:
            _dress(self.path, self._about, like)

    def keep(self, path: Path, data: bytes, like: os.stat_result) -> None:
        """Hold on to the file at `path`, whose content is `data`, under the hidden name."""
        try:
            _link(path, self.path)
        except OSError:  # no links here: a copy does as well
            self.write(data, like)
            self.sync()

    def sync(self) -> None:
        """Put the content on the disk; a late fault of the disk shows here."""
        number = os.open(self.path, _SYNC | _EXTRA)
        try:
            _sync(number)
        finally:
            os.close(number)

    def claim(self, path: Path) -> None:
        """Publish under a name that nothing holds yet. Raises FileExistsError where it is held."""
        try:
            _link(self.path, path)
        except FileExistsError:
            if not self.is_at(path):  # over a network the answer to a link that was made gets lost
                raise
        except OSError as fault:
            if fault.errno not in _NO_LINKS:
                raise
            self._claim_without_links(path)

    def _claim_without_links(self, path: Path) -> None:
        # The empty file claims the name; what takes its place is whole.
        number = os.open(path, _NEW | _EXTRA, 0o666)
        self._claimed = path
        os.close(number)
        self.path.replace(path)

    def is_at(self, path: Path) -> bool:
        """Tell whether what stands at `path` was put there from here."""
        try:
            there = os.lstat(path)
        except FileNotFoundError:
            return False
        if path == self._claimed:
            return True
        return self._about is not None and os.path.samestat(there, self._about)

    def remove(self) -> None:
        """Take the file away, if it is there; a fault here harms nothing and is not told."""
        with suppress(OSError):
            self.path.unlink()


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk. Raises OSError."""
    if os.name == "nt":  # folders cannot be opened there; the system writes names at once
        return
    number = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _EXTRA)
    try:
        _sync(number)
    except OSError as fault:
        if fault.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(number)


def _link(old: Path, new: Path) -> None:
    if not hasattr(os, "link"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    os.link(old, new)


def _written(number: int, rest: memoryview) -> int:
    count = os.write(number, rest)
    if not count:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return count


def _sync(number: int) -> None:
    os.fsync(number)
    if sys.platform == "darwin":  # there fsync stops at the drive's own memory
        control = import_module("fcntl")
        with suppress(OSError):
            control.fcntl(number, control.F_FULLFSYNC)


def _dress(path: Path, about: os.stat_result, like: os.stat_result) -> None:
    if hasattr(os, "chown") and (about.st_uid, about.st_gid) != (like.st_uid, like.st_gid):
        with suppress(OSError):
            os.chown(path, -1, like.st_gid)
        with suppress(OSError):  # root may give a file back to its owner, others may not
            os.chown(path, like.st_uid, -1)
    if stat.S_IMODE(about.st_mode) != stat.S_IMODE(like.st_mode):
        path.chmod(stat.S_IMODE(like.st_mode))
