"""What the machine says when it says no, put into plain words with what to do about it."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rexctl.errors import ConflictError, EnvironmentFaultError, RexctlError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_AGAIN = "nothing was changed"
_RIGHTS = ("no right to write there", "look whose folder it is, and its rights")
_SAID = {
    errno.ENOSPC: ("the disk is full", "make room and run it again"),
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: ("that disk can only be read", "copy the log to a disk that can be written"),
    errno.EIO: ("the disk reports an error", "look after the disk before writing again"),
    errno.ENOENT: ("its folder is gone", "was the log moved meanwhile? run it again"),
    errno.ENOTDIR: ("a file stands where a folder should be", "move that file away"),
    errno.EISDIR: ("a folder stands where the file should be", "move that folder away"),
    errno.ENAMETOOLONG: ("its path is too long for this disk", "move the log to a shorter path"),
    errno.EMFILE: ("too many files are open", "close some programs and run it again"),
    errno.ENFILE: ("too many files are open", "close some programs and run it again"),
    errno.EBUSY: ("another program holds it", "close that program and run it again"),
}
if hasattr(errno, "EDQUOT"):
    _SAID[errno.EDQUOT] = ("your share of the disk is used up", "make room and run it again")


def told(fault: OSError, path: Path, *, doing: str = "written") -> EnvironmentFaultError:
    """Give the error that tells a fault of the machine at `path`."""
    said, hint = _SAID.get(fault.errno or 0, ((fault.strerror or str(fault)).lower(), ""))
    message = f"{shown(path)} cannot be {doing}: {said}"
    return EnvironmentFaultError(message, f"{hint}; {_AGAIN}" if hint else _AGAIN)


@contextmanager
def telling(path: Path, *, doing: str = "written") -> Iterator[None]:
    """Turn every fault of the machine in the block into the error that tells it."""
    try:
        yield
    except OSError as fault:
        raise told(fault, path, doing=doing) from fault


def taken(path: Path) -> ConflictError:
    """Give the error for a path that something else holds; its code is `id-taken`."""
    return _conflict("id-taken", f"{shown(path)} is there already", "give another --id")


def changed(path: Path) -> ConflictError:
    """Give the error for a file that is not what it was; its code is `changed-meanwhile`."""
    message = f"{shown(path)} has changed since it was read"
    return _conflict("changed-meanwhile", message, "nothing was changed by this; run it again")


def locked(root: Path) -> ConflictError:
    """Give the error for a log that another process goes on writing; its code is `locked`."""
    message = f"another rexctl is writing in {shown(root)}"
    return _conflict("locked", message, "wait for it to end and run this again")


def no_lock(fault: OSError, root: Path) -> EnvironmentFaultError:
    """Return the error for a log whose settings file cannot be locked."""
    return told(fault, root, doing="locked")


def stuck(fault: RexctlError, paths: Sequence[Path]) -> EnvironmentFaultError:
    """Give the error for changes that could not be taken back after a first fault."""
    names = ", ".join(map(shown, paths))
    return EnvironmentFaultError(f"{fault.message}; could not be taken back: {names}",
                                 "look at these files: they were changed")  # fmt: skip


def is_link(path: Path) -> EnvironmentFaultError:
    """Give the error for a link on the way: it may lead out of the log."""
    return EnvironmentFaultError(f"{shown(path)} is a link: nothing is written through one",
                                 f"put the real file or folder in its place; {_AGAIN}")  # fmt: skip


def shown(path: Path) -> str:
    """Give a path as seen from the current folder."""
    try:
        return os.path.relpath(path)
    except (ValueError, OSError):  # another drive on Windows; a current folder that is gone
        return str(path)


def _conflict(code: str, message: str, hint: str) -> ConflictError:
    error = ConflictError(message, hint)
    error.code = code
    return error
