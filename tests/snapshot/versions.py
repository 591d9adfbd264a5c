"""Both versions of the files that differ, as diff and log read them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.gitrepo.revisions import WORKING_TREE, parse_comparison
from rexctl.snapshot.commits import EventReader
from rexctl.snapshot.snapshot import Snapshot
from rexctl.values.clock import Clock

if TYPE_CHECKING:
    from rexctl.gitrepo.trees import FileChange
    from rexctl.records import Finding
    from tests.gitrepo.repository import Repository


class Compared(NamedTuple):
    pairs: list[tuple[dict[str, Any] | None, dict[str, Any] | None]]
    old_faults: list[Finding]
    new_faults: list[Finding]


def open_reader(repository: Repository) -> EventReader:
    return EventReader(repository.git, repository.log)


def compare(
    repository: Repository, text: str = "", *, staged: bool = False
) -> tuple[EventReader, list[FileChange]]:
    events = open_reader(repository)
    old, new = parse_comparison(repository.git, text, Clock(date(2025, 11, 10)), staged=staged)
    if new != WORKING_TREE:
        return events, events.compare(old, new)
    with Snapshot.open(repository.log) as snapshot:
        return events, events.compare_working_tree(old, snapshot)


def read_versions(repository: Repository, text: str = "") -> Compared:
    events, changes = compare(repository, text)
    parsed = events.read(file for change in changes for file in change if file)
    compared = Compared([], [], [])
    for change in changes:
        (old, old_faults), (new, new_faults) = (
            parsed[file] if file else (None, []) for file in change
        )
        compared.old_faults.extend(old_faults[:1])
        compared.new_faults.extend(new_faults[:1])
        if not old_faults and not new_faults:
            compared.pairs.append((old, new))
    return compared
