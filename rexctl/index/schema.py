"""What stands in the tables of the index; another version of it makes them all anew."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

VERSION = 5
PAGE = 8192  # an event takes some 1,300 bytes: of a page of 4,096 a sixth would be left over
_GATHERED = 16 << 20  # bytes of full text that are gathered before they are sorted and written
_WORDS_PAGE = 8000  # bytes of full text in one row: with what SQLite adds, a page of it
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE folders (
    name TEXT PRIMARY KEY, state TEXT, seen INTEGER, young TEXT, wide TEXT, lines TEXT
);
CREATE TABLE told (path TEXT PRIMARY KEY, hash TEXT, findings TEXT);
CREATE TABLE events (
    n INTEGER PRIMARY KEY, path TEXT, id TEXT, type TEXT, status TEXT, confidence TEXT, title TEXT,
    lo INTEGER, hi INTEGER, hash TEXT, json TEXT
);
CREATE TABLE contents (n INTEGER PRIMARY KEY, body TEXT, texts TEXT, leaves TEXT);
CREATE INDEX events_by_date ON events (lo, id, path, hi, confidence, type, status);
CREATE INDEX events_by_id ON events (id);
CREATE TABLE leaves (
    leaf INTEGER PRIMARY KEY, field TEXT, text TEXT, folded TEXT, lo REAL, hi REAL
);
CREATE INDEX leaves_by_text ON leaves (field, text);
CREATE TABLE postings (leaf INTEGER, part INTEGER, events TEXT, PRIMARY KEY (leaf, part)) WITHOUT ROWID;
CREATE VIEW vals AS
    SELECT l.field, l.text, l.folded, l.lo, l.hi, e.value AS n
    FROM leaves l JOIN postings p ON p.leaf = l.leaf JOIN json_each(p.events) e;
CREATE VIEW ids AS SELECT 'id' AS field, id AS text, n FROM events WHERE id <> '';
CREATE VIEW titles AS SELECT 'title' AS field, title AS text, n FROM events WHERE title <> '';
CREATE VIEW texts_in AS
    SELECT f.key AS field, t.value AS text, c.n
    FROM contents c JOIN json_each(c.texts) f JOIN json_each(f.value) t;
CREATE TABLE codes (kind TEXT, code TEXT, name TEXT);
CREATE INDEX codes_by_code ON codes (kind, code);
CREATE TABLE members (bloc TEXT, member TEXT, since INTEGER, until INTEGER);
CREATE TABLE queries (name TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID;
"""
# Full text, where this SQLite has it; without, words are looked for one by one.
_WORDS = """
CREATE VIRTUAL TABLE words USING fts5 (
    title, prose, rest, content = '', tokenize = 'unicode61 remove_diacritics 2'
)
"""


def make(db: sqlite3.Connection) -> None:
    """Make the tables, empty."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    with suppress(sqlite3.OperationalError):  # no FTS5 in this SQLite
        db.execute(_WORDS)
        for key, value in (("hashsize", _GATHERED), ("pgsz", _WORDS_PAGE)):
            db.execute("INSERT INTO words (words, rank) VALUES (?, ?)", (key, value))
    db.execute(f"PRAGMA user_version = {VERSION}")


def empty(db: sqlite3.Connection) -> None:
    """Take out every table and view, whatever version it is of."""
    # Views first: one that names a table which is gone stands in the way.
    sql = ("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') "
           "ORDER BY type DESC, sql LIKE 'CREATE VIRTUAL%' DESC")  # fmt: skip
    for sort, name in db.execute(sql).fetchall():
        db.execute('DROP {} IF EXISTS "{}"'.format(sort, name.replace('"', '""')))
