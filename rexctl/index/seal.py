"""The seal of an index: what the system said of its file when we last wrote it.

SQLite believes any text that stands in its pages. What changes the file from outside changes its
time, too, unless it happens within the very tick of the system's clock (some 4 ms) in which we
wrote; what a disk loses silently is not seen.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def path_of(path: Path) -> Path:
    """Give the file that holds the seal of an index."""
    return path.with_name(path.name + ".seal")


def press(path: Path) -> None:
    """Say that the file is as we left it. Where that cannot be written, it is not believed later."""
    seal = path_of(path)
    draft = seal.with_name(f"{seal.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(_state(path))
        draft.replace(seal)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def holds(path: Path) -> bool:
    """Tell whether nobody but us has written the file."""
    try:
        with open(os.open(path_of(path), _READ)) as file:
            return file.read(200) == _state(path)
    except (OSError, ValueError):
        return False


def _state(path: Path) -> str:
    about = path.lstat()
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}\n"
