"""Which event files differ between two states of the log, and by which blobs."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.revisions import STAGED, WORKING_TREE, Sides, nothing
from rexctl.gitrepo.run import GitSaidNo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.gitrepo.run import Git

_EVENTS = "events"
COMMON = ("--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=all", "--relative")
_PLACES = ("rexctl.yaml", "vocabulary", _EVENTS)
_LINK = "120000"
REGULAR = ("100644", "100755")


class Side(NamedTuple):
    """A file on one side: its blob, or an empty text where it is to be read from the working tree.

    `sort` says what it is where it is no file: a link, say.
    """

    blob: str
    sort: str = ""


class Pair(NamedTuple):
    """A path in the log, and its file on both sides; None is no file."""

    path: str
    old: Side | None
    new: Side | None


def pairs(git: Git, sides: Sides) -> list[Pair]:
    """Give each event file that may differ, by path. git looks at no other file of the log."""
    if sides.new == WORKING_TREE:
        git.without_filters()
        told = git.answer("diff-index", *COMMON, sides.old, "--", _EVENTS)
    elif sides.new == STAGED:
        told = git.answer("diff-index", "--cached", *COMMON, sides.old, "--", _EVENTS)
    else:
        told = git.answer("diff-tree", "-r", *COMMON, sides.old, sides.new, "--", _EVENTS)
    found = {pair.path: pair for pair in _records(told)}
    if sides.new == WORKING_TREE:
        for path in _untracked(git):
            # What was taken out of the index and still lies there is in the log all the same.
            old = found[path].old if path in found else None
            found[path] = Pair(path, old, Side(""))
    return [found[path] for path in sorted(found) if is_read(path) or _hides(found[path])]


def _hides(pair: Pair) -> bool:
    """Tell a link or a repository in place of a folder of events: what it leads to is not read."""
    parts = pair.path.split("/")
    strange = any(side and side.sort for side in (pair.old, pair.new))
    return strange and parts[0] == _EVENTS and len(parts) < 3 and parts[-1][:1] != "."


def came_from(git: Git, old: str, new: str) -> tuple[str, list[Pair]]:
    """Give each event file that differs in a commit, and from which: no text is a tree without a file.

    From that it is where `old` says so, or names a commit that was thrown away since. Raises
    GitSaidNo where git cannot read the new one.
    """
    if old:
        with suppress(GitSaidNo):
            return old, pairs(git, Sides(old, new))
    return "", pairs(git, Sides(nothing(git), new))


def words(git: Git, commit: str) -> dict[str, str]:
    """Give the blob of each file of settings and vocabulary that a commit holds, by its path.

    Raises EnvironmentFaultError for a link in place of a folder: nobody could read through it.
    """
    told = git.answer("ls-tree", "-z", commit, "--", *_PLACES, "vocabulary/")
    found: dict[str, str] = {}
    for record in told.split(b"\0"):
        head, _, name = record.partition(b"\t")
        mode, _, rest = head.decode("ascii").partition(" ")
        path = name.decode("utf-8", "backslashreplace")
        if path in _PLACES and mode == _LINK:
            raise EnvironmentFaultError(
                f"{path} is a link in {commit[:12]}, and a commit is not read through links"
            )
        hidden = path.rpartition("/")[2].startswith(".")
        if mode in REGULAR and path.endswith(".yaml") and not hidden:
            found[path] = rest.removeprefix("blob ")
    return found


def is_read(path: str) -> bool:
    """Tell a path that the log reads an event from: `events/YEAR/ID.yaml`."""
    parts = path.split("/")
    hidden = any(part[:1] in (".", "") for part in parts)
    return len(parts) == 3 and parts[0] == _EVENTS and path.endswith(".yaml") and not hidden


def _records(told: bytes) -> Iterator[Pair]:
    r"""Read `:MODE MODE BLOB BLOB STATUS\0PATH\0` and so on."""
    words = iter(told.split(b"\0"))
    for head in words:
        if head:
            yield pair(head, os.fsdecode(next(words)))


def pair(head: bytes, path: str) -> Pair:
    """Give the file of a path on both sides: the head is `:MODE MODE BLOB BLOB STATUS`."""
    modes = head.decode("ascii").lstrip(":").split(" ")
    return Pair(path, _side(modes[0], modes[2]), _side(modes[1], modes[3]))


def _side(mode: str, blob: str) -> Side | None:
    if not mode.strip("0"):
        return None
    sort = "" if mode in REGULAR else "a link" if mode == _LINK else "a repository of its own"
    # A blob of zeroes stands for a file that was not looked into.
    return Side(blob if blob.strip("0") else "", sort)


def _untracked(git: Git) -> list[str]:
    """Give files that git was never told of: an event just added is part of the log."""
    listed = git.answer("ls-files", "-z", "--others", "--", _EVENTS)
    return [os.fsdecode(path) for path in listed.split(b"\0") if path]
