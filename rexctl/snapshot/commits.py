"""The files of a commit in the tables: blobs that are not cached are read from git and parsed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from rexctl.cache import workers
from rexctl.cache.blobs import insert_blobs, known_blobs
from rexctl.cache.parse_blob import ParsedBlob, dump_findings, parse_blob
from rexctl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rexctl.cache.cache import Cache
    from rexctl.gitrepo.run import Git
    from rexctl.gitrepo.tree_files import TreeFile

_LOT = 4096  # blobs whose contents are in memory at once


def parse_missing(
    cache: Cache, git: Git, files: Sequence[TreeFile], on_progress: Callable[[int, int], None]
) -> None:
    """Parse and store the blobs that the cache does not have, in lots."""
    missing = _missing(cache, files)
    done = 0
    while missing:
        lot = missing[:_LOT]
        parsed = _parse(git, lot)
        try:
            with cache.locked():
                known = known_blobs(cache.db, lot)
                with cache.transaction():
                    insert_blobs(cache.db, (one for one in parsed.items() if one[0] not in known))
        except (sqlite3.Error, OSError) as fault:
            if cache.path is None:
                raise
            cache.move_to_memory(fault)
            missing = _missing(cache, files)
            continue
        done += len(lot)
        on_progress(done, done + len(missing) - len(lot))
        missing = missing[_LOT:]


def put_files(db: sqlite3.Connection, files: Sequence[TreeFile]) -> None:
    """Put these files into a temporary table that hides the working tree's."""
    for name in ("words", "files", "listed"):
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    db.execute("CREATE TEMP TABLE listed (path TEXT, blob TEXT, fault TEXT)")
    db.execute(
        "CREATE TEMP TABLE files (path TEXT PRIMARY KEY, blob INTEGER, fault TEXT) WITHOUT ROWID"
    )
    rows = ((file.path, file.blob, _fault(file)) for file in files)
    db.executemany("INSERT INTO temp.listed VALUES (?, ?, ?)", rows)
    db.execute("INSERT INTO temp.files SELECT l.path, b.n, l.fault FROM listed l "
               "LEFT JOIN blobs b ON b.blob = l.blob AND l.fault IS NULL")  # fmt: skip
    db.execute("CREATE INDEX temp.files_by_blob ON files (blob)")


def _missing(cache: Cache, files: Sequence[TreeFile]) -> list[str]:
    blobs = dict.fromkeys(file.blob for file in files if not file.kind)
    known = known_blobs(cache.db, blobs)
    return [blob for blob in blobs if blob not in known]


def _parse(git: Git, blobs: Sequence[str]) -> dict[str, ParsedBlob]:
    from rexctl.gitrepo.blobs import contents

    data = list(contents(git, blobs, all_there=True).items())

    def work(chunk: Sequence[tuple[str, bytes | None]]) -> list[tuple[str, ParsedBlob]]:
        return [(blob, _too_large() if one is None else parse_blob(one)) for blob, one in chunk]

    return dict(workers.map_chunks(work, data))


def _too_large() -> ParsedBlob:
    hint = "an event is a few kilobytes"
    return ParsedBlob(
        None, dump_findings([Finding("too-large", "is larger than 1 MiB", "", hint=hint)])
    )


def _fault(file: TreeFile) -> str | None:
    if not file.kind:
        return None
    name = file.path.rpartition("/")[2]
    return dump_findings([Finding("not-a-file", f"{name} is {file.kind}, not a file", file.path)])
