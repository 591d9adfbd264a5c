"""The folder of the log in a version of the repository: it may have been moved since."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.gitrepo.run import GitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.gitrepo.run import Git

_SETTINGS, _EVENTS = "rexctl.yaml", "events/"


def holds_log(paths: Sequence[str]) -> bool:
    """Return whether these paths, relative to a folder, are those of a log."""
    return any(path == _SETTINGS or path.startswith(_EVENTS) for path in paths)


def former_folder(git: Git, version: str) -> str | None:
    """Return where a version has the log that was moved since, from the top; None where it has none.

    That is a folder with settings and with an event file that the log has today too. A log that is
    still at its place is another one.
    """
    try:
        out = git.output("ls-tree", "-r", "-z", "--name-only", "--full-tree", version)
    except GitError:
        return None
    names = out.decode("utf-8", "backslashreplace").split("\0")
    top = git.folder
    for _ in Path(git.prefix).parts:
        top = top.parent
    for name in names:
        folder, _, base = name.rpartition("/")
        start = f"{folder}/" if folder else ""
        if base != _SETTINGS or start == git.prefix or (top / name).exists():
            continue
        within = f"{start}{_EVENTS}"
        events = (one.removeprefix(start) for one in names if one.startswith(within))
        if any((git.folder / one).exists() for one in events):
            return start
    return None


def relative_to_log(git: Git, folder: str) -> str:
    """Return a folder of the repository as git takes it in the log's folder: `../old/`."""
    path = os.path.relpath(folder or ".", git.prefix or ".")
    return Path(path).as_posix() + "/"


def trees_of_log(git: Git, commits: Sequence[str], folders: Sequence[str]) -> dict[str, str]:
    """Return the tree of the log in each commit that has it in one of these folders."""
    requests = [(commit, name) for commit in commits for folder in folders
             for name in (f"{folder}{_EVENTS.rstrip('/')}", folder.rstrip("/"))]  # fmt: skip
    stdin = "".join(f"{commit}:{name}\n" for commit, name in requests).encode(
        "utf-8", "surrogateescape"
    )
    out = git.output("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=stdin)
    lines = [line.rpartition(b" ") for line in out.split(b"\n")]
    found: dict[str, str] = {}
    for number in range(0, len(requests), 2):  # the events of a folder, then the folder
        if lines[number][2] == b"tree":
            found.setdefault(requests[number][0], lines[number + 1][0].decode("ascii"))
    return found
