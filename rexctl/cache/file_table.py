"""The files of the working tree, as git's index has them: path, times, size and inode -> blob.

Every file is looked at, and only those that changed are opened. An entry that was stored within two
seconds of its file's last change is read again: within the same tick of the file system's clock the
file may have changed once more.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_RACY = 2_000_000_000  # nanoseconds
_SEPARATOR = "//"  # between lines: no path holds it
_OUTDATED = " ?"  # after the name in a line that never equals that of a file
EVENTS, SETTINGS, VOCABULARY = "events", "rexctl.yaml", "vocabulary"


class Changes(NamedTuple):
    """How the files differ from what the cache knows of them; `settings` tells of other files."""

    changed: list[str]
    gone: list[str]
    settings: bool

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone or self.settings)


class Look:
    """What the system says of every file of a log at one moment: for each folder a line per file.

    The lines of a folder are one text in the order in which the system gives the names, which
    stays the same until a name comes or goes: unchanged folders are compared at once.
    """

    def __init__(self, root: str) -> None:
        """Look at all folders: settings and vocabulary, the folders of events, links among them."""
        self.folders = {"": _SEPARATOR.join(_settings(root))}
        links = []
        for entry in _scan(f"{root}/{EVENTS}"):
            if entry.name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                path = f"{EVENTS}/{entry.name}"
                self.folders[_readable(path)] = _encodable(_files(f"{root}/{path}"))
            elif entry.is_symlink():  # nothing in it is read, and a finding says so
                links += _line_of(entry, "")
        self.folders[EVENTS] = _SEPARATOR.join(sorted(links))

    def compare(self, db: sqlite3.Connection) -> Changes:
        """Return how the files differ from those in the cache."""
        changes = Changes([], [], False)
        known: dict[str, str] = dict(db.execute("SELECT path, lines FROM folders"))
        for folder, text in self.folders.items():
            if known.get(folder) == text:
                continue
            if not folder:
                changes = changes._replace(settings=True)
                continue
            new, old = _split(text), set(_split(known.get(folder, "")))
            changes.changed.extend(_path(folder, line) for line in new if line not in old)
            names = {_path(folder, line) for line in new}
            paths = (_path(folder, line).removesuffix(_OUTDATED) for line in old.difference(new))
            changes.gone.extend(path for path in paths if path not in names)
        for folder in known.keys() - self.folders.keys():
            lines = _split(known[folder])
            changes.gone.extend(_path(folder, line).removesuffix(_OUTDATED) for line in lines)
        return changes

    def store(self, db: sqlite3.Connection, changes: Changes, read: dict[str, int]) -> None:
        """Write the lines of the folders that changed, for the files that were read so far.

        `read` says when each was read, in nanoseconds.
        """
        unread = {path for path in changes.changed if path not in read}
        touched = {path.rpartition("/")[0] for path in (*read, *changes.gone)}
        for folder in touched:
            if folder not in self.folders:
                db.execute("DELETE FROM folders WHERE path = ?", (folder,))
                continue
            lines = [
                _marked(line, read.get(path)) for line in _split(self.folders[folder])
                if (path := _path(folder, line)) not in unread
            ]  # fmt: skip
            self._put(db, folder, lines)

    def store_settings(self, db: sqlite3.Connection, read: int) -> None:
        """Write the lines of settings and vocabulary."""
        self._put(db, "", [_marked(line, read) for line in _split(self.folders[""])])

    def settings_paths(self) -> list[str]:
        """Return the paths of the log's settings and vocabulary."""
        return [_path("", line) for line in _split(self.folders[""])]

    def _put(self, db: sqlite3.Connection, folder: str, lines: list[str]) -> None:
        values = (folder, _SEPARATOR.join(lines))
        db.execute("INSERT OR REPLACE INTO folders VALUES (?, ?)", values)


def _split(text: str) -> list[str]:
    return text.split(_SEPARATOR) if text else []


def _path(folder: str, line: str) -> str:
    name = line.split(" ", 4)[4]
    return f"{folder}/{name}" if folder else name


def _marked(line: str, read: int | None) -> str:
    """Return the line to store: one that never matches where the file may change unnoticed."""
    mtime, ctime, _ = line.split(" ", 2)
    racy = read is not None and max(int(mtime), int(ctime)) + _RACY > read
    return line + _OUTDATED if racy else line


def _settings(root: str) -> Iterator[str]:
    with suppress(OSError):
        yield _line(os.lstat(f"{root}/{SETTINGS}"), SETTINGS)
    for entry in sorted(_scan(f"{root}/{VOCABULARY}"), key=lambda entry: entry.name):
        if entry.name.endswith(".yaml") and entry.name[0] != ".":
            yield from _line_of(entry, f"{VOCABULARY}/")


def _files(folder: str) -> list[str]:
    lines: list[str] = []
    try:
        # A file is then looked up from the open folder, not by its complete path.
        place = os.open(folder, _FOLDER) if os.scandir in os.supports_fd else None
    except OSError:
        return lines
    try:
        # This loop is most of the time of a warm answer: no function of ours is called in it.
        with os.scandir(folder if place is None else place) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(".yaml") and name[0] != ".":
                    try:
                        s = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:  # gone since the folder was read
                        continue
                    lines.append(f"{s.st_mtime_ns} {s.st_ctime_ns} {s.st_size} {s.st_ino} {name}")
    finally:
        if place is not None:
            os.close(place)
    return lines


def _line_of(entry: os.DirEntry[str], prefix: str) -> list[str]:
    try:
        return [_line(entry.stat(follow_symlinks=False), prefix + _readable(entry.name))]
    except FileNotFoundError:  # gone since the folder was read
        return []


def _line(s: os.stat_result, name: str) -> str:
    return f"{s.st_mtime_ns} {s.st_ctime_ns} {s.st_size} {s.st_ino} {name}"


def _encodable(lines: Iterable[str]) -> str:
    text = _SEPARATOR.join(lines)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SEPARATOR.join(map(_readable, text.split(_SEPARATOR)))
    return text


def _readable(name: str) -> str:
    r"""Return a name that is not UTF-8 with its bytes as `\xff`: no file has it, and a finding says so."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _scan(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
