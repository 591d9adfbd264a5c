"""JSON lines: one object a line, as `list -j` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.importers import Record
from rexctl.importers.json import parse, range_finder, record_of
from rexctl.yamlfile.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator


def records(data: bytes, name: str) -> Iterator[Record]:
    """Yield each line as a record; empty lines are skipped."""
    text = data.decode("utf-8-sig")
    source, start = Source(name, text), 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            value, fault = parse(line, source, number)
            if fault:
                yield Record(source, findings=[fault])
            else:
                yield record_of(value, source, range_finder(line, start))
        start += len(line) + 1
