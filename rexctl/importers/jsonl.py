"""JSON lines: one object a line, as `list -j` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.importers import Record
from rexctl.importers.json import LocatedText, parse, record_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".jsonl", ".ndjson")


def records(data: bytes, name: str) -> Iterator[Record]:
    """Yield each line as a record; empty lines are skipped."""
    for number, line in enumerate(data.decode("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        value, fault = parse(line, name, number)
        if fault:
            yield Record(name, findings=[fault])
        else:
            yield record_of(value, name, LocatedText(line, number))
