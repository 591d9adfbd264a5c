"""The user's folders for the cache and for state (undo history, drafts), outside the log."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder of the cache: REXCTL_CACHE, else XDG_CACHE_HOME, else the system's place.

    The path is absolute. None where the environment names no home folder.
    """
    return _folder(environ, "CACHE", ".cache", "Caches")


def state_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder of the state: REXCTL_STATE, else XDG_STATE_HOME, else the system's place.

    The path is absolute. None where the environment names no home folder.
    """
    return _folder(environ, "STATE", ".local/state", "Application Support")


def _folder(environ: Mapping[str, str], kind: str, unix: str, mac: str) -> Path | None:
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
