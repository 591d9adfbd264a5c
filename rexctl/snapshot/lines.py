"""Events that are lines of a stream, in tables in memory that know the codes of a log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from rexctl.cache.blobs import ParsedBlob, insert_blobs
from rexctl.cache.cache import INDEX_TEXTS, Cache, has_full_text
from rexctl.cache.event_row import make_row
from rexctl.snapshot.names import StoredVocabulary, load_vocabulary, put_vocabulary
from rexctl.snapshot.snapshot import Source


class LineSource(Source):
    """Lines of a stream; `known` and `stored` have the codes of a log, None for the shipped ones."""

    is_stream = True

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
        vocabulary = load_vocabulary(cache.db, "")
        assert vocabulary is not None  # noqa: S101 - it was stored above
        return self._stored._replace(number=vocabulary.number) if self._stored else vocabulary

    def load(self, db: sqlite3.Connection, lines: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Put these events in place of all others."""
        db.execute("BEGIN")
        for table in ("files", "blobs", "texts", "field_values"):
            db.execute(f"DELETE FROM {table}")
        insert_blobs(db, {
            str(n): ParsedBlob(make_row(data, line), None) for n, (line, data) in enumerate(lines)
        })  # fmt: skip
        db.execute("INSERT INTO files SELECT blob, n, NULL FROM blobs")
        db.execute("COMMIT")

    def index_texts(self, db: sqlite3.Connection) -> bool:
        """Make full text of the events that are loaded now; return whether there is any."""
        if not has_full_text(db):
            return False
        db.execute("INSERT INTO words (words) VALUES ('delete-all')")
        db.execute(INDEX_TEXTS)
        return True
