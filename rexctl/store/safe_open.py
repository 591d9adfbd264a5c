"""A file of the log opened without surprises: regular, not through a link, not too large."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from rexctl.records import Finding
from rexctl.values.limits import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = LIMITS.size
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_FLAGS |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_SORTS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def read_bytes(path: Path | str, name: str, *, most: int = LARGEST) -> bytes | Finding:
    """Give the bytes of a regular file, or the finding that says why it is not read.

    `name` is the path as a finding tells it. A pipe is not waited for, a device is not touched.
    """
    try:
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode) and (sort := _sort(mode)):
            return _refused("not-a-file", f"is {sort}, not a file", name)
        handle = os.open(path, _FLAGS)
        try:
            # Asked again of the open file: it may have been swapped in between.
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                return _refused("not-a-file", f"is {_sort(about.st_mode)}, not a file", name)
            data = _whole(handle, about.st_size, most)
        finally:
            os.close(handle)
    except OSError as fault:
        return _refused("unreadable", f"cannot be read: {_why(fault)}", name)
    if len(data) > most:
        return _refused(
            "too-large", f"is larger than {LARGEST >> 20} MiB", name, "an event is a few kilobytes"
        )
    return data


def _whole(handle: int, size: int, most: int) -> bytes:
    """Give all that an open file holds, or so much that it is plainly too large.

    Without a file object, which asks for twice as much of the system as the reading itself.
    """
    data = os.read(handle, min(size, most) + 1)
    while data and len(data) <= most and (more := os.read(handle, most + 1 - len(data))):
        data += more
    return data


def whole(name: str) -> bytes:
    """Give all that a file or pipe named on the command line holds, of any size. Raises OSError.

    A device never ends, so it is refused; a terminal does, at the person's word.
    """
    with open(name, "rb") as file:
        if stat.S_ISCHR(os.fstat(file.fileno()).st_mode) and not file.isatty():
            if file.read(1):
                raise OSError(errno.EINVAL, "is a device, not a file", name)
            return b""
        return file.read()


def _sort(mode: int) -> str:
    return next((word for test, word in _SORTS if test(mode)), "")


def _why(fault: OSError) -> str:
    return (fault.strerror or str(fault)).lower()


def _refused(code: str, message: str, name: str, hint: str = "") -> Finding:
    return Finding(code, f"{name.rsplit('/', 1)[-1]} {message}", name, hint=hint)
