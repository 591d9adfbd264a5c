"""Reads a stream the way `add` does: records, judged one by one."""

from __future__ import annotations

from functools import cache
from typing import Any

from rexctl import importers
from rexctl.vocabulary.vocabulary import Vocabulary, parse_vocabulary
from rexctl.yamlfile.parse import parse, parse_input
from tests import regenerate

DATA = regenerate.ROOT / "data"


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped log."""
    folder = DATA / "vocabulary"
    files = {f"vocabulary/{path.name}": path.read_bytes() for path in folder.glob("*.yaml")}
    found, faults = parse_vocabulary(files)
    assert faults == []
    return found


@cache
def shipped_events() -> tuple[dict[str, Any], ...]:
    """Every event of the shipped log, as plain data."""
    paths = sorted((DATA / "events").rglob("*.yaml"))
    found = [parse(path.read_bytes()).event for path in paths]
    assert found
    assert all(found)
    return tuple(event for event in found if event)


def judged(data: bytes | str, name: str = "-", form: str = "") -> list[Any]:
    """Read and judge every record of a stream."""
    raw = data.encode() if isinstance(data, str) else data
    return [parse_input(r, vocabulary()) for r in importers.read_records(raw, name, form)]


def events(data: bytes | str, name: str = "-", form: str = "") -> list[dict[str, Any]]:
    """The events of a stream that has no fault."""
    readings = judged(data, name, form)
    assert [finding for reading in readings for finding in reading.findings] == []
    return [reading.event for reading in readings]


def faults(data: bytes | str, name: str = "-", form: str = "") -> list[tuple[Any, ...]]:
    """Place, width and code of everything that is wrong with a stream."""
    found = [finding for reading in judged(data, name, form) for finding in reading.findings]
    assert all(finding.path == name for finding in found)
    return [(f.line, f.column, f.width, f.code) for f in found]
