"""A commit, and what it did to files of the log: each as it was before, and as it was made."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rexctl.records import Finding

    Event = Mapping[str, Any]
    Row = Mapping[str, Any]

UNCOMMITTED = "not committed yet"
SHORT = 10  # digits of a commit's name that a person is shown


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


def by_commit(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Give the rows of each commit; those of the working tree name none."""
    return (list(found) for _, found in groupby(rows, key=lambda row: row.get("commit", "")))


def when(row: Row) -> str:
    """Say when a commit was made, by its author's clock: `2025-11-20 14:03 +01:00`."""
    day, _, time = str(row.get("date", "")).partition("T")
    zone = "+00:00" if time.endswith("Z") else time[8:]
    return " ".join(filter(None, (day, time[:5], zone)))
