"""The cache brought up to date with the working tree: only files that changed are read and parsed.

The table `folders` is git's index idea. It has the names of the files in each folder and for each file
a stamp: a hash of its times, size and inode. Every file is looked at, and those whose stamp differs are
read. A file that was read within two seconds of its last change has no stamp there: within the same
tick of the file system's clock it may have changed once more.
"""

from __future__ import annotations

import os
import sqlite3
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rexctl.cache.cache import Cache, dump_findings, put_meta
from rexctl.store.layout import EVENTS, SETTINGS

if TYPE_CHECKING:
    from rexctl.cache.blobs import ReadFile

Progress = Callable[[int, int], None]
Folders = dict[str, dict[str, int]]

_LOT = 4096  # files that are stored in one transaction
_LOOKS = 20  # times that others may change the cache or the files before we go on in memory
_RACY = 2_000_000_000  # nanoseconds
_NO_STAMP = -1  # `hash` never returns it
_VOCABULARY = "vocabulary"
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


def no_progress(done: int, total: int) -> None:
    """Report nothing."""


def update(cache: Cache, root: Path, on_progress: Progress = no_progress) -> None:
    """Bring the cache up to date, and leave it in a read transaction that holds this version.

    Where the cache cannot be written, it goes on in memory.
    """
    for _ in range(_LOOKS):
        if _update_once(cache, os.fspath(root), on_progress):
            return
    cache.move_to_memory()
    while not _update_once(cache, os.fspath(root), on_progress):
        pass


def _update_once(cache: Cache, root: str, on_progress: Progress) -> bool:
    """Look, and store what changed; return whether the cache is then up to date with this look."""
    folders = _look(root)
    cache.begin()
    try:
        changes = _compare(cache.db, folders)
        if changes is None:
            return True
        version = cache.version()
        cache.end()
        with cache.locked():
            if cache.version() != version:
                return False  # another process has stored a later look
            _store(cache, root, folders, changes, on_progress)
        cache.begin()
        cache.db.execute("SELECT 1 FROM meta").fetchone()
        return cache.version() == version
    except (sqlite3.Error, OSError) as fault:
        if cache.path is None:
            raise
        cache.move_to_memory(fault)
        return False


# The look: for each folder the stamps of its files by name


def _look(root: str) -> Folders:
    """Return the stamp of every file of a log by folder and name.

    The folder "" has settings and vocabulary, by their paths; `events` has the links in place of a
    folder: nothing in them is read, and a finding says so.
    """
    settings: dict[str, int] = {}
    links: dict[str, int] = {}
    with suppress(FileNotFoundError):
        settings[SETTINGS] = _stamp(os.lstat(f"{root}/{SETTINGS}"))
    files = _list_yaml(f"{root}/{_VOCABULARY}")
    settings |= {f"{_VOCABULARY}/{name}": files[name] for name in sorted(files)}
    folders = {"": settings, EVENTS: links}
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{root}/{EVENTS}") as entries:
        for entry in entries:
            if entry.name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders[f"{EVENTS}/{_readable(entry.name)}"] = _list_yaml(entry.path)
            elif entry.is_symlink():
                with suppress(FileNotFoundError):
                    links[_readable(entry.name)] = _stamp(os.lstat(entry))
    return folders


def _list_yaml(folder: str) -> dict[str, int]:
    """Return the stamp of each YAML file in a folder by name; nothing where there is no folder."""
    files: dict[str, int] = {}
    try:
        # A file is then looked up from the open folder, not by its complete path.
        target = os.open(folder, _FOLDER) if os.scandir in os.supports_fd else folder
    except (FileNotFoundError, NotADirectoryError):
        return files
    try:
        # This loop is most of the time of a warm answer: no function of ours is called in it.
        with os.scandir(target) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(".yaml") and name[0] != ".":
                    try:
                        s = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:  # gone since the folder was read
                        continue
                    files[name] = hash((s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino))
    finally:
        if isinstance(target, int):
            os.close(target)
    try:
        "".join(files).encode()
    except UnicodeEncodeError:
        return {_readable(name): stamp for name, stamp in files.items()}
    return files


def _stamp(s: os.stat_result) -> int:
    return hash((s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino))


