"""Events on both sides of a comparison: read, or told why not; one bad file hides no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.gitrepo.blobs import content, contents
from rexctl.gitrepo.comparing import pairs
from rexctl.records import ERROR, Finding
from rexctl.store.crew import uncollected
from rexctl.store.layout import path_of
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rexctl.gitrepo.comparing import Side
    from rexctl.gitrepo.revisions import Sides
    from rexctl.gitrepo.run import Git

    Event = dict[str, Any]


class Compared(NamedTuple):
    """The events of each file that differs, None where there is none; and what does not read.

    A file that does not read on one side stands in no pair: it would seem to have come or gone.
    `old_faults` are told of the old side, `new_faults` of the new one.
    """

    pairs: list[tuple[Event | None, Event | None]]
    old_faults: list[Finding]
    new_faults: list[Finding]


def compared(git: Git, root: Path, sides: Sides) -> Compared:
    """Read what differs between two versions of the log at `root`."""
    differing = pairs(git, sides)
    blobs = contents(git, (s.blob for p in differing for s in (p.old, p.new) if s and s.blob))
    reader = Reader(root, blobs)
    found = Compared([], [], [])
    with uncollected():
        for path, before, after in differing:
            old, old_fault = reader.read(path, before)
            new, new_fault = reader.read(path, after)
            found.old_faults.extend(first(old_fault))
            found.new_faults.extend(first(new_fault))
            if not old_fault and not new_fault:
                found.pairs.append((old, new))
    return found


def first(findings: Iterable[Finding]) -> list[Finding]:
    """Give the first of them by place, if there is one."""
    return sorted(findings, key=lambda finding: finding.place)[:1]


class Reader:
    """Reads the events of one log from blobs that are at hand, or from the working tree."""

    def __init__(self, root: Path, blobs: Mapping[str, bytes | None]) -> None:
        self._root, self._blobs = root, blobs

    def read(self, path: str, side: Side | None) -> tuple[Event | None, list[Finding]]:
        """Give the event of a file on one side, or every error of it; of no file, neither."""
        if side is None:
            return None, []
        data = self._bytes(path, side)
        if isinstance(data, Finding):
            return None, [data]
        event, findings = parse(data)
        if errors := [f._replace(path=path) for f in findings if f.level == ERROR]:
            return None, errors
        if event is not None and path != path_of(str(event["id"])):
            message = f"id: {event['id']} belongs in {path_of(str(event['id']))}"
            return None, [Finding("path-mismatch", message, path, event=str(event["id"]))]
        return event, []

    def _bytes(self, path: str, side: Side) -> bytes | Finding:
        if not side.blob:
            return read_bytes(self._root / path, path)
        return content(path, side, self._blobs)
