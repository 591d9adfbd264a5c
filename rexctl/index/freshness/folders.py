"""What stands in the folders of a log: each file as one line of what the system says of it."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The folder of settings and vocabulary, and that of what stands among the years.
WORDS, AMONG = "", "events"
# No name holds a slash, and no path two in a row.
BETWEEN = "//"
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


class Look:
    """A folder as one look found it: its own state, and a line for each file."""

    __slots__ = ("lines", "name", "seen", "state")

    def __init__(self, name: str, state: str, lines: str, seen: int) -> None:
        self.name, self.state, self.lines, self.seen = name, state, lines, seen

    def path(self, line: str) -> str:
        """Give the path in the log of the file that a line tells of."""
        return path_of(self.name, line)


def path_of(folder: str, line: str) -> str:
    """Give the path in the log of the file that a line of a folder tells of."""
    name = line.split(" ", 4)[4]
    return f"{folder}/{name}" if folder else name


def newest(line: str) -> int:
    """Give when a file last changed in any way, in nanoseconds of the system's clock."""
    mtime, ctime, _ = line.split(" ", 2)
    return max(int(mtime), int(ctime))


def years(root: str) -> tuple[list[str], Look]:
    """Give the folders of years, and what stands among them that is no folder but might seem one.

    Nothing in a link is read, so the link itself must be told.
    """
    found, strange, seen = [], [], 0
    for entry in _scanned(f"{root}/{AMONG}"):
        if entry.name[0] == ".":
            continue
        if entry.is_dir(follow_symlinks=False):
            found.append(f"{AMONG}/{entry.name}")
        elif entry.is_symlink():
            strange.append(_line(entry.stat(follow_symlinks=False), _told(entry.name)))
    return sorted(found), Look(AMONG, "", BETWEEN.join(sorted(strange)), seen)


def words(root: str, seen: int) -> Look:
    """Look at the settings and the vocabulary."""
    lines = list(_stat_all(root, ("rexctl.yaml",)))
    for entry in _scanned(f"{root}/vocabulary"):
        if entry.name.endswith(".yaml") and entry.name[0] != ".":
            lines += _of_entry(entry, "vocabulary/")
    return Look(WORDS, "", BETWEEN.join(sorted(lines)), seen)


def whole(root: str, name: str, seen: int) -> Look:
    """Look at every file of a folder; a link or a pipe is told too, so that it is refused by name.

    The lines stand as the system gives the names, which is the same each time until one comes or
    goes: what is compared with what was, whole, need not be sorted.
    """
    folder = f"{root}/{name}"
    state = state_of(folder)
    try:
        if os.scandir in os.supports_fd:
            # A file is then found from the open folder, not by its whole path.
            place = os.open(folder, _FOLDER)
            try:
                lines = _files(place)
            finally:
                os.close(place)
        else:
            lines = _files(folder)
    except (FileNotFoundError, NotADirectoryError):
        lines = []
    return Look(name, state, _joined(lines), seen)


def _files(place: str | int) -> list[str]:
    lines: list[str] = []
    # This loop is most of the time of a warm answer: no call of ours within it, and no entry kept,
    # since each holds on to all that was asked of it.
    with os.scandir(place) as entries:
        for entry in entries:
            file = entry.name
            if file.endswith(".yaml") and file[0] != ".":
                try:
                    s = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # gone since the folder was read
                    continue
                lines.append(f"{s.st_mtime_ns} {s.st_ctime_ns} {s.st_size} {s.st_ino} {file}")
    return lines


def state_of(folder: str) -> str:
    """Give what the system says of a folder: it changes with each name that comes or goes."""
    try:
        about = os.lstat(folder)
    except OSError:
        return ""
    return f"{about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"


def as_they_are(root: str, folder: str, lines: Iterable[str]) -> list[str]:
    """Give these lines as they would be told now; a file that is gone has none."""
    names = (line.split(" ", 4)[4] for line in lines)
    return list(_stat_all(f"{root}/{folder}", names))


def _stat_all(folder: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        try:
            yield _line(os.lstat(f"{folder}/{name}"), name)
        except OSError:
            continue


def _of_entry(entry: os.DirEntry[str], prefix: str) -> list[str]:
    try:
        return [_line(entry.stat(follow_symlinks=False), prefix + _told(entry.name))]
    except FileNotFoundError:
        return []


def _line(s: os.stat_result, name: str) -> str:
    return f"{s.st_mtime_ns} {s.st_ctime_ns} {s.st_size} {s.st_ino} {name}"


def _joined(lines: list[str]) -> str:
    text = BETWEEN.join(lines)
    try:
        text.encode()
    except UnicodeEncodeError:
        return BETWEEN.join(map(_told, lines))
    return text


def _told(name: str) -> str:
    """A name that is no UTF-8 is spelled out: no file is found by it, and that is told of it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _scanned(folder: str | int) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
