"""The tables of the index, in a file of the user's cache or, where that cannot be, in memory."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
import weakref
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from rexctl.index import matching, schema, seal
from rexctl.index.leaves import Leaves
from rexctl.index.texts import storable
from rexctl.query import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

VERSION = schema.VERSION
_PATIENCE = 0.2  # seconds that a lock of another process is waited for
_LOOKS = 5  # between the end of another's writing and its seal
# What another process, a full disk or missing rights do: the file itself may be quite good.
_PASSING = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM,
})  # fmt: skip


class Index:
    """The tables, and what to do when the file that holds them turns out to be bad."""

    def __init__(self, db: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self._use(db)
        self.refill: Callable[[Index], None] | None = None
        self.waiting: list[tuple[Any, ...]] = []  # files taken, not yet written
        self.leaves = Leaves(db)
        self.next = 0  # the next free number of an event; 0 before the table was asked

    def _use(self, db: sqlite3.Connection) -> None:
        """Ask this database from now on, and close it when the index or the process ends."""
        self.db = db
        weakref.finalize(self, db.close)

    @cached_property
    def worded(self) -> bool:
        """Tell whether there is full text."""
        sql = "SELECT 1 FROM sqlite_master WHERE name = 'words'"
        return self.db.execute(sql).fetchone() is not None

    @property
    def stored(self) -> bool:
        """Tell whether the tables outlive this process."""
        return self.path is not None

    def ask(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a question whose order is settled.

        A file that breaks under the question is left for tables in memory, made anew from the
        log; the rows that were given already are passed over.
        """
        if self.leaves.waits:
            self.leaves.settle()
        given, asked, bound = 0, self.db, [storable(value) for value in values]
        try:
            for row in asked.execute(sql, bound):
                yield row
                given += 1
        except sqlite3.Error as fault:
            if matching.errors:
                raise matching.errors.pop() from None
            # Another question, asked meanwhile, may have left the file already.
            if self.db is asked and not self.rescue(fault):
                raise
            yield from islice(self.db.execute(sql, bound), given, None)

    def rescue(self, fault: sqlite3.Error) -> bool:
        """Leave a bad file for memory; False where there is nothing to leave."""
        if self.path is None or self.refill is None:
            return False
        bad, self.path = self.path, None
        self._use(_memory())
        self.anew()
        self.refill(self)
        if not _passes(fault):
            _forget(bad)
        return True

    def anew(self) -> None:
        """Forget what was gathered for tables that are no longer as they were."""
        self.waiting.clear()
        self.leaves, self.next = Leaves(self.db), 0

    def sealed(self) -> None:
        """Say that the file is as we left it, after each change to it."""
        if self.path is not None:
            seal.press(self.path)


def open_index(cache: Path | None, key: str) -> Index:
    """Open the index of a log; whatever is wrong with its file, the answer is tables in memory."""
    if cache is None:
        return Index(_memory(), None)
    path = cache / f"{key}.sqlite"
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(path):
            return Index(_memory(), None)
        try:
            return _opened(path)
        except sqlite3.Error as fault:
            if _passes(fault):
                raise
            _forget(path)
            _ours(path)
            return _opened(path)
    except (OSError, sqlite3.Error, ValueError):
        return Index(_memory(), None)


def _ours(path: Path) -> bool:
    """A link or a strange file in its place is not opened: it may lead anywhere."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        return True


def _opened(path: Path) -> Index:
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        _prepare(db)
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise ValueError("a newer rexctl made this index")
        if version < VERSION:
            _renew(db)
            seal.press(path)
        elif not _unspoilt(db, path):
            raise sqlite3.DatabaseError("somebody else wrote into this index")
        db.execute("SELECT count(*) FROM meta").fetchone()
    except BaseException:
        db.close()  # and with it a lock that it may hold
        raise
    return Index(db, path)


def _renew(db: sqlite3.Connection) -> None:
    """Make the tables in place of those of an older version, unless another process has."""
    _change(db, schema.empty)
    if db.execute("PRAGMA page_size").fetchone()[0] != schema.PAGE:
        db.execute("VACUUM")  # a file changes its pages only so; it holds nothing by now
    _change(db, schema.make)


def _change(db: sqlite3.Connection, change: Callable[[sqlite3.Connection], None]) -> None:
    """Make one change to an older version, as a whole; what another process renewed stays."""
    db.execute("BEGIN IMMEDIATE")
    if db.execute("PRAGMA user_version").fetchone()[0] < VERSION:
        change(db)
    db.execute("COMMIT")


def _unspoilt(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the file is as one of us left it; one who is writing is waited for."""
    if seal.holds(path):
        return True
    db.execute("BEGIN IMMEDIATE")
    try:
        for _ in range(_LOOKS):
            if seal.holds(path):
                return True
            time.sleep(_PATIENCE / _LOOKS)
        return False
    finally:
        db.execute("ROLLBACK")


def _passes(fault: sqlite3.Error) -> bool:
    code = getattr(fault, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _PASSING


def _memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    _prepare(db)
    schema.make(db)
    return db


def _prepare(db: sqlite3.Connection) -> None:
    db.execute(f"PRAGMA page_size = {schema.PAGE}")
    db.execute("PRAGMA secure_delete = OFF")  # every word of it stands in the log
    # A power cut may cost the file; it must not leave one that is half of yesterday.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA temp_store = MEMORY")
    db.create_function("matches", 2, matching.matches, deterministic=True)
    db.create_function("fold", 1, fold, deterministic=True)


def _forget(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-journal"), seal.path_of(path)):
        try:
            name.unlink()
        except OSError:
            continue
