"""Where the events of a snapshot come from, and how the tables are made to hold this version."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.cache import tables
from rexctl.cache.update import no_progress, update
from rexctl.snapshot import vocabularies
from rexctl.store.safe_open import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

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
            found = _stored(cache, self, self._settings)
            if cache.db.in_transaction:
                return found

    def index_texts(self, db: sqlite3.Connection) -> None:
        """Full text always holds the working tree."""

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file."""
        return read_bytes(f"{os.fspath(self._log.root)}/{path}", path)

    def settings_paths(self) -> list[str]:
        """Return the paths of settings and vocabulary."""
        return [line.partition(" ")[2] for line in self._settings.splitlines()]


class CommitSource:
    """The files of a commit, or those that are staged, where `at` is None."""

    def __init__(
        self, log: Log, at: str | None, today: date | None, on_progress: Progress | None
    ) -> None:
        from rexctl.gitrepo import tree_files
        from rexctl.gitrepo.resolve import commit_at
        from rexctl.gitrepo.run import Git

        self._git, self._on_progress = Git(log.root), on_progress or no_progress
        self.commit = ""
        if at is None:
            files = tree_files.list_staged(self._git)
        else:
            assert today is not None  # noqa: S101 - `at` may be a day
            self.commit = commit_at(self._git, at, today)
            files = tree_files.list_commit(self._git, self.commit)
        self._files = {file.path: file for file in files}
        if "rexctl.yaml" not in self._files:
            from rexctl.errors import BadValueError

            raise BadValueError(
                at or "--staged", "holds no log in this folder", "it began later, or lay elsewhere"
            )

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Parse the blobs that the cache does not have, and put the files in place of the working tree's.

        A temporary table hides the stored one of the same name.
        """
        from rexctl.snapshot import commits

        settings = "".join(f"{self._files[p].blob} {p}\n" for p in self.settings_paths())
        found = _stored(cache, self, settings)
        events = [file for file in self._files.values() if file.is_event]
        commits.parse_missing(cache, self._git, events, self._on_progress)
        cache.begin()
        commits.put_files(cache.db, events)
        return found

    def index_texts(self, db: sqlite3.Connection) -> None:
        """Make full text of this version, unless that has been done."""
        if not tables.has_full_text(db):
            return
        if db.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'words'").fetchone() is None:
            db.execute(tables.FULL_TEXT.format("temp", ""))
            db.execute("INSERT INTO temp.words (rowid, title, prose) SELECT n, title, prose FROM texts "
                       "WHERE n IN (SELECT blob FROM files)")  # fmt: skip

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file."""
        from rexctl.gitrepo.blobs import content, contents
        from rexctl.gitrepo.comparing import Side

        file = self._files[path]
        blobs = {} if file.kind else contents(self._git, [file.blob], all_there=True)
        return content(path, Side(file.blob, file.kind), blobs)

    def settings_paths(self) -> list[str]:
        """Return the paths of settings and vocabulary."""
        return sorted(path for path, file in self._files.items() if not file.is_event)


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
        """A stream is not searched."""

    def read(self, path: str) -> bytes | Finding:
        """Raise KeyError: lines have no path."""
        raise KeyError(path)

    def settings_paths(self) -> list[str]:
        """Return no path."""
        return []


def _stored(cache: Cache, source: Source, files: str) -> StoredVocabulary:
    """Return the vocabulary of these files; where it is stored first, no transaction is open after."""
    key = vocabularies.key_of(files)
    found = vocabularies.load(cache.db, key)
    if found is not None:
        return found
    cache.end()
    texts = {path: source.read(path) for path in source.settings_paths()}
    try:
        with cache.locked(), cache.transaction():
            vocabularies.store(cache.db, key, texts)
    except (sqlite3.Error, OSError) as fault:
        if cache.path is None:
            raise
        cache.move_to_memory(fault)
        with cache.transaction():
            vocabularies.store(cache.db, key, texts)
    found = vocabularies.load(cache.db, key)
    assert found is not None  # noqa: S101 - it was stored above
    return found
