"""The commit that a person means: a revision, or the state of the log at the end of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rexctl.errors import bad_value
from rexctl.gitrepo import revisions
from rexctl.values import date_ranges
from rexctl.values.lazy_pattern import Late

if TYPE_CHECKING:
    from rexctl.gitrepo.run import Git

# `2025` might begin a hash, and a branch might be called `2025-10-20`: a date is a date first.
_DAY = Late(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4]|-W\d\d)?|\+?\d{1,5}[dwmy]")
_NAMED = "a branch, a tag, a commit, HEAD~1, or a day such as 2025-10-20"


def commit_at(git: Git, asked: str, today: date) -> str:
    """Give the hash of a commit: of a revision, or of the last one on the way to HEAD by a day's end.

    A day ends at midnight UTC, the same for all who ask. Of a merged branch the merge counts: what
    lay on a branch was not in the log. Raises UsageError.
    """
    if _DAY.fullmatch(asked) or asked in date_ranges.WORDS:
        return _by(git, asked, date_ranges.point(asked, today)[1])
    return revisions.commit(git, asked, _NAMED, date_ranges.WORDS)


def _by(git: Git, asked: str, day: int) -> str:
    head = revisions.head(git)
    if not head:
        raise bad_value(asked, "nothing is committed yet")
    if day >= date.max.toordinal():
        raise bad_value(asked, "names no day")
    midnight = datetime.combine(date.fromordinal(day + 1), datetime.min.time(), UTC)
    until = int(midnight.timestamp()) - 1
    # With its zone: git takes a number of few digits alone for something else, and today's log
    # was the answer to 1971.
    before = ("rev-list", "-1", "--first-parent", f"--before=@{until} +0000", head)
    found = git.answer(*before) if until > 0 else b""
    if not found.strip():
        roots = git.answer("rev-list", "--max-parents=0", "--timestamp", head).split(b"\n")
        began = datetime.fromtimestamp(min(int(one.split()[0]) for one in roots if one), UTC)
        raise bad_value(asked, "no commit is so old", f"the first is of {began.date()}")
    return found.decode("ascii").strip()
