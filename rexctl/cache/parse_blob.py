"""From the bytes of a file to what the cache keeps of them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cache.event_row import EventRow, make_row, storable
from rexctl.records import ERROR, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence


class ParsedBlob(NamedTuple):
    """The row of an event, or None; and the findings of parsing in JSON, None where there are none."""

    row: EventRow | None
    findings: str | None


def parse_blob(data: bytes) -> ParsedBlob:
    """Return what a file with these bytes holds; it depends on nothing else."""
    event, findings = _parse(data)
    return ParsedBlob(None if event is None else make_row(event), dump_findings(findings))


def dump_findings(findings: Sequence[Finding]) -> str | None:
    """Return findings as JSON, None for none."""
    if not findings:
        return None
    return str(storable(json.dumps([f._asdict() for f in findings], ensure_ascii=False)))


def load_findings(text: str, path: str) -> list[Finding]:
    """Return the findings of a file from JSON."""
    return [Finding(**{**one, "path": path}) for one in json.loads(text)]


def _parse(data: bytes) -> tuple[dict[str, Any] | None, list[Finding]]:
    # The old reader, until `yamlfile.parse` is there.
    from rexctl.store.reader import read
    from rexctl.vocabulary.vocabulary import shipped

    event = _canonical().event(data)
    if event is not None:
        return event, []
    reading = read(data, "", shipped())
    errors = any(finding.level == ERROR for finding in reading.findings)
    return None if errors else reading.event, list(reading.findings)


@cache
def _canonical() -> Any:
    from rexctl.store.canonical.reading import Canonical
    from rexctl.vocabulary.vocabulary import shipped

    return Canonical(shipped())
