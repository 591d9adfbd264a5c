"""Paths of the command line as paths in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.errors import bad_value

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

WHOLE = "."


def inside(log: Log, path: Path) -> str:
    """Return a path relative to the log, WHOLE for the log itself. Raises UsageError."""
    absolute = path.absolute()
    real = absolute.parent.resolve() / absolute.name
    if not real.exists() and not real.is_symlink():
        raise bad_value(str(path), "no such file or folder")
    if log.root.is_relative_to(real.resolve()):
        return WHOLE
    if not real.is_relative_to(log.root):
        raise bad_value(str(path), "is not in the log", f"the log is {log.root}")
    return real.relative_to(log.root).as_posix()


def under(path: str, wanted: str) -> bool:
    """Return whether a path of the log is `wanted` or below it."""
    return wanted in (WHOLE, path) or path.startswith(wanted + "/")