def _readable(name: str) -> str:
    r"""Return a name that is not UTF-8 with its bytes as `\xff`: no file has it, and a finding says so."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


# The table


class _Changes(NamedTuple):
    """How the files differ from the table: paths of event files, and whether settings or vocabulary do.

    `known` are the stamps that the table has in the folders that differ.
    """

    changed: list[str]
    gone: list[str]
    settings: bool
    known: Folders


def _compare(db: sqlite3.Connection, folders: Folders) -> _Changes | None:
    """Return how the files differ from those in the cache; unchanged folders are compared at once."""
    table = {path: row for path, *row in db.execute("SELECT path, names, stamps FROM folders")}
    changes = _Changes([], [], settings=_pack(folders[""]) != table.pop("", None), known={})
    for folder in folders.keys() | table:
        files, row = folders.get(folder, {}), table.get(folder, ["", b""])
        if not folder or _pack(files) == row:
            continue
        if len(row[1]) % 8:
            raise sqlite3.DatabaseError("the stamps are damaged")
        known = dict(zip(row[0].split("/"), array("q", row[1]), strict=False))
        changes.known[folder] = known
        changes.changed.extend(
            f"{folder}/{name}" for name, stamp in files.items() if known.get(name) != stamp
        )
        changes.gone.extend(f"{folder}/{name}" for name in known if name not in files)
    return changes if any(changes[:3]) else None


def _pack(files: dict[str, int]) -> list[str | bytes]:
    return ["/".join(files), array("q", files.values()).tobytes()]


def _put_folder(db: sqlite3.Connection, folder: str, files: dict[str, int]) -> None:
    db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?, ?)", (folder, *_pack(files)))


def _store(
    cache: Cache, root: str, folders: Folders, changes: _Changes, on_progress: Progress
) -> None:
    """Read and parse outside the transaction, and store in lots: an interrupted build goes on there."""
    from rexctl.cache.blobs import delete_unused, put_files

    files = _read_files(cache, root, changes.changed)
    settings = [_read(root, path)[0] for path in folders[""]] if changes.settings else []
    gone, done, total = changes.gone, 0, len(changes.changed)
    while True:
        lot: list[ReadFile] = []
        for file in islice(files, _LOT):
            lot.append(file)
            done += 1
            on_progress(done, total)
            cache.report_progress()
        touched = {path.rpartition("/")[0] for path in gone}
        for file in lot:
            folder, _, name = file.path.rpartition("/")
            changes.known[folder][name] = file.stamp
            touched.add(folder)
        with cache.transaction():
            if settings:
                _put_folder(cache.db, "", {file.path: file.stamp for file in settings})
                lines = "".join(f"{file.blob} {file.path}\n" for file in settings)
                put_meta(cache.db, "settings", lines)
            put_files(cache.db, lot, gone)
            for folder in touched:
                known = changes.known[folder]
                names = [name for name in folders.get(folder, ()) if name in known]
                _put_folder(cache.db, folder, {name: known[name] for name in names})
            if done == total:
                delete_unused(cache.db)
                return
        settings, gone = [], []


def _read_files(cache: Cache, root: str, paths: Sequence[str]) -> Iterator[ReadFile]:
    from rexctl.cache import workers
    from rexctl.cache.blobs import known_blobs, parse_blob

    # Workers must not use the connection; for a few files it would take longer to list all blobs.
    every = known_blobs(cache.db) if len(paths) >= workers.FEW else None

    def work(chunk: Sequence[str]) -> list[ReadFile]:
        files = [_read(root, path) for path in chunk]
        known = known_blobs(cache.db, [file.blob for file, _ in files]) if every is None else every
        return [
            file if file.fault or file.blob in known else file._replace(parsed=parse_blob(data))
            for file, data in files
        ]

    if every is None:
        for path in paths:
            yield from work([path])
    else:
        yield from workers.map_chunks(work, paths)


def _read(root: str, path: str) -> tuple[ReadFile, bytes]:
    """Return a file, not parsed, and its bytes."""
    from rexctl.cache.blobs import ReadFile
    from rexctl.records import Finding
    from rexctl.store.safe_open import read_bytes
    from rexctl.values.codes import blob_id

    now, stamp = time.time_ns(), _NO_STAMP
    with suppress(OSError):  # the same fault meets `read_bytes`
        status = os.lstat(f"{root}/{path}")
        if max(status.st_mtime_ns, status.st_ctime_ns) + _RACY <= now:
            stamp = _stamp(status)
    data = read_bytes(f"{root}/{path}", path)
    if isinstance(data, Finding):
        # A file that cannot be read now may be readable the next time, with the same times.
        stamp = _NO_STAMP if data.code == "unreadable" else stamp
        return ReadFile(path, "", stamp, dump_findings([data])), b""
    return ReadFile(path, blob_id(data), stamp), data
