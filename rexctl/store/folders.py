"""The folders on the way to a file of the log: real ones, made where they are missing."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rexctl.store import os_errors, temporary_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def whole_path(root: Path, name: str) -> Path:
    """Give the path of `events/2025/...` under the log's folder. Raises ValueError outside it."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or Path(name).is_absolute():
        raise ValueError(f"{name}: no path inside the log")
    return root.joinpath(*parts)


def refuse_links(root: Path, path: Path) -> None:
    """Refuse a link below `root` on the way to `path`, the file included: it may lead out.

    Raises EnvironmentFaultError, and OSError where a folder is missing.
    """
    for folder in on_the_way(root, path)[1:]:
        if not _is_real(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    with suppress(FileNotFoundError):
        _is_real(path)


def make(root: Path, path: Path, made: Callable[[Path], object]) -> None:
    """Make the folders on the way to `path` that are missing; `made` is told of each.

    Raises EnvironmentFaultError for a link, OSError for anything else in the way.
    """
    for folder in on_the_way(root, path)[1:]:
        with suppress(FileExistsError):  # there already, or another process made it just now
            folder.mkdir()
            made(folder)
    refuse_links(root, path)


def on_the_way(root: Path, path: Path) -> list[Path]:
    """Give the folders from `root` down to the one that holds `path`, both included."""
    below = path.parent.relative_to(root).parts
    return [root.joinpath(*below[:count]) for count in range(len(below) + 1)]


def sync(root: Path, paths: Iterable[Path]) -> None:
    """Put the names of these files on the disk, and those of the folders that hold them.

    Up to the root each time: another process may have made a folder and not synced it yet.
    """
    every = {folder: None for path in paths for folder in reversed(on_the_way(root, path))}
    for folder in every:
        temporary_files.sync_folder(folder)


def _is_real(path: Path) -> bool:
    """Tell whether a folder stands there; a link is refused."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise os_errors.is_link(path)
    return stat.S_ISDIR(mode)
