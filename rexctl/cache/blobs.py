"""Parsed files by the git blob id of their bytes: looked up, stored, and deleted when unused.

What a file holds is a pure function of its bytes: a row of the cache, or findings.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from rexctl.cache.cache import (
    INDEX_TEXTS,
    TEXTS,
    dump_findings,
    get_meta,
    has_full_text,
    load_findings,
    put_meta,
)
from rexctl.cache.event_row import EventRow, make_row
from rexctl.records import ERROR, Finding
from rexctl.values.text import separate_characters

_SPARE = 20_000  # blobs that may be unused besides as many as there are files


class ParsedBlob(NamedTuple):
    """The row of an event, or None; and the findings of parsing in JSON, None where there are none."""

    row: EventRow | None
    findings: str | None


def parse_blob(data: bytes) -> ParsedBlob:
    """Return what a file with these bytes holds; it depends on nothing else."""
    from rexctl.yamlfile.parse import parse

    file = parse(data)
    row = None if file.event is None else make_row(file.event)
    return ParsedBlob(row, dump_findings(file.findings))


def load_parsed(
    line: bytes | None, findings: str | None, path: str
) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Return the event of a file and no finding, or None and its errors, from the cache's row."""
    if line is not None:
        row = json.loads(line, parse_int=str, parse_float=str)
        return {name: value for name, value in row.items() if name[0] != "_"}, []  # computed fields
    all_findings = load_findings(findings, path) if findings else []
    return None, [finding for finding in all_findings if finding.level == ERROR]


class ReadFile(NamedTuple):
    """What was read of a file: its blob, parsed unless the cache has it; or the fault why it is not read.

    `stamp` is what the table of files has of it.
    """

    path: str
    blob: str
    stamp: int
    fault: str | None = None
    parsed: ParsedBlob | None = None


def known_blobs(db: sqlite3.Connection, blobs: Collection[str] | None = None) -> dict[str, int]:
    """Return the number of each of these blobs that the cache has; of all where None is passed."""
    if blobs is None:
        return dict(db.execute("SELECT blob, n FROM blobs"))
    sql = "SELECT blob, n FROM blobs WHERE blob IN (SELECT value FROM json_each(?))"
    return dict(db.execute(sql, (json.dumps(list(blobs)),)))


def insert_blobs(db: sqlite3.Connection, parsed: Mapping[str, ParsedBlob]) -> None:
    """Store parsed files by their blob ids; another process may have stored some of them meanwhile."""
    known = known_blobs(db, parsed)
    first = db.execute("SELECT coalesce(max(n), 0) + 1 FROM blobs").fetchone()[0]
    new = [(blob, *one) for blob, one in parsed.items() if blob not in known]
    rows = [(n, row) for n, (_, row, _) in enumerate(new, first) if row]
    db.executemany(
        "INSERT INTO blobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((n, blob, *(row[:9] if row else [None] * 9), findings, row.json if row else None)
         for n, (blob, row, findings) in enumerate(new, first)),
    )  # fmt: skip
    db.executemany(
        "INSERT INTO texts VALUES (?, ?, ?, ?)",
        ((n, separate_characters(row.title), row.prose, row.sources) for n, row in rows),
    )
    # In the order of the table: each of its pages is then written once.
    values = [
        (field, text, n, low, high) for n, row in rows for field, text, low, high in row.values
    ]
    values.sort()
    db.executemany("INSERT INTO field_values VALUES (?, ?, ?, ?, ?)", values)


def put_files(db: sqlite3.Connection, files: Sequence[ReadFile], gone: Sequence[str]) -> None:
    """Make the table of the working tree's files, and its full text, agree with what was read."""
    insert_blobs(db, {file.blob: file.parsed for file in files if file.parsed})
    numbers = known_blobs(db, {file.blob for file in files})
    rows = [(file.path, numbers.get(file.blob), file.fault) for file in files]
    paths = json.dumps([*gone, *(file.path for file in files)])
    replaced = db.execute("SELECT path, blob, fault FROM files "
                          "WHERE path IN (SELECT value FROM json_each(?))", (paths,)).fetchall()  # fmt: skip
    if set(replaced) != set(rows):  # a file that is young is read again, and mostly the same
        put_meta(db, "changes", str(int(get_meta(db, "changes") or 0) + 1))
    touched = json.dumps([*numbers.values(), *(n for _, n, _ in replaced if n)])
    before = _used(db, touched)
    db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in gone))
    db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows)
    if has_full_text(db):
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
    for table in ("folding", "spans"):  # the numbers of these blobs may be those of others soon
        db.execute(f"DELETE FROM {table}")


def _index_texts(db: sqlite3.Connection, before: set[int], after: set[int]) -> None:
    """Move full text from the events that the working tree had to those that it has."""
    for number in before - after:
        db.execute(f"INSERT INTO words (words, rowid, {TEXTS}) "
                   f"SELECT 'delete', n, {TEXTS} FROM texts WHERE n = ?", (number,))  # fmt: skip
    added = json.dumps(sorted(after - before))
    db.execute(f"{INDEX_TEXTS} WHERE n IN (SELECT value FROM json_each(?))", (added,))


def _used(db: sqlite3.Connection, blobs: str) -> set[int]:
    """Return those of the blobs, a list in JSON, that the working tree has."""
    sql = "SELECT blob FROM files WHERE blob IN (SELECT value FROM json_each(?))"
    return {n for (n,) in db.execute(sql, (blobs,))}
