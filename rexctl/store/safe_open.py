"""Open a file of the log safely: a regular file, not through a link, of limited size."""

import errno
import os
import stat
from pathlib import Path

from rexctl.errors import os_reason
from rexctl.records import Finding
from rexctl.values import limits

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_FLAGS |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
# By the first letter of a line of `ls -l`.
_KINDS = {"l": "a symbolic link", "d": "a folder", "p": "a pipe", "c": "a device", "b": "a device",
          "s": "a socket"}  # fmt: skip


def read_bytes(path: Path | str, name: str, *, max_size: int = limits.MAX_SIZE) -> bytes | Finding:
    """Return the bytes of a regular file, or the finding that says why it cannot be read.

    `name` is the path for the finding. A pipe is not waited for, a device is not opened.
    """
    try:
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode) and (kind := _kind_of(mode)):
            return _refused("not-a-file", f"is {kind}, not a file", name)
        handle = os.open(path, _FLAGS)
        try:
            # Checked again on the open file: another process may have replaced it in between.
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return _refused("not-a-file", f"is {_kind_of(status.st_mode)}, not a file", name)
            data = _read_all(handle, status.st_size, max_size)
        finally:
            os.close(handle)
    except OSError as error:
        return _refused("unreadable", f"cannot be read: {os_reason(error)}", name)
    if len(data) > max_size:
        return too_large(name, max_size)
    return data


def too_large(name: str, max_size: int = limits.MAX_SIZE) -> Finding:
    """Return the finding for a file of more than `max_size` bytes."""
    limit = f"{max_size >> 20} MiB" if max_size >= 1 << 20 else f"{max_size} bytes"
    return _refused("too-large", f"is larger than {limit}", name, "an event has a few kilobytes")


def _read_all(handle: int, size: int, max_size: int) -> bytes:
    """Return the content of an open file, or the first `max_size` + 1 bytes of a larger one.

    `os.read`, since a file object takes two more system calls.
    """
    data = os.read(handle, min(size, max_size) + 1)
    while data and len(data) <= max_size and (more := os.read(handle, max_size + 1 - len(data))):
        data += more
    return data


def read_argument(name: str) -> bytes:
    """Return the content of a file or pipe named on the command line, of any size.

    Raises OSError; a device other than a terminal is refused, since it may never end.
    """
    with open(name, "rb") as file:
        if stat.S_ISCHR(os.fstat(file.fileno()).st_mode) and not file.isatty():
            if file.read(1):
                raise OSError(errno.EINVAL, "is a device, not a file", name)
            return b""
        return file.read()


def _kind_of(mode: int) -> str:
    return _KINDS.get(stat.filemode(mode)[0], "")


def _refused(code: str, message: str, name: str, hint: str = "") -> Finding:
    return Finding(code, f"{name.rsplit('/', 1)[-1]} {message}", name, hint=hint)
