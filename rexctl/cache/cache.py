"""The cache of one log: a SQLite file in the user's cache folder or, where that cannot be, in memory.

Every fault of the file (deleted, damaged, locked, read-only, on a full disk, a link in its place) ends
with the same tables in memory: the answer is the same, only slower.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
import weakref
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from rexctl.cache import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BUSY = 1.0  # seconds that SQLite waits for the lock of another connection
_PATIENCE = 5.0  # seconds to wait for another process that builds the cache and makes no progress
# What another process, a full disk or missing rights cause: the file itself may be good.
_NOT_DAMAGED = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR,
})  # fmt: skip


class Cache:
    """The tables of one log. `path` is None while they are in memory."""

    def __init__(self, folder: Path | None, key: str) -> None:
        """Open the cache of a log in a folder; `key` is the name of its file."""
        self.path = None if folder is None else folder / f"{key}.sqlite"
        self._lock: Any = None
        try:
            self._use(_memory() if self.path is None else self._open(self.path))
        except (OSError, sqlite3.Error, ValueError):
            self.path = None
            self._use(_memory())

    def _use(self, db: sqlite3.Connection) -> None:
        """Work on a connection, and close it when the cache or the process ends."""
        self.db = db
        weakref.finalize(self, db.close)

    def close(self) -> None:
        """Close the connection, and with it its locks."""
        self.db.close()

    def begin(self) -> None:
        """Begin a read transaction: what is read in it does not change until `end`."""
        self.end()
        self.db.execute("BEGIN")

    def end(self) -> None:
        """End the transaction, if there is one."""
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def version(self) -> int:
        """Return a number that differs after another connection has changed the file."""
        return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of those who write, waiting for another writer as long as it makes progress.

        Raises TimeoutError after that, and OSError where there can be no lock file.
        """
        if self.path is None:
            yield
            return
        import filelock

        name = self.path.with_suffix(".lock")
        self._lock = filelock.FileLock(name, mode=0o600)
        start = time.time()
        while not self._lock.is_locked:
            with suppress(filelock.Timeout):
                self._lock.acquire(timeout=0.2, poll_interval=0.02)
                break
            if max(start, name.stat().st_mtime) + _PATIENCE < time.time():
                raise TimeoutError(str(name))
        try:
            yield
        finally:
            self._lock.release()
            self._lock = None

    def report_progress(self) -> None:
        """Let processes that wait for the lock know that this one is still at work."""
        if self._lock is not None and self.path is not None:
            with suppress(OSError):
                os.utime(self.path.with_suffix(".lock"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write in one transaction: all of it, or nothing after an error."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self.end()
            raise

    def write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Make a change in a transaction of its own; where the file cannot be written, in memory."""
        self.end()
        try:
            with self.locked(), self.transaction():
                change(self.db)
        except (sqlite3.Error, OSError) as fault:
            if self.path is None:
                raise
            self.move_to_memory(fault)
            with self.transaction():
                change(self.db)

    def move_to_memory(self, fault: BaseException | None = None) -> None:
        """Go on with a copy of the tables in memory, or with empty ones where they cannot be read.

        A damaged file is deleted, so that the next process builds it again.
        """
        bad, damaged = self.path, is_damage(fault)
        copy = _memory(empty=True)
        try:
            if damaged:
                raise sqlite3.DatabaseError
            self.end()
            self.db.backup(copy, progress=_stop_where_busy)
            if not tables.are_current(copy):
                raise sqlite3.DatabaseError
        except sqlite3.Error:
            copy.close()
            copy = _memory()
        with suppress(sqlite3.Error):
            self.db.close()
        self.path = None
        self._use(copy)
        if damaged and bad is not None:
            _delete(bad)

    def _open(self, path: Path) -> sqlite3.Connection:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise OSError(f"{path} is not a file")
            return _connect(path)
        except FileNotFoundError:
            pass
        except sqlite3.Error as fault:
            if not is_damage(fault):
                raise
        with self.locked():
            # Another process may have made it while this one waited for the lock.
            with suppress(sqlite3.Error, FileNotFoundError):
                path.lstat()
                return _connect(path)
            _delete(path)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return _connect(path, new=True)


def is_damage(fault: BaseException | None) -> bool:
    """Return whether an error means that the content of the file is damaged."""
    if not isinstance(fault, sqlite3.Error):
        return False
    code = getattr(fault, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in _NOT_DAMAGED


def _connect(path: Path, *, new: bool = False) -> sqlite3.Connection:
    """Return a connection to a file of this version. Raises sqlite3.Error for any other file."""
    db = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    try:
        tables.prepare(db)
        if new:
            tables.create(db)
        if not tables.are_current(db):
            raise sqlite3.DatabaseError("another version made this cache")
    except BaseException:
        db.close()
        raise
    return db


def _memory(*, empty: bool = False) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    tables.prepare(db)
    if not empty:
        tables.create(db)
    return db


def _stop_where_busy(status: int, remaining: int, total: int) -> None:
    # Without this, Python tries again for ever.
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("the cache is locked")


def _delete(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            name.unlink()
