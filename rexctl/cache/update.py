"""The cache brought up to date with the working tree: only files that changed are read and parsed."""

from __future__ import annotations

import os
import sqlite3
import time
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rexctl.cache import workers
from rexctl.cache.blobs import (
    ParsedFile,
    algorithm_of,
    blob_id,
    delete_unused,
    known_blobs,
    put_files,
)  # fmt: skip
from rexctl.cache.file_table import Look
from rexctl.cache.parse_blob import dump_findings, parse_blob
from rexctl.records import Finding
from rexctl.store.safe_open import read_bytes
from rexctl.values.garbage import without_gc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from rexctl.cache.cache import Cache
    from rexctl.cache.file_table import Changes
    from rexctl.cache.parse_blob import ParsedBlob

    Progress = Callable[[int, int], None]

_LOT = 4096  # files that are stored in one transaction
_LOOKS = 20  # times that others may change the cache or the files before we go on in memory


def no_progress(done: int, total: int) -> None:
    """Report nothing."""


def update(
    cache: Cache, root: Path, on_progress: Progress = no_progress,
    parsed: Mapping[str, ParsedBlob] | None = None,
) -> None:  # fmt: skip
    """Bring the cache up to date, and leave it in a read transaction that holds this version.

    `parsed` are files that were parsed already, by their blob ids. Where the cache cannot be
    written, it goes on in memory.
    """
    for _ in range(_LOOKS):
        if _update_once(cache, root, on_progress, parsed or {}):
            return
    cache.move_to_memory()
    while not _update_once(cache, root, on_progress, parsed or {}):
        pass


def _update_once(
    cache: Cache, root: Path, on_progress: Progress, parsed: Mapping[str, ParsedBlob]
) -> bool:
    """Look, and store what changed; return whether the cache is then up to date with this look."""
    look = Look(os.fspath(root))
    cache.begin()
    try:
        changes = look.compare(cache.db)
        if not changes:
            return True
        version = cache.version()
        cache.end()
        with cache.locked():
            if cache.version() != version:
                return False  # another process has stored a later look
            with without_gc():
                _store(cache, root, look, changes, on_progress, parsed)
        cache.begin()
        cache.db.execute("SELECT 1 FROM meta").fetchone()
        return cache.version() == version
    except (sqlite3.Error, OSError) as fault:
        if cache.path is None:
            raise
        cache.move_to_memory(fault)
        return False


def _store(
    cache: Cache, root: Path, look: Look, changes: Changes, on_progress: Progress,
    parsed: Mapping[str, ParsedBlob],
) -> None:  # fmt: skip
    """Read and parse outside the transaction, and store in lots: an interrupted build goes on there."""
    files = _read_files(cache, root, changes.changed, parsed)
    read: dict[str, int] = {}
    gone: Sequence[str] = changes.gone
    settings = time.time_ns(), _settings_key(root, look, cache) if changes.settings else ""
    while True:
        lot = []
        for file in islice(files, _LOT):
            lot.append(file)
            on_progress(len(read) + len(lot), len(changes.changed))
            cache.report_progress()
        read.update((file.path, file.time) for file in lot)
        with cache.transaction():
            if changes.settings:
                look.store_settings(cache.db, settings[0])
                values = ("settings", settings[1])
                cache.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
            put_files(cache.db, lot, gone)
            look.store(cache.db, changes, read)
            if len(read) == len(changes.changed):
                delete_unused(cache.db)
                break
        gone = ()
        changes = changes._replace(settings=False)


def _read_files(
    cache: Cache, root: Path, paths: Sequence[str], parsed: Mapping[str, ParsedBlob]
) -> Iterator[ParsedFile]:
    algorithm, folder = algorithm_of(cache.db), os.fspath(root)
    if len(paths) < workers.FEW:
        files = [_read(folder, path, algorithm) for path in paths]
        known = known_blobs(cache.db, {file.blob for file in files})
        yield from (_parsed(file, known, parsed) for file in files)
        return
    known = known_blobs(cache.db)

    def work(chunk: Sequence[str]) -> list[ParsedFile]:
        return [_parsed(_read(folder, path, algorithm), known, parsed) for path in chunk]

    yield from workers.map_chunks(work, paths)


class _ReadFile(NamedTuple):
    path: str
    blob: str
    data: bytes
    fault: str | None
    time: int


def _read(root: str, path: str, algorithm: str) -> _ReadFile:
    now = time.time_ns()
    data = read_bytes(f"{root}/{path}", path)
    if isinstance(data, Finding):
        # A file that cannot be read now may be readable the next time, with the same times.
        again = 0 if data.code == "unreadable" else now
        return _ReadFile(path, "", b"", dump_findings([data]), again)
    return _ReadFile(path, blob_id(data, algorithm), data, None, now)


def _parsed(
    file: _ReadFile, known: Collection[str], parsed: Mapping[str, ParsedBlob]
) -> ParsedFile:
    one = parsed.get(file.blob)
    if one is None and not file.fault and file.blob not in known:
        one = parse_blob(file.data)
    return ParsedFile(file.path, file.blob, one, file.fault, file.time)


def _settings_key(root: Path, look: Look, cache: Cache) -> str:
    """Return the version of settings and vocabulary: a line for each file with its blob id."""
    algorithm, folder = algorithm_of(cache.db), os.fspath(root)
    files = (_read(folder, path, algorithm) for path in look.settings_paths())
    return "".join(f"{file.blob} {file.path}\n" for file in files)
