"""The repository around a log: hosts of code name files from its root, wherever a command stood."""

from __future__ import annotations

import os
from pathlib import Path


def root_of(folder: Path) -> Path | None:
    """Give the real path of the working tree that a folder lies in; None where it lies in none.

    It is looked for as git does, without running it: its settings may name programs. `.git` is a
    folder with a HEAD, or in a linked worktree and a submodule a file.
    """
    real = Path(os.path.realpath(folder))
    return next((one for one in (real, *real.parents) if _is_root(one / ".git")), None)


def _is_root(mark: Path) -> bool:
    return mark.is_file() or os.path.lexists(mark / "HEAD")
