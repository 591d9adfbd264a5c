"""The cache of one log: a SQLite file in the user's cache folder or, where that cannot be, in memory.

Every fault of the file (deleted, damaged, locked, read-only, on a full disk, a link in its place) ends
with the same tables in memory: the answer is the same, only slower.
"""

import json
import os
import sqlite3
import stat
import time
import unicodedata
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rexctl.model import tables as schema_tables
from rexctl.records import Finding
from rexctl.values.json_text import storable
from rexctl.values.text import comparison_key

_BUSY = 1.0  # seconds that SQLite waits for the lock of another connection
_PATIENCE = 5.0  # seconds to wait for another process that builds the cache and makes no progress
# What another process, a full disk or missing rights cause: the file itself may be good.
_NOT_DAMAGED = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR,
})  # fmt: skip

FORMAT = 17
# SQLite replaces an exception in a function by its own; whoever runs the statement raises this one.
errors_of_functions: list[Exception] = []
_PAGE = 8192  # bytes: an event with its texts takes some 2,000
_FULL_TEXT_BUFFER = 16 << 20  # bytes that full text gathers before it sorts and writes them
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE folders (path TEXT PRIMARY KEY, names TEXT, stamps BLOB) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, blob INTEGER, fault TEXT) WITHOUT ROWID;
CREATE INDEX files_by_blob ON files (blob);
CREATE TABLE blobs (
    n INTEGER PRIMARY KEY, blob TEXT UNIQUE, id TEXT, type TEXT, status TEXT, confidence TEXT, title TEXT,
    date TEXT, low INTEGER, high INTEGER, instant INTEGER, findings TEXT, json BLOB
);
CREATE INDEX blobs_by_id ON blobs (id);
CREATE INDEX blobs_by_date ON blobs (low, instant, id, blob, high, confidence, type, status, title, date);
CREATE TABLE texts (n INTEGER PRIMARY KEY, title TEXT, prose TEXT, sources TEXT);
CREATE TABLE field_values (
    field TEXT, text TEXT, blob INTEGER, low REAL, high REAL, PRIMARY KEY (field, text, blob)
) WITHOUT ROWID;
CREATE TABLE layouts (blob TEXT PRIMARY KEY, findings TEXT) WITHOUT ROWID;
CREATE TABLE vocabularies (n INTEGER PRIMARY KEY, key TEXT UNIQUE, settings TEXT, findings TEXT);
CREATE TABLE vocabulary_codes (vocabulary INTEGER, kind TEXT, code TEXT, name TEXT,
    PRIMARY KEY (vocabulary, kind, code)) WITHOUT ROWID;
CREATE TABLE vocabulary_members (vocabulary INTEGER, bloc TEXT, member TEXT, since INTEGER, until INTEGER)
"""
# The states of measures: `folding` has the events that they follow from, by groups that links join.
STATES = """
CREATE TABLE {0}.folding (blob INTEGER PRIMARY KEY, around TEXT, id TEXT, type TEXT, title TEXT,
    actors TEXT, without_effect TEXT, outside INTEGER);
