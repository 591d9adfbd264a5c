"""The commits that touched events, newest first, each with its parents among them."""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.revisions import find_head
from rexctl.gitrepo.run import Git
from rexctl.values.clock import Clock

UNCOMMITTED = "not committed yet"
SHORT = 10  # digits of a commit's hash that a user sees
# Not `git log`, which would run the program that log.showSignature asks for.
_REV_LIST = ("rev-list", "--parents", "--date-order", "--encoding=UTF-8",
             "--format=%T%x00%aN%x00%aE%x00%aI%x00%at%x00%s")  # fmt: skip
_FIELDS = 6
_UNRESOLVED = frozenset({"%aN", "%aE", "%aI", "%at", "%s"})


class Commit(NamedTuple):
    """Who changed something when, and why. The one without a `hash` is the working tree.

    `date` is when the change was written, in ISO 8601 and the author's zone; `timestamp` is the same
    in seconds since 1970. `is_boundary`: a shallow clone ends here, and the parents are missing.
    """

    hash: str
    parents: tuple[str, ...]
    tree: str
    author: str
    email: str
    date: str
    subject: str
    timestamp: int = 0
    is_boundary: bool = False

    def as_row(self) -> dict[str, str]:
        """Return the fields to show; for the working tree only the subject."""
        values = {"commit": self.hash, "author": self.author, "email": self.email,
                  "date": self.date}  # fmt: skip
        return {name: value for name, value in values.items() if value} | {"subject": self.subject}

    def day(self, clock: Clock) -> datetime.date | None:
        """Return the day of the commit by the log's clock, which `--at` uses too."""
        return clock.day_of(self.timestamp) if self.hash else clock.today


def list_commits(git: Git, revision: str, folders: Iterable[str] = ("",)) -> list[Commit]:
    """Return the commits up to a revision that touched events, and the merges; children come first.

    `folders` are those in which the log is or was, relative to its present one (`../old/`).
    The parents of a commit are its nearest ancestors in the list. Raises EnvironmentFaultError.
    """
    paths = (f"{folder}events/" for folder in folders)
    boundaries = _list_boundaries(git)
    commits = _parse_commits(git.output(*_REV_LIST, "--full-history", revision, "--", *paths))
    return [one._replace(is_boundary=one.hash in boundaries) for one in commits]


def list_earlier(git: Git, limit: int, *paths: str) -> list[str]:
    """Return the last commits before each change of these paths of the log, newest first."""
    if not (head := find_head(git)):
        return []
    out = git.output("rev-list", f"-n{limit}", "--min-parents=1", head, "--", *paths)
    return [f"{name}^" for name in out.decode("ascii").split()]


def find_deletion(git: Git, path: str) -> tuple[str, Commit] | None:
    """Return the last commit that has a file of the log which HEAD or the working tree lacks.

    With it comes the commit that deleted the file, or that of the working tree. None where no commit
    has the file, or git cannot answer.
    """
    if not (head := find_head(git)):
        return None
    # The simplified history leads to the commit that deleted the file, on whatever branch it was.
    for commit in _parse_commits(git.output(*_REV_LIST, "-n1", head, "--", path)):
        for name, deleted in ((head, working_tree_commit((head,))), (f"{commit.hash}^", commit)):
            if not git.run("rev-parse", "--verify", "--quiet", f"{name}:./{path}").returncode:
                return git.output("rev-parse", "--verify", name).decode("ascii").strip(), deleted
    return None


def working_tree_commit(parents: tuple[str, ...]) -> Commit:
    """Return the commit of the working tree, above all others."""
    return Commit("", parents, "", "", "", "", UNCOMMITTED)


def _parse_commits(out: bytes) -> Iterator[Commit]:
    """Yield the commits of two lines each: `commit HASH PARENT ...`, and the format."""
    lines = iter(out.decode("utf-8", "backslashreplace").split("\n"))
    for head in filter(None, lines):
        _, name, *parents = head.split(" ")
        fields = next(lines, "").split("\0", _FIELDS - 1)
        # Where the header of a commit is broken, git writes the placeholder itself.
        tree, author, email, date, timestamp, subject = (
            "" if field in _UNRESOLVED else field for field in fields
        )
        yield Commit(name, tuple(parents), tree, author, email, date, subject, int(timestamp or 0))


def _list_boundaries(git: Git) -> frozenset[str]:
    """Return the commits at which a shallow clone ends."""
    if git.output("rev-parse", "--is-shallow-repository").strip() != b"true":
        return frozenset()
    path = git.output("rev-parse", "--git-path", "shallow").decode("utf-8", "surrogateescape")
    try:
        return frozenset((git.folder / Path(path.rstrip("\n"))).read_text("ascii").split())
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFaultError(f"git: {path.strip()}: {error}") from None
