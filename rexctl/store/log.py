"""The log: where it lies, and its index brought up to date."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl import registry
from rexctl.errors import no_log
from rexctl.index import fresh, tables
from rexctl.model import legal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rexctl.index.freshness.ahead import Ahead
    from rexctl.index.tables import Index

    Told = Callable[[int, int], None]

MARK = "rexctl.yaml"
_LONGEST = 100  # bytes of a path that still make the name of a file


class Log:
    """An opened log: `root` is the folder that holds `rexctl.yaml` and `events/`."""

    def __init__(self, root: Path, cache: Path | None) -> None:
        self.root, self.cache = root, cache

    @property
    def key(self) -> str:
        """The name of this log's index in the cache: its real path, as letters any disk takes."""
        real = os.fsencode(self.root)
        if len(real) <= _LONGEST:
            return real.hex()
        return str(registry.standard("hashlib").sha256(real).hexdigest())

    def index(self, told: Told | None = None) -> Index:
        """Give the index, proved right against every file; `told` hears how far it has come."""
        return self.freshen(tables.open_index(self.cache, self.key), None, told)

    def words(self, told: Told | None = None) -> Index:
        """Give the index, proved right in settings and vocabulary alone."""
        return self.freshen(tables.open_index(self.cache, self.key), fresh.NONE, told)

    def freshen(
        self, index: Index, within: fresh.Years | None, told: Told | None = None,
        ahead: Ahead[Any] | None = None,
    ) -> Index:  # fmt: skip
        """Prove an index right for events of these years; None is all of them."""
        bell = partial(registry.bell, progress=told) if told else registry.bell
        return fresh.refresh(index, self.root, bell, legal.VERSION, within, ahead)

    def remember(self, files: Sequence[tuple[str, bytes | None, bytes | None]]) -> None:
        """Remember files that were written (path, bytes before and after, None for no file): for undo."""
        registry.load("rexctl.store.undo").remember(self, files)

    def shown(self, path: str) -> str:
        """Give a path of the log (`events/2025/...`) as seen from the current folder."""
        whole = self.root / path
        try:
            return os.path.relpath(whole)
        except ValueError:  # another drive on Windows
            return str(whole)


def find(start: str | None, environ: Mapping[str, str]) -> Log:
    """Find the log from `start`, else REXCTL_LOG, else here. Raises EnvironmentFaultError."""
    given = start or environ.get("REXCTL_LOG")
    first = Path(given).absolute() if given else Path.cwd()
    looked = []
    for folder in (first, *first.parents):
        for root in (folder / "data", folder):
            looked.append(str(root / MARK))
            if (root / MARK).is_file():
                return Log(Path(os.path.realpath(root)), cache_folder(environ))
    raise no_log(looked)


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Give the user's cache folder, or None where the machine tells of none."""
    if given := environ.get("REXCTL_CACHE"):
        return Path(given)
    if given := environ.get("XDG_CACHE_HOME"):
        return Path(given) / "rexctl" if Path(given).is_absolute() else None
    home = environ.get("LOCALAPPDATA") if os.name == "nt" else environ.get("HOME")
    if not home:
        return None
    if os.name == "nt":
        return Path(home) / "rexctl" / "cache"
    mac = Path(home) / "Library" / "Caches"
    return (mac if os.uname().sysname == "Darwin" else Path(home) / ".cache") / "rexctl"
