"""Which event files differ between many pairs of trees, told by one process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.comparing import COMMON, Pair, is_read, pair, pairs
from rexctl.gitrepo.revisions import WORKING_TREE, Sides

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.gitrepo.run import Git

    Trees = tuple[str, str]


def differing(git: Git, trees: Iterable[Trees]) -> dict[Trees, list[Pair]]:
    """Give the event files that differ, for each pair of an old tree and a new one.

    Trees, not commits: of a pair of trees git tells even where nothing differs, and of a merge it
    would not say which parent it speaks of. Raises EnvironmentFaultError where it does not tell all.
    """
    asked = list(dict.fromkeys(trees))
    given = "".join(f"{old} {new}\n" for old, new in asked).encode("ascii")
    words = ("diff-tree", "--stdin", "-r", *COMMON, "--", "events/")
    with git.reading(*words, given=given) as out:
        found = _read(out.read())
    if len(found) < len(asked):
        raise EnvironmentFaultError(f"git diff-tree told of {len(found)} of {len(asked)} commits")
    return found


def working(git: Git, revision: str) -> list[Pair]:
    """Give the event files of the working tree that differ from a commit, or from a tree."""
    return pairs(git, Sides(revision, WORKING_TREE))


def _read(told: bytes) -> dict[Trees, list[Pair]]:
    r"""Read `TREE TREE\n:MODE MODE BLOB BLOB STATUS\0PATH\0...` and so on."""
    found: dict[Trees, list[Pair]] = {}
    here: list[Pair] = []
    at, end = 0, len(told)
    while at < end:
        if told[at : at + 1] != b":":
            stop = told.find(b"\n", at)
            if stop < 0:  # git ended in the middle of it
                break
            old, _, new = told[at:stop].decode("ascii").partition(" ")
            here = found.setdefault((old, new), [])
            at = stop + 1
            continue
        middle = told.find(b"\0", at)
        stop = told.find(b"\0", middle + 1)
        if middle < 0 or stop < 0:
            found.popitem()
            break
        path = os.fsdecode(told[middle + 1 : stop])
        if is_read(path):
            here.append(pair(told[at:middle], path))
        at = stop + 1
    return found
