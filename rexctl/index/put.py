"""Rows into the tables: events, findings, codes, members, saved queries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.index.spread import spread
from rexctl.index.texts import storable
from rexctl.plain import dates
from rexctl.plain.legal import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.index.tables import Index
    from rexctl.plain.finding import Finding

    Event = tuple[Any, ...]

_MOST_WAITING = 2000
_FEW_ASKED = 500  # files whose digests are asked for one by one
# Values of these kinds are looked into, not looked up.
_WORDED = frozenset({"text", "prose", "url", "extra"})
_worded: dict[str, bool] = {
    name: info.kind in _WORDED for name, info in FIELDS.items()
}  # a name of no type is somebody's own


class RowLike(Protocol):
    """An event as the tables keep it; `derive/row` makes them."""

    @property
    def fields(self) -> tuple[Any, ...]:
        """Id, type, status, confidence, title, first and last day, JSON, body."""

    @property
    def values(self) -> Iterable[tuple[Any, ...]]:
        """Field, text, folded text, low, high of each leaf."""


def is_worded(field: str) -> bool:
    """Tell whether the values of a field are texts to look into, rather than codes and days."""
    return _worded.get(field, True)


def source_of(field: str) -> str:
    """Give the view in which the values of a field stand."""
    return "texts_in" if is_worded(field) else "vals"


def packed(path: str, digest: str, row: RowLike | None, findings: Sequence[Finding]) -> Event:
    """Give a file as `take` wants it, in plain values that another process may have made."""
    told = json.dumps([f._asdict() for f in findings], ensure_ascii=False) if findings else None
    return path, digest, storable(told), None if row is None else _of_row(row)


def take(index: Index, file: Event) -> None:
    """Take a packed file; it stands in the tables after the next `settle`, at the latest."""
    index.waiting.append(file)
    if len(index.waiting) >= _MOST_WAITING:
        settle(index)


def settle(index: Index) -> None:
    """Write every file that was taken, in place of what was known of it."""
    for path, *_ in index.waiting:
        forget(index, path)
    index.leaves.settle()
    for path, digest, told, event in index.waiting:
        if told is not None:
            index.db.execute("INSERT INTO told VALUES (?, ?, ?)", (path, digest, told))
        if event is not None:
            _insert(index, path, digest, event)
    index.waiting.clear()
    index.leaves.settle()


def put_line(index: Index, row: RowLike, text: str) -> None:
    """Put an event that came as a line; the line itself is what is given back."""
    event = list(_of_row(row))
    event[7] = storable(text)
    _insert(index, "", "", tuple(event))


def _of_row(row: RowLike) -> Event:
    texts: dict[str, list[str]] = {}
    values = []
    for value in row.values:
        field, text, *_ = value
        plain = text.isascii() and field.isascii()
        if _worded.get(field, True):
            texts.setdefault(storable(field), []).append(text if plain else storable(text))
        else:
            values.append(tuple(value) if plain else tuple(map(storable, value)))
    words = json.dumps(texts, ensure_ascii=False)
    return (*map(storable, row.fields), words, tuple(values))


def _insert(index: Index, path: str, digest: str, event: Event) -> None:
    *fields, json_line, body, texts, values = event
    if index.next == 0:
        row = index.db.execute("SELECT coalesce(max(n), 0) FROM events").fetchone()
        index.next = row[0] + 1
    number, index.next = index.next, index.next + 1
    leaves = index.leaves.add(number, values)
    index.db.execute(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, path, *fields, digest, json_line, body, texts, leaves),
    )
    if index.worded:
        read = _read(fields[4], texts, dict.fromkeys(value[1] for value in values))
        index.db.execute("INSERT INTO words (rowid, title, prose, rest) VALUES (?, ?, ?, ?)",
                         (number, *read))  # fmt: skip


def _read(title: str, texts: str, codes: Iterable[str]) -> tuple[str, str, str]:
    """Give what full text knows of an event: its title, its prose, its codes and addresses."""
    prose: list[str] = []
    rest = list(codes)
    for field, found in json.loads(texts).items():
        if field != "title":
            (rest if "url" in field else prose).extend(found)
    return spread(title), spread("\n".join(prose)), spread("\n".join(rest))


def forget(index: Index, path: str) -> None:
    """Take out whatever is known of a file."""
    index.db.execute("DELETE FROM told WHERE path = ?", (path,))
    sql = "SELECT n, title, texts, leaves FROM events WHERE id = ? AND path = ?"
    for number, title, texts, leaves in index.db.execute(sql, (name_of(path), path)).fetchall():
        index.leaves.drop(number, leaves)
        if index.worded:
            sql = ("SELECT l.text FROM json_each(?) j JOIN leaves l ON l.leaf = j.value "
                   "ORDER BY j.key")  # fmt: skip
            codes = dict.fromkeys(text for (text,) in index.db.execute(sql, (leaves,)))
            index.db.execute("INSERT INTO words (words, rowid, title, prose, rest) "
                             "VALUES ('delete', ?, ?, ?, ?)",
                             (number, *_read(title, texts, codes)))  # fmt: skip
        index.db.execute("DELETE FROM events WHERE n = ?", (number,))


def digests(index: Index, paths: Sequence[str]) -> dict[str, str]:
    """Give the digest of the content of each of these files that is known, by its path."""
    if len(paths) > _FEW_ASKED:
        sql = "SELECT path, hash FROM events UNION ALL SELECT path, hash FROM told"
        return dict(index.db.execute(sql))
    found: dict[str, str] = {}
    for path in paths:
        values = (path, name_of(path), path)
        sql = ("SELECT ?, hash FROM events WHERE id = ? AND path = ? UNION ALL "
               "SELECT path, hash FROM told WHERE path = ?")  # fmt: skip
        found.update(index.db.execute(sql, (*values, path)))
    return found


def name_of(path: str) -> str:
    """Give the id that a file's name is."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def clear_events(index: Index) -> None:
    """Take out all events, and all that is known of files."""
    index.waiting.clear()
    index.leaves.forget()
    for table in ("events", "leaves", "postings", "told", "folders"):
        index.db.execute(f"DELETE FROM {table}")
    if index.worded:
        index.db.execute("INSERT INTO words (words) VALUES ('delete-all')")
    index.next = 1


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
