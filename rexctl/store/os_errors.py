"""Errors of the operating system as messages that say what to do; conflicts between processes."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rexctl.errors import ConflictError, EnvironmentFaultError, RexctlError
from rexctl.store.log import display_path

_UNCHANGED = "nothing was changed"
_NO_RIGHTS = ("no right to write there", "check the owner and the rights of the folder")
_MESSAGES = {
    errno.ENOSPC: ("the disk is full", "free some space and run it again"),
    errno.EACCES: _NO_RIGHTS,
    errno.EPERM: _NO_RIGHTS,
    errno.EROFS: ("the disk is read-only", "copy the log to a disk that can be written"),
    errno.EIO: ("the disk reports an error", "check the disk before writing again"),
    errno.ENOENT: ("its folder does not exist", "run it again if the log was moved meanwhile"),
    errno.ENOTDIR: ("a file is in the place of a folder", "move that file away"),
    errno.EISDIR: ("a folder is in the place of the file", "move that folder away"),
    errno.ENAMETOOLONG: ("its path is too long for this disk", "move the log to a shorter path"),
    errno.EMFILE: ("too many files are open", "close some programs and run it again"),
    errno.ENFILE: ("too many files are open", "close some programs and run it again"),
    errno.EBUSY: ("another program uses it", "close that program and run it again"),
}
if hasattr(errno, "EDQUOT"):
    _MESSAGES[errno.EDQUOT] = ("your disk quota is used up", "free some space and run it again")


def environment_error(
    error: OSError, path: Path, *, action: str = "written"
) -> EnvironmentFaultError:
    """Return the error for an OSError at `path`; `action` is what cannot be done to the file."""
    reason, hint = _MESSAGES.get(error.errno or 0, ((error.strerror or str(error)).lower(), ""))
    message = f"{display_path(path)} cannot be {action}: {reason}"
    return EnvironmentFaultError(message, f"{hint}; {_UNCHANGED}" if hint else _UNCHANGED)


@contextmanager
def translate(path: Path, *, action: str = "written") -> Iterator[None]:
    """Raise every OSError of the block as EnvironmentFaultError."""
    try:
        yield
    except OSError as error:
        raise environment_error(error, path, action=action) from error


def id_taken(path: Path) -> ConflictError:
    """Return the error for a new file whose name is in use; its code is `id-taken`."""
    return conflict("id-taken", f"{display_path(path)} already exists", "choose another --id")


def changed_meanwhile(path: Path) -> ConflictError:
    """Return the error for a file that changed since it was read; code `changed-meanwhile`."""
    message = f"{display_path(path)} has changed since it was read"
    return conflict("changed-meanwhile", message, "nothing was changed by this; run it again")


def log_locked(root: Path) -> ConflictError:
    """Return the error for a log that another process holds the lock of; its code is `locked`."""
    message = f"another rexctl is writing in {display_path(root)}"
    return conflict("locked", message, "wait until it ends and run this again")


def not_undone(error: RexctlError, paths: Sequence[Path]) -> EnvironmentFaultError:
    """Return the error for changes that could not be undone after `error`."""
    names = ", ".join(map(display_path, paths))
    return EnvironmentFaultError(
        f"{error.message}; these files were changed and could not be restored: {names}",
        "restore them with git",
    )


def link_refused(path: Path) -> EnvironmentFaultError:
    """Return the error for a symbolic link in the path of a file: it may lead out of the log."""
    return EnvironmentFaultError(
        f"{display_path(path)} is a symbolic link; rexctl writes through none",
        f"put a real file or folder in its place; {_UNCHANGED}",
    )


def conflict(code: str, message: str, hint: str) -> ConflictError:
    """Return the error with this code."""
    error = ConflictError(message, hint)
    error.code = code
    return error
