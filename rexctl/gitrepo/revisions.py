"""A revision as a person writes it: `REV`, `A..B`, `A...B`; never an option of git."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import bad_value
from rexctl.gitrepo.run import GitSaidNo
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.gitrepo.run import Git

WORKING_TREE, STAGED = "working tree", "staged"
HEAD = "HEAD"
_STEPS = frozenset("~^@{:")
_NAMED = "a branch, a tag, a commit, HEAD~1, or A..B"


class Sides(NamedTuple):
    """Two states of the log: `old` is a commit, `new` a commit, STAGED or WORKING_TREE."""

    old: str
    new: str


def sides(git: Git, asked: str, *, staged: bool = False) -> Sides:
    """Understand what is to be compared; nothing asked is the working tree against HEAD.

    Raises UsageError.
    """
    for dots in ("...", ".."):
        first, found, second = asked.partition(dots)
        if found:
            return _range(git, first or HEAD, second or HEAD, dots, staged=staged)
    new = STAGED if staged else WORKING_TREE
    return Sides(commit(git, asked) if asked else head(git) or nothing(git), new)


def commit(git: Git, revision: str, hint: str = _NAMED, others: Sequence[str] = ()) -> str:
    """Give the hash of the commit that a revision names.

    Raises UsageError with the nearest name, which may be one of `others`, else with this hint.
    """
    # git takes what follows --end-of-options for no option; it is refused here all the same.
    # `^A` would name all that is not in A.
    if revision.startswith(("-", "^")) or "\0" in revision:
        raise bad_value(revision.replace("\0", "\\0"), "is no revision")
    try:
        found = git.answer(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except GitSaidNo:
        # `HEAD~9` is no misspelt HEAD: there are not so many commits.
        stepped = not _STEPS.isdisjoint(revision)
        near = "" if stepped else did_you_mean(revision, [*names(git), *others])
        raise bad_value(revision or "''", "no such revision", near or hint) from None
    return found.decode("ascii").strip()


def head(git: Git) -> str:
    """Give the hash of the last commit; an empty text where there is none yet."""
    try:
        found = git.answer("rev-parse", "--verify", "--quiet", f"{HEAD}^{{commit}}")
    except GitSaidNo:
        return ""
    return found.decode("ascii").strip()


def names(git: Git) -> list[str]:
    """Give HEAD, the branches, and the tags from the newest on."""
    try:
        told = git.answer("for-each-ref", "--format=%(refname:lstrip=2)", "--sort=-creatordate",
                          "refs/heads", "refs/tags")  # fmt: skip
    except GitSaidNo:
        return [HEAD]
    return [HEAD, *told.decode("utf-8", "replace").splitlines()]


def _range(git: Git, first: str, second: str, dots: str, *, staged: bool) -> Sides:
    if staged:
        raise bad_value("--staged", f"{first}{dots}{second} names both sides already")
    old, new = commit(git, first), commit(git, second)
    if dots == "...":
        try:
            old = git.answer("merge-base", old, new).decode("ascii").split()[0]
        except GitSaidNo:
            raise bad_value(
                f"{first}...{second}",
                "these two have no commit in common",
                f"write {first}..{second}",
            ) from None
    return Sides(old, new)


def nothing(git: Git) -> str:
    """Give the hash of the tree without a file, by whichever digest the repository keeps."""
    return git.answer("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()
