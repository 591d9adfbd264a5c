"""Rows into the tables: events, findings, codes, members, saved queries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rexctl.index.packing import of_row, packed, plain, readable
from rexctl.index.texts import storable
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.index.packing import Event, RowLike
    from rexctl.index.tables import Index

_MOST_WAITING = 256  # files; the processes that read have to wait while they are written
_FEW_ASKED = 500  # files whose digests are asked for one by one
_EVENT = f"INSERT INTO events VALUES ({', '.join('?' * 11)})"
_CONTENTS = "INSERT INTO contents VALUES (?, ?, ?, ?)"
_READ = "INSERT INTO words (rowid, title, prose, rest) VALUES (?, ?, ?, ?)"
__all__ = ["packed"]


def take(index: Index, file: Event) -> None:
    """Take a file as `sharing.Hearing` gives it; it stands in the tables after the next `settle`, at the latest."""
    index.waiting.append(file)
    if len(index.waiting) >= _MOST_WAITING:
        _write(index)


def settle(index: Index) -> None:
    """Write every file that was taken, in place of what was known of it."""
    _write(index)
    index.leaves.settle()


def put_line(index: Index, row: RowLike, text: str) -> None:
    """Put an event that came as a line; the line itself is what is given back."""
    *event, values = of_row(row)
    event[7] = storable(text)
    leaves = [index.leaves.number(plain(value)) for value in values]
    _insert(index, [("", "", None, (*event, leaves))])


def _write(index: Index) -> None:
    """Write the files that wait, but of their values only what no later file will add to."""
    _forget_known(index, [path for path, *_ in index.waiting])
    told = [(path, digest, found) for path, digest, found, _ in index.waiting if found is not None]
    index.db.executemany("INSERT INTO told VALUES (?, ?, ?)", told)
    _insert(index, [file for file in index.waiting if file[3] is not None])
    index.waiting.clear()
    index.leaves.settle(before=index.next)


def _insert(index: Index, files: Sequence[Event]) -> None:
    if index.next == 0:
        row = index.db.execute("SELECT coalesce(max(n), 0) FROM events").fetchone()
        index.next = row[0] + 1
    first, index.next = index.next, index.next + len(files)
    rows, contents, read = [], [], []
    for number, (path, digest, _, event) in enumerate(files, first):
        *fields, json_line, body, texts, words, leaves = event
        numbers = index.leaves.add(number, leaves)
        rows.append((number, path, *fields, digest, json_line))
        contents.append((number, body, texts, numbers))
        read.append((number, *words))
    index.db.executemany(_EVENT, rows)
    index.db.executemany(_CONTENTS, contents)
    if index.worded:
        index.db.executemany(_READ, read)


def _forget_known(index: Index, paths: Sequence[str]) -> None:
    """Take out what is known of any of these files; one question for all, as mostly none is known."""
    index.db.execute("DELETE FROM told WHERE path IN (SELECT value FROM json_each(?))",
                     (json.dumps(paths),))  # fmt: skip
    sql = "SELECT path FROM events WHERE id IN (SELECT value FROM json_each(?))"
    names = json.dumps([name_of(path) for path in paths])
    known = {path for (path,) in index.db.execute(sql, (names,))}
    for path in paths:
        if path in known:
            forget(index, path)


def forget(index: Index, path: str) -> None:
    """Take out whatever is known of a file."""
    index.db.execute("DELETE FROM told WHERE path = ?", (path,))
    sql = ("SELECT n, title, texts, leaves FROM events JOIN contents USING (n) "
           "WHERE id = ? AND path = ?")  # fmt: skip
    name = name_of(path)
    for number, title, texts, leaves in index.db.execute(sql, (name, path)).fetchall():
        index.leaves.drop(number, leaves)
        if index.worded:
            read = readable(title, json.loads(texts), [name, *_codes(index, leaves)])
            index.db.execute("INSERT INTO words (words, rowid, title, prose, rest) "
                             "VALUES ('delete', ?, ?, ?, ?)", (number, *read))  # fmt: skip
        for table in ("events", "contents"):
            index.db.execute(f"DELETE FROM {table} WHERE n = ?", (number,))


def _codes(index: Index, leaves: str) -> list[str]:
    sql = "SELECT l.text FROM json_each(?) j JOIN leaves l ON l.leaf = j.value ORDER BY j.key"
    return [text for (text,) in index.db.execute(sql, (leaves,))]


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
    for table in ("events", "contents", "leaves", "postings", "told", "folders"):
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
