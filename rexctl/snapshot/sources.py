"""Where the events of a snapshot come from, and how the tables are made to hold this version."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.cache import tables
from rexctl.cache.update import no_progress, update
from rexctl.snapshot import vocabularies
from rexctl.store.safe_open import read_bytes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from rexctl.cache.cache import Cache
    from rexctl.records import Finding
    from rexctl.snapshot.vocabularies import StoredVocabulary
    from rexctl.store.log import Log

    Progress = Callable[[int, int], None]


class Source(Protocol):
    """A version of the log."""

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Make the tables hold this version, and return its vocabulary."""

    def index_texts(self, db: sqlite3.Connection) -> None:
        """Make full text hold this version."""

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file."""

    def shown(self, path: str) -> str:
        """Return a path as messages show it."""

    def settings_paths(self) -> list[str]:
        """Return the paths of settings and vocabulary."""


class WorkingTree:
    """The files as they are."""

    def __init__(self, log: Log, on_progress: Progress | None) -> None:
        self._log, self._on_progress = log, on_progress or no_progress
        self._settings = ""

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Bring the cache up to date, and leave it in a read transaction."""
        while True:
            update(cache, self._log.root, self._on_progress)
            row = cache.db.execute("SELECT value FROM meta WHERE key = 'settings'").fetchone()
            self._settings = str(row[0]) if row else ""
            found = stored_vocabulary(cache, self, self._settings)
            if cache.db.in_transaction:
                return found

    def index_texts(self, db: sqlite3.Connection) -> None:
        """Full text always holds the working tree."""

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file."""
        return read_bytes(f"{os.fspath(self._log.root)}/{path}", path)

    def shown(self, path: str) -> str:
        """Return a path as seen from the current folder."""
        return self._log.shown(path)

    def settings_paths(self) -> list[str]:
        """Return the paths of settings and vocabulary."""
        return [line.partition(" ")[2] for line in self._settings.splitlines()]


class LineSource:
    """Lines of a stream, in tables in memory that know the codes of a log or the shipped ones."""

    def __init__(self, known: sqlite3.Connection | None, stored: StoredVocabulary | None) -> None:
        self._known, self._stored = known, stored

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Copy the vocabulary."""
        found = vocabularies.copy_shipped(cache.db, self._known)
        return found if self._stored is None else self._stored._replace(number=found.number)

    def load(self, db: sqlite3.Connection, lines: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Put these events in place of all others."""
        from rexctl.cache.blobs import insert_blobs
        from rexctl.cache.event_row import make_row
        from rexctl.cache.parse_blob import ParsedBlob

        db.execute("BEGIN")
        for table in ("files", "blobs", "texts", "field_values"):
            db.execute(f"DELETE FROM {table}")
        rows = (
            (str(n), ParsedBlob(make_row(data, line), None)) for n, (line, data) in enumerate(lines)
        )
        numbers = insert_blobs(db, rows)
        db.executemany("INSERT INTO files VALUES (?, ?, NULL)", numbers.items())
        db.execute("COMMIT")

    def index_texts(self, db: sqlite3.Connection) -> None:
        """Make full text of the events that are loaded now."""
        if tables.has_full_text(db):
            db.execute("INSERT INTO words (words) VALUES ('delete-all')")
            db.execute("INSERT INTO words (rowid, title, prose) SELECT n, title, prose FROM texts")

    def read(self, path: str) -> bytes | Finding:
        """Raise KeyError: lines have no path."""
        raise KeyError(path)

    def shown(self, path: str) -> str:
        """Return the path unchanged."""
        return path

    def settings_paths(self) -> list[str]:
        """Return no path."""
        return []


def stored_vocabulary(cache: Cache, source: Source, files: str) -> StoredVocabulary:
    """Return the vocabulary of these files; where it is stored first, no transaction is open after."""
    key = vocabularies.key_of(files)
    found = vocabularies.load(cache.db, key)
    if found is not None:
        return found
    texts = {path: source.read(path) for path in source.settings_paths()}
    cache.write(lambda db: vocabularies.store(db, key, texts))
    found = vocabularies.load(cache.db, key)
    assert found is not None  # noqa: S101 - it was stored above
    return found
