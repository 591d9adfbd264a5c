"""From the bytes of a file to what the cache keeps of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cache.event_row import EventRow, make_row
from rexctl.records import ERROR, Finding
from rexctl.values.json_text import storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.yamlfile.parse import ParsedFile


class ParsedBlob(NamedTuple):
    """The row of an event, or None; and the findings of parsing in JSON, None where there are none."""

    row: EventRow | None
    findings: str | None


def parse_blob(data: bytes) -> ParsedBlob:
    """Return what a file with these bytes holds; it depends on nothing else."""
    from rexctl.yamlfile.parse import parse

    return from_parsed(parse(data))


def from_parsed(file: ParsedFile) -> ParsedBlob:
    """Return what the cache keeps of a file that is parsed already."""
    row = None if file.event is None else make_row(file.event)
    return ParsedBlob(row, dump_findings(file.findings))


def dump_findings(findings: Sequence[Finding]) -> str | None:
    """Return findings as JSON, None for none."""
    if not findings:
        return None
    return str(storable(json.dumps([f._asdict() for f in findings], ensure_ascii=False)))


def load_parsed(
    line: bytes | None, findings: str | None, path: str
) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Return the event of a file and no finding, or None and its errors, from the cache's row."""
    if line is not None:
        row = json.loads(line, parse_int=str, parse_float=str)
        return {name: value for name, value in row.items() if name[0] != "_"}, []  # computed fields
    found = load_findings(findings, path) if findings else []
    return None, [finding for finding in found if finding.level == ERROR]


def load_findings(text: str, path: str) -> list[Finding]:
    """Return the findings of a file from JSON."""
    return [Finding.from_dict({**one, "path": path}) for one in json.loads(text)]