CREATE TABLE {0}.spans (blob INTEGER, level INTEGER, clause TEXT, start INTEGER, end INTEGER,
    low INTEGER, high INTEGER, state TEXT, possibly TEXT, since TEXT, next TEXT, next_on TEXT,
    begin INTEGER, days INTEGER, zone TEXT, title TEXT, rates TEXT, PRIMARY KEY (blob, level, clause, start)
) WITHOUT ROWID
"""
# Of the working tree alone: the ranking would count the words of old versions.
TEXTS = "title, prose, sources"
FULL_TEXT = (
    f"CREATE VIRTUAL TABLE {{}}.words USING fts5 ({TEXTS}, {{}}"
    "tokenize = 'porter unicode61 remove_diacritics 2')"
)
INDEX_TEXTS = f"INSERT INTO words (rowid, {TEXTS}) SELECT n, {TEXTS} FROM texts"


class Cache:
    """The tables of one log. `path` is None while they are in memory."""

    def __init__(self, folder: Path | None, key: str) -> None:
        """Open the cache of a log in a folder; `key` is the name of its file."""
        self.path = None if folder is None else folder / f"{key}.sqlite"
        self._lock: Any = None
        try:
            self._use(_connect_memory() if self.path is None else self._open(self.path))
        except (OSError, sqlite3.Error, ValueError):
            self.path = None
            self._use(_connect_memory())

    def _use(self, db: sqlite3.Connection) -> None:
        """Work on a connection, and close it when the cache or the process ends.

        A cursor that nobody reads to its end would keep it open, and its lock.
        """
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
        copy = sqlite3.connect(":memory:", isolation_level=None)
        try:
            if damaged:
                raise sqlite3.DatabaseError
            self.end()
            prepare(copy)
            self.db.backup(copy, progress=_stop_where_busy)
            _require_current(copy)
        except sqlite3.Error:
            copy.close()
            copy = _connect_memory()
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


def _connect(path: Path | str, *, new: bool = False) -> sqlite3.Connection:
    """Return a connection to a file of this version. Raises sqlite3.Error for any other file."""
    db = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    try:
        prepare(db)
        if new:
            _create(db)
        _require_current(db)
    except BaseException:
        db.close()
        raise
    return db


def _connect_memory() -> sqlite3.Connection:
    return _connect(":memory:", new=True)


def _stop_where_busy(status: int, remaining: int, total: int) -> None:
    # Without this, Python tries again for ever.
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("the cache is locked")


def _delete(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            name.unlink()


# The tables: another version of them, or of what they are made by, is built again


def _version() -> str:
    """Return what the content of the tables depends on besides the files' bytes."""
    return f"{FORMAT} {schema_tables.VERSION} {unicodedata.unidata_version}"


def _require_current(db: sqlite3.Connection) -> None:
    """Raise sqlite3.Error for a damaged file, and for tables of another version."""
    if get_meta(db, "key") != _version():
        raise sqlite3.DatabaseError("another version made this cache")


def _create(db: sqlite3.Connection) -> None:
    """Create the tables, empty, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    for statement in (*_TABLES.split(";\n"), *STATES.format("main").split(";\n")):
        db.execute(statement)
    with suppress(sqlite3.OperationalError):  # this SQLite has no FTS5
        db.execute(FULL_TEXT.format("main", "content = 'texts', content_rowid = 'n', "))
        db.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_FULL_TEXT_BUFFER,))
    # Without it SQLite supposes ten rows of a field, and joins them without an index.
    db.execute("ANALYZE")
    db.execute(
        "INSERT INTO sqlite_stat1 VALUES ('field_values', 'field_values', '300000 5000 10 1')"
    )
    db.execute("ANALYZE sqlite_master")
    put_meta(db, "key", _version())
    db.execute("COMMIT")


def prepare(db: sqlite3.Connection) -> None:
    """Set up a connection: its settings, and the functions that queries call."""
    for setting in (
        f"page_size = {_PAGE}", "secure_delete = OFF", "trusted_schema = OFF",
        "temp_store = MEMORY", "cache_size = -32000",
        # A power cut may cost the file; it must not leave one that is half of an old version.
        "synchronous = NORMAL",
    ):  # fmt: skip
        db.execute(f"PRAGMA {setting}")
    db.create_function("matches", 2, _matches, deterministic=True)
    db.create_function("comparison_key", 1, comparison_key, deterministic=True)


def has_full_text(db: sqlite3.Connection) -> bool:
    """Return whether the working tree has full text."""
    sql = "SELECT 1 FROM sqlite_master WHERE name = 'words'"
    return db.execute(sql).fetchone() is not None


def _matches(pattern: str, text: str | None) -> bool:
    from rexctl.query.pattern import search_pattern

    try:
        return bool(search_pattern(pattern, text))
    except Exception as error:
        errors_of_functions.append(error)
        raise


def get_meta(db: sqlite3.Connection, name: str) -> str | None:
    """Return a value of the table `meta`, None where there is none."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def put_meta(db: sqlite3.Connection, name: str, value: str) -> None:
    """Store a value of the table `meta`."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, storable(value)))


def dump_findings(findings: Sequence[Finding]) -> str | None:
    """Return findings as JSON, None for none."""
    rows = [one._asdict() for one in findings]
    return str(storable(json.dumps(rows, ensure_ascii=False))) if rows else None


def load_findings(text: str | None, path: str = "") -> list[Finding]:
    """Return findings from JSON; `path` is that of those without one."""
    rows = json.loads(text) if text else ()
    return [
        Finding(**{**row, "loc": tuple(row["loc"]), "path": row["path"] or path}) for row in rows
    ]
