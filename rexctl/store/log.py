"""Find the log that a command works on, the repository around it, and the user's folders for it."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rexctl.errors import no_log
from rexctl.store.layout import SETTINGS

_FILES = (SETTINGS, "README.md", ".gitattributes")
_FOLDERS = ("events", "vocabulary", "schema")
_MAX_HEX = 100  # bytes of a path whose hexadecimal form is short enough for a file name


class Log:
    """A log: `root` is the folder that holds `rexctl.yaml` and `events/`.

    `cache` and `state` are the user's folders for rexctl; None where there is none.
    """

    def __init__(self, root: Path, cache: Path | None, state: Path | None = None) -> None:
        self.root, self.cache, self.state = root, cache, state

    @property
    def key(self) -> str:
        """The file name of this log in the cache and state folders, made from its real path."""
        real = os.fsencode(self.root)
        if len(real) <= _MAX_HEX:
            return real.hex()
        import hashlib

        return hashlib.sha256(real).hexdigest()

    def remember(self, files: Sequence[tuple[str, bytes | None, bytes | None]]) -> None:
        """Record files that were written (path, bytes before and after, None for none) for undo."""
        from rexctl.store.undo import record

        record(self, files)

    def require_writable(self) -> None:
        """Raise EnvironmentFaultError where the settings of the log forbid writing it."""
        from rexctl.store.settings import require_writable

        require_writable(self.root, self.shown(SETTINGS))

    def shown(self, path: str) -> str:
        """Return a path of the log (`events/2025/...`) relative to the current folder."""
        return display_path(self.root / path)


def find(directory: str | None, environ: Mapping[str, str]) -> Log:
    """Return the log that holds `directory`, else REXCTL_LOG, else the current folder.

    Raises EnvironmentFaultError.
    """
    start = directory or environ.get("REXCTL_LOG")
    first = _absolute(start or "")
    tried = []
    for folder in (first, *first.parents) if first else ():
        for root in (folder / "data", folder):
            tried.append(str(root / SETTINGS))
            if (root / SETTINGS).is_file():
                real = Path(os.path.realpath(root))
                folders = [cache_folder(environ), state_folder(environ)]
                # A folder inside the log (a relative REXCTL_CACHE) would end up in its commits.
                return Log(real, *(None if f and f.is_relative_to(real) else f for f in folders))
    raise no_log(tried or ["the current folder, which was deleted"])


def display_path(path: Path) -> str:
    """Return a path relative to the current folder."""
    try:
        return os.path.relpath(path)
    except (ValueError, OSError):  # another drive on Windows; a current folder that was deleted
        return str(path)


def find_repository(folder: Path) -> Path | None:
    """Return the real path of the git working tree that holds a folder; None where none does.

    git is not started, since its settings may name programs. `.git` is a folder with a HEAD, or a
    file in a linked worktree and a submodule.
    """
    real = Path(os.path.realpath(folder))
    for one in (real, *real.parents):
        git = one / ".git"
        if git.is_file() or os.path.lexists(git / "HEAD"):
            return one
    return None


def owner_of(target: str) -> Path | None:
    """Return the folder of the log that the file `target` belongs to, or None.

    A log owns its settings, vocabulary, schema, codebook and attributes, and whatever lies under
    `events/`, whether the file exists or not. Links are followed; folders are compared as files,
    since two names of one folder may differ in case.
    """
    path = Path(os.path.realpath(target))
    for root in path.parents:
        if not (root / SETTINGS).is_file():
            continue
        if path.parent == root:
            owned = any(_is_same(path, root / name) for name in _FILES)
        else:
            top = root / path.relative_to(root).parts[0]
            owned = any(_is_same(top, root / name) for name in _FOLDERS)
        if owned:
            return root
    return None


def _absolute(path: str) -> Path | None:
    """Return a path from the root of the disk; None for a relative one in a deleted folder.

    That of "" is the current folder.
    """
    try:
        return Path(path).absolute()
    except FileNotFoundError:
        return None


def _is_same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder of the cache: REXCTL_CACHE, else XDG_CACHE_HOME, else the system's place.

    The path is absolute. None where the environment names no home folder.
    """
    return _user_folder(environ, "CACHE", ".cache", "Caches")


def state_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder of the state: REXCTL_STATE, else XDG_STATE_HOME, else the system's place.

    The path is absolute. None where the environment names no home folder.
    """
    return _user_folder(environ, "STATE", ".local/state", "Application Support")


def _user_folder(environ: Mapping[str, str], kind: str, unix: str, mac: str) -> Path | None:
    if own := environ.get(f"REXCTL_{kind}"):
        return Path(own).absolute()
    if base := environ.get(f"XDG_{kind}_HOME"):
        # The XDG specification has relative paths ignored.
        return Path(base) / "rexctl" if Path(base).is_absolute() else None
    if os.name == "nt":
        home = environ.get("LOCALAPPDATA")
        return Path(home) / "rexctl" / kind.lower() if home else None
    home = environ.get("HOME")
    if not home:
        return None
    return Path(home) / (f"Library/{mac}" if sys.platform == "darwin" else unix) / "rexctl"
