"""Rows into the tables: events, findings, codes, members, saved queries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from rexctl.index.texts import storable
from rexctl.plain import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.index.tables import Index
    from rexctl.plain.finding import Finding


class Changed(NamedTuple):
    """A file that is new or not as it was: its path in the log and what the system says of it."""

    path: str
    state: tuple[int, int, int, int]  # mtime, ctime, size, inode
    seen: int  # when it was asked: what is read later may be newer than what was said


class RowLike(Protocol):
    """An event as the tables keep it; `derive/row` makes them."""

    @property
    def fields(self) -> tuple[Any, ...]:
        """Id, type, status, confidence, title, first and last day, JSON, body."""

    @property
    def values(self) -> Iterable[tuple[Any, ...]]:
        """Field, text, folded text, low, high of each leaf."""


def put_file(
    index: Index, change: Changed, data: bytes, row: RowLike | None, findings: Sequence[Finding]
) -> None:
    """Put a file: its event where it is a good one, and everything found in it."""
    forget(index, change.path)
    told = json.dumps([asdict(f) for f in findings], ensure_ascii=False) if findings else None
    index.db.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (change.path, *change.state, hashlib.sha256(data).hexdigest(), change.seen, told),
    )
    if row is not None:
        _put_event(index, row, change.path)


def put_line(index: Index, row: RowLike, text: str) -> None:
    """Put an event that came as a line; the line itself is what is given back."""
    fields = list(row.fields)
    fields[7] = text
    _insert(index, ("", *fields), row.values)


def _put_event(index: Index, row: RowLike, path: str) -> None:
    _insert(index, (path, *row.fields), row.values)


def _insert(index: Index, fields: tuple[Any, ...], values: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(fields))
    bound = [storable(value) for value in fields]
    number = index.db.execute(f"INSERT INTO events VALUES (NULL, {marks})", bound).lastrowid
    index.db.executemany(
        "INSERT INTO vals VALUES (?, ?, ?, ?, ?, ?)",
        ((*map(storable, value), number) for value in values),
    )


def forget(index: Index, path: str) -> None:
    """Take out whatever is known of a file."""
    index.db.execute("DELETE FROM vals WHERE n IN (SELECT n FROM events WHERE path = ?)", (path,))
    index.db.execute("DELETE FROM events WHERE path = ?", (path,))
    index.db.execute("DELETE FROM files WHERE path = ?", (path,))


def clear_events(index: Index) -> None:
    """Take out all events."""
    index.db.execute("DELETE FROM vals")
    index.db.execute("DELETE FROM events")


def put_codes(index: Index, codes: Iterable[tuple[str, str, str]]) -> None:
    """Put every legal code: kind, code, name."""
    index.db.execute("DELETE FROM codes")
    index.db.executemany("INSERT INTO codes VALUES (?, ?, ?)", codes)


def put_members(index: Index, members: Iterable[tuple[str, str, str, str]]) -> None:
    """Put the members of blocs, with the first day of membership and the first day without it."""
    rows = (
        (bloc, member, dates.span(since)[0] if since else dates.LOWEST,
         dates.span(until)[0] if until else dates.HIGHEST)
        for bloc, member, since, until in members
    )  # fmt: skip
    index.db.execute("DELETE FROM members")
    index.db.executemany("INSERT INTO members VALUES (?, ?, ?, ?)", rows)


def put_settings(
    index: Index, settings: Mapping[str, str], queries: Iterable[tuple[str, str]]
) -> None:
    """Put the settings of the log and its saved queries."""
    for key, value in settings.items():
        index.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"setting:{key}", value))
    index.db.execute("DELETE FROM queries")
    index.db.executemany("INSERT OR REPLACE INTO queries VALUES (?, ?)", queries)
