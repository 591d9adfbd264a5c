"""A snapshot of lines, for tests of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.query import Query, hides_retracted
from rexctl.snapshot import names
from rexctl.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Russia was in the G8 for a while: a day must decide.
MEMBERS = (("G7", "US", "", ""), ("G7", "DE", "", ""), ("G7", "RU", "1998-01-01", "2014-03-24"),
           ("G7", "CN", "2025-10-10", ""))  # fmt: skip


def loaded(
    lines: Iterable[tuple[str, Mapping[str, Any]]],
    members: Iterable[tuple[str, str, str, str]] = MEMBERS,
    codes: Iterable[tuple[str, str, str]] = (),
) -> Snapshot:
    """Return a snapshot that holds these events, and knows these members of blocs and codes."""
    snapshot = Snapshot.of_lines()
    db = snapshot._cache.db
    db.execute("DELETE FROM vocabularies")
    for table in ("vocabulary_members", "vocabulary_codes"):
        db.execute(f"DELETE FROM {table}")
    names.put_vocabulary(db, "", codes, members)
    snapshot.load_lines(lines)
    return snapshot


def counted_values(snapshot: Snapshot, field: str, query: Query) -> list[tuple[str, str]]:
    """Return the values of a field with the number of events, as `stats --by` counts them."""
    rows = snapshot.count_by([field], query, retracted=not hides_retracted(query))
    return [(row[field], row["events"]) for row in rows if row[field] is not None]
