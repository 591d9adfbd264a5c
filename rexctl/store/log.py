"""The log: its folder, and the user's folders for its cache and its state."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.errors import no_log
from rexctl.store.user_folders import cache_folder, state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARK = "rexctl.yaml"
_FILES = (MARK, "README.md", ".gitattributes")
_FOLDERS = ("events", "vocabulary", "schema")
_LONGEST = 100  # bytes of a path that still make the name of a file


class Log:
    """An opened log: `root` is the folder that holds `rexctl.yaml` and `events/`."""

    def __init__(self, root: Path, cache: Path | None, state: Path | None = None) -> None:
        self.root, self.cache, self.state = root, cache, state

    @property
    def key(self) -> str:
        """The name of this log's file in the cache: its real path in letters that any disk takes."""
        real = os.fsencode(self.root)
        if len(real) <= _LONGEST:
            return real.hex()
        return str(import_module("hashlib").sha256(real).hexdigest())

    def remember(self, files: Sequence[tuple[str, bytes | None, bytes | None]]) -> None:
        """Remember files that were written (path, bytes before and after, None for no file): for undo."""
        import_module("rexctl.store.undo").record(self, files)

    def shown(self, path: str) -> str:
        """Give a path of the log (`events/2025/...`) as seen from the current folder."""
        whole = self.root / path
        try:
            return os.path.relpath(whole)
        except (ValueError, OSError):  # another drive on Windows; a current folder that is gone
            return str(whole)


def find(start: str | None, environ: Mapping[str, str]) -> Log:
    """Find the log from `start`, else REXCTL_LOG, else here. Raises NoLogError."""
    given = start or environ.get("REXCTL_LOG")
    first = Path(given).absolute() if given else Path.cwd()
    looked = []
    for folder in (first, *first.parents):
        for root in (folder / "data", folder):
            looked.append(str(root / MARK))
            if (root / MARK).is_file():
                return Log(
                    Path(os.path.realpath(root)), cache_folder(environ), state_folder(environ)
                )
    raise no_log(looked)


def owner_of(target: str) -> Path | None:
    """Return the folder of the log that the file `target` belongs to, or None.

    A log owns its settings, vocabulary, schema, codebook and attributes, and whatever lies under
    `events/`, whether the file exists or not. Links are followed; folders are compared as files,
    since two names of one folder may differ in case.
    """
    place = Path(os.path.realpath(target))
    for root in place.parents:
        if not (root / MARK).is_file():
            continue
        if place.parent == root:
            owned = any(_is_same(place, root / name) for name in _FILES)
        else:
            top = root / place.relative_to(root).parts[0]
            owned = any(_is_same(top, root / name) for name in _FOLDERS)
        if owned:
            return root
    return None


def _is_same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))
