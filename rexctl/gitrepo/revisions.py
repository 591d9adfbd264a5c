"""Revisions as a user writes them: `REV`, a day, `A..B`, `A...B`; never an option of git."""

import re
from collections.abc import Sequence
from datetime import date

from rexctl.errors import bad_range, bad_value
from rexctl.gitrepo.run import Git, GitError
from rexctl.values import dates
from rexctl.values.clock import Clock
from rexctl.values.suggest import did_you_mean

WORKING_TREE, STAGED = "working tree", "staged"
HEAD = "HEAD"
# `2025` might begin a hash, and a branch might be called `2025-10-20`: a date is a date first.
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4]|-W\d\d)?|\+?\d{1,5}[dwmy]")
_NAVIGATION = frozenset("~^@{:")
_HINT = "a branch, a tag, a commit, HEAD~1, or a day such as 2025-10-20"


def resolve_revision(git: Git, text: str, clock: Clock) -> str:
    """Return the hash of a commit: of a revision, or of the last commit by the end of a day.

    Days are those of `clock`. Only the first parents of HEAD count: what was on another branch was
    not in the log before the merge. Raises UsageError.
    """
    if _DAY.fullmatch(text) or text in dates.WORDS:
        return _find_commit_by_day(git, text, clock)
    return find_commit(git, text, dates.WORDS)


def parse_comparison(git: Git, text: str, clock: Clock, *, staged: bool = False) -> tuple[str, str]:
    """Return the two versions that `text` compares: a commit, and a commit, STAGED or WORKING_TREE.

    It has revisions or days; "" is HEAD and the working tree, before the first commit the empty tree.
    Raises UsageError.
    """
    dots = next((dots for dots in ("...", "..") if dots in text), "")
    if not dots:
        old = resolve_revision(git, text, clock) if text else find_head(git) or empty_tree(git)
        return old, STAGED if staged else WORKING_TREE
    if staged:
        raise bad_value("--staged", f"{text} names both versions already")
    old, new = (resolve_revision(git, side or HEAD, clock) for side in text.split(dots, 1))
    if dots == "...":
        try:
            old = git.output("merge-base", old, new).decode("ascii").split()[0]
        except GitError:
            raise bad_value(text, "these two have no commit in common",
                            f"write {text.replace('...', '..')}") from None  # fmt: skip
    return old, new


def find_commit(git: Git, revision: str, other_names: Sequence[str] = ()) -> str:
    """Return the hash of the commit that a revision names.

    Raises UsageError with the nearest branch, tag or one of `other_names`.
    """
    # git takes what follows --end-of-options for no option; it is refused here all the same.
    # `^A` would name everything that is not in A.
    if revision.startswith(("-", "^")) or "\0" in revision:
        raise bad_value(revision.replace("\0", "\\0"), "not a revision")
    args = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        return git.output(*args).decode("ascii").strip()
    except GitError:
        # `HEAD~9` is no misspelt HEAD: there are not so many commits.
        navigates = not _NAVIGATION.isdisjoint(revision)
        near = "" if navigates else did_you_mean(revision, [*list_refs(git), *other_names])
        raise bad_value(revision or "''", "no such revision", near or _HINT) from None


def find_head(git: Git) -> str:
    """Return the hash of the last commit; "" before the first one."""
    done = git.run("rev-parse", "--verify", "--quiet", f"{HEAD}^{{commit}}")
    return done.stdout.decode("ascii").strip()


def list_refs(git: Git) -> list[str]:
    """Return HEAD, the branches, and the tags from the newest on."""
    done = git.run("for-each-ref", "--format=%(refname:lstrip=2)", "--sort=-creatordate",
                   "refs/heads", "refs/tags")  # fmt: skip
    return [HEAD, *done.stdout.decode("utf-8", "replace").splitlines()]


def empty_tree(git: Git) -> str:
    """Return the hash of the tree without files, by the hash algorithm of the repository."""
    return git.output("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def _find_commit_by_day(git: Git, text: str, clock: Clock) -> str:
    try:
        day = dates.parse_point(text, clock.today)[1]
    except dates.BadDateError as error:
        raise bad_range(error) from None
    head = find_head(git)
    if not head:
        raise bad_value(text, "nothing is committed yet")
    try:
        until = clock.end_of_day(date.fromordinal(day))
    except (OverflowError, ValueError):  # year 9999, or an open range
        raise bad_value(text, "not a day") from None
    # With its zone: a number of few digits alone is another notation to git, which then answered
    # 1971 with today's log.
    args = ("rev-list", "-1", "--first-parent", f"--before=@{until} +0000", head)
    out = git.output(*args) if until > 0 else b""
    if not out.strip():
        roots = git.output("rev-list", "--max-parents=0", "--timestamp", head).split(b"\n")
        first = clock.day_of(min(int(root.split()[0]) for root in roots if root))
        raise bad_value(text, "no commit is that old", f"the first is of {first}")
    return out.decode("ascii").strip()
