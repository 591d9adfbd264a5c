"""Settings and vocabulary of a version of the log, stored in the cache by the blobs of their files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl import __version__
from rexctl.records import Finding
from rexctl.values import dates
from rexctl.values.json_text import storable
from rexctl.vocabulary.shipped import library_versions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

_MAX_STORED = 8


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


def key_of(files: str) -> str:
    """Return the key of a vocabulary: its files with their blobs, and all that else it is made of."""
    return f"{files}{__version__} {library_versions()}"


def load(db: sqlite3.Connection, key: str) -> StoredVocabulary | None:
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


def store(db: sqlite3.Connection, key: str, files: Mapping[str, bytes | Finding]) -> None:
    """Store what these files of settings and vocabulary say, joined with what is shipped."""
    from rexctl.store import settings
    from rexctl.store.layout import SETTINGS
    from rexctl.vocabulary.log_files import parse_vocabulary

    texts = {path: data for path, data in files.items() if isinstance(data, bytes)}
    unread = [data for data in files.values() if isinstance(data, Finding)]
    vocabulary, findings = parse_vocabulary(texts)
    read, _ = settings.parse_settings(texts.get(SETTINGS, b"format: 1\n"), SETTINGS)
    put(db, key, vocabulary.codes(), vocabulary.members(), {
        "title": read.title, "format": read.format, "timezone": read.timezone,
        "queries": dict(read.queries),
        "findings": [one._asdict() for one in (*unread, *findings)],
    })  # fmt: skip


def put(
    db: sqlite3.Connection, key: str, codes: Iterable[tuple[str, str, str]],
    members: Iterable[tuple[str, str, str, str]], settings: Mapping[str, Any],
) -> None:  # fmt: skip
    """Store a vocabulary, and delete the oldest where there are many."""
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


def copy_shipped(db: sqlite3.Connection, known: sqlite3.Connection | None) -> StoredVocabulary:
    """Store the shipped codes without the tables of HS, or all that a log's cache knows."""
    from rexctl.vocabulary.shipped import codes as shipped_codes

    if known is None:
        shipped = shipped_codes()
        codes = ((kind, *one) for kind, some in shipped.names.items() for one in some.items())
        put(db, "", codes, shipped.members, {"findings": []})
    else:
        put(db, "", known.execute("SELECT kind, code, name FROM codes"), (), {"findings": []})
        db.executemany("INSERT INTO vocabulary_members SELECT 1, ?, ?, ?, ?",
                       known.execute("SELECT bloc, member, since, until FROM members"))  # fmt: skip
    found = load(db, "")
    assert found is not None  # noqa: S101 - it was stored above
    return found
