"""Parsed files by the git blob id of their bytes: looked up, stored, and deleted when unused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from rexctl.cache import tables
from rexctl.cache.event_row import separate_characters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence

    from rexctl.cache.parse_blob import ParsedBlob

_SPARE = 20_000  # blobs that may be unused besides as many as there are files
_FEW = 500  # blob ids that are looked up one by one


def blob_id(data: bytes, algorithm: str = "sha1") -> str:
    """Return the id by which git knows these bytes: a hash of `blob LENGTH`, NUL and the bytes."""
    import hashlib

    header = b"blob %d\0" % len(data)
    return hashlib.new(algorithm, header + data, usedforsecurity=False).hexdigest()


class ParsedFile(NamedTuple):
    """What was read of a file: its blob, parsed unless it is known; or the fault why it is not read.

    `time` is when it was read, in nanoseconds.
    """

    path: str
    blob: str
    parsed: ParsedBlob | None
    fault: str | None
    time: int


def change_count(db: sqlite3.Connection) -> int:
    """Return how often the working tree's files in the cache have changed."""
    row = db.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()
    return int(row[0]) if row else 0


def algorithm_of(db: sqlite3.Connection) -> str:
    """Return the hash of the repository's object format."""
    row = db.execute("SELECT value FROM meta WHERE key = 'algorithm'").fetchone()
    return str(row[0]) if row else "sha1"


def known_blobs(db: sqlite3.Connection, blobs: Collection[str] | None = None) -> dict[str, int]:
    """Return the number of each of these blobs that the cache has; of all where None is passed."""
    if blobs is None:
        return dict(db.execute("SELECT blob, n FROM blobs"))
    sql = "SELECT blob, n FROM blobs WHERE blob IN (SELECT value FROM json_each(?))"
    return dict(db.execute(sql, (json.dumps(list(blobs)),)))


def insert_blobs(
    db: sqlite3.Connection, parsed: Iterable[tuple[str, ParsedBlob]]
) -> dict[str, int]:
    """Store parsed files by their blob ids, and return the number of each."""
    found = dict(parsed)
    first = db.execute("SELECT coalesce(max(n), 0) + 1 FROM blobs").fetchone()[0]
    numbers = {blob: number for number, blob in enumerate(found, first)}
    rows = [(numbers[blob], blob, one.row, one.findings) for blob, one in found.items()]
    db.executemany(
        "INSERT INTO blobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((n, blob, *(row[:7] if row else [None] * 7), findings, row.json if row else None)
         for n, blob, row, findings in rows),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO texts VALUES (?, ?, ?, ?)",
        (
            (n, separate_characters(row.title), row.prose, row.searched)
            for n, _, row, _ in rows
            if row
        ),
    )
    # In the order of the table: each of its pages is then written once.
    values = [(field, text, n, low, high) for n, _, row, _ in rows if row
              for field, text, low, high in row.values]  # fmt: skip
    values.sort(key=lambda value: value[:3])
    db.executemany("INSERT INTO field_values VALUES (?, ?, ?, ?, ?)", values)
    return numbers


def put_files(db: sqlite3.Connection, files: Sequence[ParsedFile], gone: Sequence[str]) -> None:
    """Make the table of the working tree's files, and its full text, agree with what was read."""
    numbers = known_blobs(db, {file.blob for file in files})
    new = {file.blob: file.parsed for file in files if file.parsed and file.blob not in numbers}
    numbers |= insert_blobs(db, new.items())
    values = ("changes", str(change_count(db) + 1))
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
    rows = [(file.path, numbers.get(file.blob), file.fault) for file in files]
    touched = {number for _, number, _ in rows if number is not None}
    touched |= _blobs_of_paths(db, [*gone, *(file.path for file in files)])
    before = _used(db, touched)
    db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in gone))
    db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows)
    if tables.has_full_text(db):
        _index_texts(db, before, _used(db, touched))


def delete_unused(db: sqlite3.Connection) -> None:
    """Delete the blobs that no file of the working tree has, where there are many."""
    files, blobs = (
        db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("files", "blobs")
    )
    if blobs <= 2 * files + _SPARE:
        return
    used = "(SELECT blob FROM files WHERE blob IS NOT NULL)"
    for table, column in (("field_values", "blob"), ("texts", "n"), ("blobs", "n")):
        db.execute(f"DELETE FROM {table} WHERE {column} NOT IN {used}")
    db.execute("DELETE FROM layouts WHERE blob NOT IN (SELECT blob FROM blobs)")


def _index_texts(db: sqlite3.Connection, before: set[int], after: set[int]) -> None:
    """Move full text from the events that the working tree had to those that it has."""
    for number in before - after:
        db.execute("INSERT INTO words (words, rowid, title, prose) "
                   "SELECT 'delete', n, title, prose FROM texts WHERE n = ?", (number,))  # fmt: skip
    added = json.dumps(sorted(after - before))
    db.execute("INSERT INTO words (rowid, title, prose) SELECT n, title, prose FROM texts "
               "WHERE n IN (SELECT value FROM json_each(?))", (added,))  # fmt: skip


def _blobs_of_paths(db: sqlite3.Connection, paths: Sequence[str]) -> set[int]:
    sql = (
        "SELECT blob FROM files WHERE path IN (SELECT value FROM json_each(?)) AND blob IS NOT NULL"
    )
    return {number for (number,) in db.execute(sql, (json.dumps(paths),))}


def _used(db: sqlite3.Connection, blobs: set[int]) -> set[int]:
    sql = "SELECT blob FROM files WHERE blob IN (SELECT value FROM json_each(?))"
    return {number for (number,) in db.execute(sql, (json.dumps(sorted(blobs)),))}
