"""Events on both sides of a comparison: read, or told why not; one bad file hides no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.gitrepo.blobs import content, contents
from rexctl.gitrepo.comparing import pairs
from rexctl.records import ERROR, Finding
from rexctl.store.canonical.reading import Canonical
from rexctl.store.crew import uncollected
from rexctl.store.layout import path_of
from rexctl.store.safe_open import read_bytes
from rexctl.store.taking import take

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rexctl.gitrepo.comparing import Side
    from rexctl.gitrepo.revisions import Sides
    from rexctl.gitrepo.run import Git
    from rexctl.vocabulary.vocabulary import Vocabulary

    Event = dict[str, Any]


class Compared(NamedTuple):
    """The events of each file that differs, None where there is none; and what does not read.

    A file that does not read on one side stands in no pair: it would seem to have come or gone.
    `old_faults` are told of the old side, `new_faults` of the new one.
    """

    pairs: list[tuple[Event | None, Event | None]]
    old_faults: list[Finding]
    new_faults: list[Finding]


def compared(
    git: Git, root: Path, sides: Sides, vocabularies: tuple[Vocabulary, Vocabulary]
) -> Compared:
    """Read what differs between two states of the log at `root`, each judged by its own vocabulary.

    Goods are judged by their shape alone: the past is not to be mended, and the tables of HS 2022
    cost more than the rest of the work.
    """
    differing = pairs(git, sides)
    blobs = contents(git, (s.blob for p in differing for s in (p.old, p.new) if s and s.blob))
    before_by, now_by = vocabularies
    readers = [Reader(root, blobs, replace(before_by, tables=False))]
    # One remembers the lines that it has met, so that two of them take nearly twice the time.
    same = now_by is before_by
    readers.append(readers[0] if same else Reader(root, blobs, replace(now_by, tables=False)))
    found = Compared([], [], [])
    with uncollected():
        for path, before, after in differing:
            old, old_fault = readers[0].read(path, before)
            new, new_fault = readers[1].read(path, after)
            found.old_faults.extend(first(old_fault))
            found.new_faults.extend(first(new_fault))
            if not old_fault and not new_fault:
                found.pairs.append((old, new))
    return found


def first(findings: Iterable[Finding]) -> list[Finding]:
    """Give the first of them by place, if there is one."""
    return sorted(findings, key=lambda finding: finding.sort_key)[:1]


class Reader:
    """Reads the events of one log from blobs that are at hand, or from the working tree."""

    def __init__(
        self, root: Path, blobs: Mapping[str, bytes | None], vocabulary: Vocabulary
    ) -> None:
        self._root, self._blobs, self._vocabulary = root, blobs, vocabulary
        self._canonical = Canonical(vocabulary)

    def read(self, path: str, side: Side | None) -> tuple[Event | None, list[Finding]]:
        """Give the event of a file on one side, or every error of it; of no file, neither."""
        if side is None:
            return None, []
        data = self._bytes(path, side)
        if isinstance(data, Finding):
            return None, [data]
        event = self._canonical.event(data)
        if event is None:
            event, findings = take(data, path, self._vocabulary)
            if errors := [finding for finding in findings if finding.level == ERROR]:
                return None, errors
        if event is not None and path != path_of(str(event["id"])):
            message = f"id: {event['id']} belongs in {path_of(str(event['id']))}"
            return None, [Finding("path-and-id", message, path, event=str(event["id"]))]
        return event, []

    def _bytes(self, path: str, side: Side) -> bytes | Finding:
        if not side.blob:
            return read_bytes(self._root / path, path)
        return content(path, side, self._blobs)
