"""The commits that touched events, newest first, each with its parents among them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.commit import UNCOMMITTED, Commit

if TYPE_CHECKING:
    from rexctl.gitrepo.run import Git

# Not `git log`, which would run the program that log.showSignature asks for.
_WORDS = ("rev-list", "--full-history", "--parents", "--date-order", "--encoding=UTF-8",
          "--format=%T%x00%aN%x00%aE%x00%aI%x00%s")  # fmt: skip
_FIELDS = 5
_HOLES = frozenset({"%aN", "%aE", "%aI", "%s"})


def commits(git: Git, revision: str) -> list[Commit]:
    """Give each commit up to this one that touched events, and the merges; children stand first.

    The parents of a commit are the nearest that are in the list. Raises EnvironmentFaultError.
    """
    told = git.answer(*_WORDS, revision, "--", "events/")
    lines = iter(told.decode("utf-8", "backslashreplace").split("\n"))
    edges = _edges(git)
    # Two lines a commit: `commit HASH PARENT ...`, and the format.
    return [_commit(line, next(lines, ""), edges) for line in lines if line]


def working(parents: tuple[str, ...]) -> Commit:
    """Give what stands for the working tree, above the commits."""
    return Commit("", parents, "", "", "", "", UNCOMMITTED)


def _commit(head: str, text: str, edges: frozenset[str]) -> Commit:
    _, name, *parents = head.split(" ")
    fields = text.split("\0", _FIELDS - 1)
    # Of a commit whose head is broken git tells the name of what it does not find.
    tree, author, email, date, subject = ("" if one in _HOLES else one for one in fields)
    return Commit(name, tuple(parents), tree, author, email, date, subject, name in edges)


def _edges(git: Git) -> frozenset[str]:
    """Give the commits at which a shallow clone ends."""
    if git.answer("rev-parse", "--is-shallow-repository").strip() != b"true":
        return frozenset()
    path = git.answer("rev-parse", "--git-path", "shallow").decode("utf-8", "surrogateescape")
    try:
        return frozenset((git.folder / Path(path.rstrip("\n"))).read_text("ascii").split())
    except (OSError, UnicodeDecodeError) as fault:
        raise EnvironmentFaultError(f"git: {path.strip()}: {fault}") from None
