"""One file's bytes taken for the index: as an event, with whatever there is to tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.dialect.canonical import Canonical
from rexctl.events.catalogue import judge
from rexctl.plain.legal import SHAPES
from rexctl.store import restyling
from rexctl.store.reader import read

if TYPE_CHECKING:
    from rexctl.plain.finding import Finding
    from rexctl.vocabulary.vocabulary import Vocabulary

Plain = dict[str, Any]
# It remembers lines, never files: what it gives does not hang on what it has read before.
_CANONICAL = Canonical(SHAPES)


def take(data: bytes, path: str, vocabulary: Vocabulary) -> tuple[Plain | None, list[Finding]]:
    """Give the event of a file, or None; and what was found, another spelling than ours included.

    A canonical file without a fault, as nearly all are, is read line by line; any other by the
    parser that knows where each part stands, so that a finding has its place.
    """
    plain = _CANONICAL.read(data)
    if plain is not None:
        event, faults = judge(plain, vocabulary)
        # A code or a text that the judge spells otherwise is not canonical, however it is written.
        if not faults and event == plain:
            return event, []
    reading = read(data, path, vocabulary)
    findings = list(reading.findings)
    if reading.event is not None and not findings:
        findings += restyling.uncanonical(reading, data, path)
    return reading.event, findings
