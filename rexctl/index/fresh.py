"""Which files changed since the index saw them: every file looked at that may bear on the answer."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Any

from rexctl import __version__
from rexctl.index import put
from rexctl.index.freshness import compare
from rexctl.index.freshness.compare import NONE, Years
from rexctl.index.freshness.folders import WORDS
from rexctl.index.keeping import turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rexctl.index.freshness.ahead import Ahead
    from rexctl.index.freshness.compare import News
    from rexctl.index.tables import Index

    Bell = Callable[[Index, Path, Sequence[str]], Iterator[str]]

# What was read is kept at least so often, in seconds: an interrupted reading goes on from there.
_KEPT = 5.0
_ROOM = 32_000  # kilobytes of the tables that stay in memory while they are written
__all__ = ["NONE", "Years", "refresh"]

_PATIENCE = (
    10_000  # milliseconds that one who has begun to write waits for others between two turns
)


def refresh(
    index: Index, root: Path, bell: Bell, schema: str, within: Years | None = None,
    ahead: Ahead[Any] | None = None,
) -> Index:  # fmt: skip
    """Make the index true: forget what is gone, ring the bell with what changed.

    `within` bounds it to files whose events may lie in these years; NONE leaves it at settings and
    vocabulary. A file of the cache that fails on the way is left for tables in memory. `schema`
    names the version of the legal fields: another one makes everything new. What is asked `ahead`
    is asked while another process looks, and dropped before anything is changed.
    """
    version = f"{schema} {__version__}"  # another release may judge the same file otherwise

    def fill(into: Index) -> None:
        _fill(into, root, bell, version, None)

    index.refill = fill
    try:
        _fill(index, root, bell, version, within, ahead)
    except sqlite3.Error as fault:
        if not index.rescue(fault):
            raise
    return index


def _fill(
    index: Index, root: Path, bell: Bell, schema: str, within: Years | None,
    ahead: Ahead[Any] | None = None,
) -> None:  # fmt: skip
    before = turn(index)
    news = _news(index, root, schema, within, ahead)
    if not news:
        return
    if ahead:
        ahead.drop()
    index.db.execute(f"PRAGMA cache_size = -{_ROOM}")
    index.db.execute("BEGIN IMMEDIATE")
    try:
        while turn(index) != before:
            # Another process has stored something meanwhile: it must not grow older.
            before, news = turn(index), _news(index, root, schema, within)
        if any(one.name == WORDS for one in news):
            put.clear_events(index)
        index.db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (schema,))
        _take(index, root, bell, news)
        _keep(index, news)
    except BaseException:
        if index.db.in_transaction:
            index.db.execute("ROLLBACK")
        index.anew()
        raise


def _news(
    index: Index, root: Path, schema: str, within: Years | None, ahead: Ahead[Any] | None = None
) -> list[News]:
    row = index.db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    known = row is not None and row[0] == schema
    return compare.news(index, str(root), within, known=known, meanwhile=ahead)


def _take(index: Index, root: Path, bell: Bell, news: Sequence[News]) -> None:
    """Ring the bell, and keep what has been read every now and then."""
    for one in news:
        for path in one.gone:
            put.forget(index, path)
    homes = {path: one for one in news for path in one.changed}
    order = [path for one in news for path in sorted(one.changed)]
    kept = time.monotonic()
    try:
        for path in bell(index, root, order) if order else ():
            homes[path].done.append(path)
            if time.monotonic() - kept > _KEPT:
                _keep(index, news)
                index.db.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
                index.db.execute("BEGIN IMMEDIATE")
                kept = time.monotonic()
    except KeyboardInterrupt:
        _keep(index, news)
        raise


def _keep(index: Index, news: Sequence[News]) -> None:
    """Write what was taken, with what is by now known of each folder, as one transaction."""
    put.settle(index)
    for one in news:
        if one.touched:
            compare.put_folder(index, one)
    number = str(turn(index) + 1)
    index.db.execute("INSERT OR REPLACE INTO meta VALUES ('turn', ?)", (number,))
    index.db.execute("COMMIT")
    index.sealed()
