"""Files in the log that are no events: what a killed program left, or what stands in the wrong place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rexctl.records import WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def findings(root: Path) -> Iterator[Finding]:
    """Tell each file under `events/` that no reader looks at."""
    return _within(str(root), "events")


def _within(root: str, folder: str) -> Iterator[Finding]:
    """Tell what is strange in a folder, then in those below it; nobody goes into a link."""
    of_a_year = folder.count("/") == 1
    strange, below = [], []
    for entry in _scanned(f"{root}/{folder}"):
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            if name[0] != ".":
                below.append(name)
        # Nearly every name is that of an event: no path is made of it, nor is it sorted.
        elif not (of_a_year and name.endswith(".yaml")) or name[0] == ".":
            strange.append(name)
    for name in sorted(strange):
        yield from _told(f"{folder}/{name}", name, of_a_year)
    for name in sorted(below):
        yield from _within(root, f"{folder}/{name}")


def _told(path: str, name: str, of_a_year: bool) -> Iterator[Finding]:
    if name.startswith(".") and name.endswith(".tmp"):
        yield Finding("leftover", f"{name} is what a killed write left", path,
                      level=WARNING, hint="it can be deleted")  # fmt: skip
    elif not name.startswith(".") and not (of_a_year and name.endswith(".yaml")):
        yield Finding("stray-file", f"{name} is read by nobody", path, level=WARNING,
                      hint="events lie in events/YEAR/ID.yaml")  # fmt: skip


def _scanned(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # gone since, or nobody may look into it
        return []
