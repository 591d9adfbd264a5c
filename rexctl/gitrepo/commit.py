"""A commit, and what it did to files of the log: each as it was before, and as it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.records import Finding

    Event = Mapping[str, Any]

UNCOMMITTED = "not committed yet"


class Commit(NamedTuple):
    """Who did something when, and why. Without a `name` it stands for the working tree.

    `date` is the author's, in ISO 8601. `edge` tells that a shallow clone ends here: the commit
    has parents, but they are not there.
    """

    name: str
    parents: tuple[str, ...]
    tree: str
    author: str
    email: str
    date: str
    subject: str
    edge: bool = False

    def as_row(self) -> dict[str, str]:
        """Return the fields to show; for the working tree only the subject."""
        values = {"commit": self.name, "author": self.author, "email": self.email,
                  "date": self.date}  # fmt: skip
        return {name: value for name, value in values.items() if value} | {"subject": self.subject}


class Seen(NamedTuple):
    """An event before and after a commit, None where there is none.

    `fault` says why the file does not read as the commit made it, and then `new` is None; with
    `again` it reads where it did not before, and `old` is the last state that did read.
    """

    path: str
    old: Event | None
    new: Event | None
    fault: Finding | None = None
    again: bool = False
