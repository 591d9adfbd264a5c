"""Which files changed since the index saw them: one walk, every file looked at, none trusted."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rexctl import __version__
from rexctl.index import put
from rexctl.index.put import Changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rexctl.index.tables import Index

# A file changed within this time of being stored may have changed again within the same tick.
_RACY = 2_000_000_000


def refresh(
    index: Index, root: Path, bell: Callable[[Index, Path, Sequence[Changed]], None], schema: str
) -> Index:
    """Make the index true: forget what is gone, ring the bell with what changed.

    A file of the cache that fails on the way is left for tables in memory. `schema` names the
    version of the legal fields: another one makes everything new.
    """

    def fill(into: Index) -> None:
        # Another release may judge the same file otherwise.
        _fill(into, root, bell, f"{schema} {__version__}")

    index.refill = fill
    try:
        fill(index)
    except sqlite3.Error as fault:
        if not index.rescue(fault):
            raise
    return index


def _fill(
    index: Index, root: Path, bell: Callable[[Index, Path, Sequence[Changed]], None], schema: str
) -> None:
    if not any(_compared(index, _here(root), schema)):
        return
    index.db.execute("BEGIN IMMEDIATE")
    try:
        # Looked at again behind the lock: what another process has stored must not grow older.
        changed, gone = _compared(index, _here(root), schema)
        for path in gone:
            put.forget(index, path)
        if changed:
            bell(index, root, changed)
        index.db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (schema,))
        index.db.execute("COMMIT")
        index.sealed()
    except BaseException:
        if index.db.in_transaction:
            index.db.execute("ROLLBACK")
        raise


def _compared(
    index: Index, here: dict[str, Changed], schema: str
) -> tuple[list[Changed], list[str]]:
    """Give what changed, in the order of paths, and the paths that are gone."""
    known = {
        path: (state, stored)
        for path, *state, stored in index.db.execute(
            "SELECT path, mtime, ctime, size, inode, stored FROM files"
        )
    }
    row = index.db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    changed = [c for c in here.values() if c.path not in known or _stale(c, *known[c.path])]
    gone = [path for path in known if path not in here]
    # A word of the vocabulary that comes or goes may make any event good or bad.
    words = any(not c.path.startswith("events/") for c in changed)
    words = words or any(not path.startswith("events/") for path in gone)
    if words or row is None or row[0] != schema:
        changed = list(here.values())
    return sorted(changed), gone


def _stale(change: Changed, state: list[int], stored: int) -> bool:
    newest = max(change.state[0], change.state[1])
    return tuple(state) != change.state or newest + _RACY > stored


def _here(root: Path) -> dict[str, Changed]:
    return {change.path: change for change in _walk(root)}


def _walk(root: Path) -> Iterator[Changed]:
    """Give every file of the log; a link or a pipe is given too, so that it is refused by name."""
    seen = time.time_ns()
    with suppress(OSError):
        yield _changed("rexctl.yaml", os.lstat(root / "rexctl.yaml"), seen)
    yield from _entries(root / "vocabulary", "vocabulary/", seen)
    for year in _scan(root / "events"):
        if year.name.startswith("."):
            continue
        if year.is_dir(follow_symlinks=False):
            yield from _entries(root / "events" / year.name, f"events/{_told(year.name)}/", seen)
        elif year.is_symlink():
            # Nothing in it is read, so the link itself must be told.
            about = year.stat(follow_symlinks=False)
            yield _changed(f"events/{_told(year.name)}", about, seen)


def _entries(folder: Path, prefix: str, seen: int) -> Iterator[Changed]:
    for entry in _scan(folder):
        if entry.name.endswith(".yaml") and not entry.name.startswith("."):
            try:
                yield _changed(prefix + _told(entry.name), entry.stat(follow_symlinks=False), seen)
            except FileNotFoundError:  # gone since the folder was read
                continue


def _told(name: str) -> str:
    """A name that is no UTF-8 is spelled out: no file is found by it, and that is told of it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _changed(path: str, about: os.stat_result, seen: int) -> Changed:
    return Changed(
        path,
        (
            _signed(about.st_mtime_ns),
            _signed(about.st_ctime_ns),
            about.st_size,
            _signed(about.st_ino),
        ),
        seen,
    )


def _signed(number: int) -> int:
    """A time after 2262 and the inodes of some file systems have 64 bits, where SQLite wants a sign."""
    return number if number < 1 << 63 else number - (1 << 64)
