from __future__ import annotations

import sqlite3

from rexctl.index import schema


def names(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM sqlite_master ORDER BY name")]


def test_what_was_made_can_be_emptied_and_made_again() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.make(db)
    first = names(db)
    assert {"events", "leaves", "postings", "vals", "texts_in", "words"} <= set(first)
    schema.empty(db)
    assert names(db) == []
    schema.make(db)
    assert names(db) == first
    assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
