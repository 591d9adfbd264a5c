"""One file's bytes taken the long way: as an event, with whatever there is to tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.store import restyling
from rexctl.store.reader import read

if TYPE_CHECKING:
    from rexctl.records import Finding
    from rexctl.vocabulary.vocabulary import Vocabulary


def take(
    data: bytes, path: str, vocabulary: Vocabulary
) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Give the event of a file, or None; and what was found, another spelling than ours included."""
    reading = read(data, path, vocabulary)
    findings = list(reading.findings)
    if reading.event is not None and not findings:
        findings += restyling.uncanonical(reading, data, path)
    return reading.event, findings
