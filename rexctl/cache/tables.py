"""The tables of the cache; another version of them, or of what they are made by, is built again."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import suppress
from typing import Any

from rexctl.model import tables as schema_tables
from rexctl.values.json_text import storable
from rexctl.values.text import comparison_key

FORMAT = 7
# SQLite replaces an exception in a function by its own; whoever runs the statement raises this one.
errors_of_functions: list[Exception] = []
_PAGE = 8192  # bytes: an event with its texts takes some 2,000
_FULL_TEXT_BUFFER = 16 << 20  # bytes that full text gathers before it sorts and writes them
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE folders (path TEXT PRIMARY KEY, lines TEXT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, blob INTEGER, fault TEXT) WITHOUT ROWID;
CREATE INDEX files_by_blob ON files (blob);
CREATE TABLE blobs (
    n INTEGER PRIMARY KEY, blob TEXT UNIQUE, id TEXT, type TEXT, status TEXT, confidence TEXT, title TEXT,
    low INTEGER, high INTEGER, findings TEXT, json BLOB
);
CREATE INDEX blobs_by_date ON blobs (low, id, high, confidence, type, status, title);
CREATE TABLE texts (n INTEGER PRIMARY KEY, title TEXT, prose TEXT, searched TEXT);
CREATE TABLE field_values (
    field TEXT, text TEXT, blob INTEGER, low REAL, high REAL, PRIMARY KEY (field, text, blob)
) WITHOUT ROWID;
CREATE TABLE layouts (blob TEXT PRIMARY KEY, findings TEXT) WITHOUT ROWID;
CREATE TABLE vocabularies (n INTEGER PRIMARY KEY, key TEXT UNIQUE, settings TEXT);
CREATE TABLE vocabulary_codes (vocabulary INTEGER, kind TEXT, code TEXT, name TEXT,
    PRIMARY KEY (vocabulary, kind, code)) WITHOUT ROWID;
CREATE TABLE vocabulary_members (vocabulary INTEGER, bloc TEXT, member TEXT, since INTEGER, until INTEGER)
"""
# Of the working tree alone: the ranking would count the words of old versions.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE {}.words USING fts5 (title, prose, {}"
    "tokenize = 'porter unicode61 remove_diacritics 2')"
)


def key() -> str:
    """Return what the content of the tables depends on besides the files' bytes."""
    return f"{FORMAT} {schema_tables.VERSION} {unicodedata.unidata_version}"


def create(db: sqlite3.Connection) -> None:
    """Create the tables, empty, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    for statement in _TABLES.split(";\n"):
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
    db.execute("INSERT INTO meta VALUES ('key', ?)", (key(),))
    db.execute(f"PRAGMA user_version = {FORMAT}")
    db.execute("COMMIT")


def are_current(db: sqlite3.Connection) -> bool:
    """Return whether the tables are of this version. Raises sqlite3.Error for a damaged file."""
    if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
        return False
    return bool(db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone() == (key(),))


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


def bound(values: Any) -> list[Any]:
    """Return parameters of a query as SQLite can bind them."""
    return [storable(value) for value in values]


def _matches(pattern: str, text: str | None) -> bool:
    from rexctl.query.pattern import search_pattern

    try:
        return bool(search_pattern(pattern, text))
    except Exception as error:
        errors_of_functions.append(error)
        raise
