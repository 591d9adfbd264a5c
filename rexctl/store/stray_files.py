"""Find files under `events/` that are not events: temporary files, and files in the wrong place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rexctl.records import WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def find_stray_files(root: Path) -> Iterator[Finding]:
    """Yield a finding for each file under `events/` that no command reads."""
    return _in_folder(str(root), "events")


def _in_folder(root: str, folder: str) -> Iterator[Finding]:
    """Yield the findings of a folder, then those of its subfolders; links are not followed."""
    is_year = folder.count("/") == 1
    suspects, subfolders = [], []
    for entry in _scan(f"{root}/{folder}"):
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            if name[0] != ".":
                subfolders.append(name)
        # Nearly every name is that of an event: those are neither joined to a path nor sorted.
        elif not (is_year and name.endswith(".yaml")) or name[0] == ".":
            suspects.append(name)
    for name in sorted(suspects):
        yield from _finding(f"{folder}/{name}", name)
    for name in sorted(subfolders):
        yield from _in_folder(root, f"{folder}/{name}")


def _finding(path: str, name: str) -> Iterator[Finding]:
    if not name.startswith("."):
        yield Finding("stray-file", f"{name} is not read by any command", path, level=WARNING,
                      hint="event files are events/YEAR/ID.yaml")  # fmt: skip
    elif name.endswith(".tmp"):
        yield Finding("leftover", f"{name} is left from an interrupted write", path,
                      level=WARNING, hint="delete it")  # fmt: skip


def _scan(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # the folder was deleted meanwhile, or cannot be read
        return []
