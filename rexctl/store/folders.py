"""The folders between the log's folder and a file: created where missing, never links."""

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


def log_path(root: Path, name: str) -> Path:
    """Return the path of `events/2025/...` in the log's folder. Raises ValueError outside it."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or Path(name).is_absolute():
        raise ValueError(f"{name}: not a path inside the log")
    return root.joinpath(*parts)


def refuse_links(root: Path, path: Path) -> None:
    """Raise EnvironmentFaultError for a link between `root` and `path`, the file included.

    A link may lead out of the log. Raises OSError where a folder is missing.
    """
    for folder in parents(root, path)[1:]:
        if not _is_folder(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    with suppress(FileNotFoundError):
        _is_folder(path)


def make_parents(root: Path, path: Path, on_created: Callable[[Path], object]) -> None:
    """Make the missing folders between `root` and `path`; `on_created` is called with each.

    Raises EnvironmentFaultError for a link, OSError for any other obstacle.
    """
    for folder in parents(root, path)[1:]:
        with suppress(FileExistsError):  # it exists, or another process made it just now
            folder.mkdir()
            on_created(folder)
    refuse_links(root, path)


def parents(root: Path, path: Path) -> list[Path]:
    """Return the folders from `root` down to the one that holds `path`, both included."""
    below = path.parent.relative_to(root).parts
    return [root.joinpath(*below[:count]) for count in range(len(below) + 1)]


def sync(root: Path, paths: Iterable[Path]) -> None:
    """Sync the folders of these files to the disk, and their parents up to `root`.

    The parents each time: another process may have made a folder and not synced it yet.
    """
    every = {folder: None for path in paths for folder in reversed(parents(root, path))}
    for folder in every:
        temporary_files.sync_folder(folder)


def _is_folder(path: Path) -> bool:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise os_errors.link_refused(path)
    return stat.S_ISDIR(mode)
