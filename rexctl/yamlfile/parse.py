"""From the bytes of an event file to the event, or to every finding that says why it is none.

A file without a fault is read from libyaml's events in one loop that keeps no positions; any sign
of a fault has it read again by `documents`, which knows the line and column of each part. That
takes 0.23 ms an event instead of 0.41 (`python -m tests.benchmarks.parsing`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from rexctl.model.from_input import from_input
from rexctl.model.upgrade import upgrade
from rexctl.model.validate import validate
from rexctl.records import ERROR
from rexctl.values.limits import LIMITS
from rexctl.yamlfile import source
from rexctl.yamlfile.documents import LOADER, read_document
from rexctl.yamlfile.tree import HARMFUL, LONGEST_KEY, NULLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rexctl.model.codes import Vocabulary
    from rexctl.records import Finding
    from rexctl.yamlfile.documents import Document

    Plain = dict[str, Any]

# Signs of what is worth a closer look: text cut off by a `#`, and a tab as indentation.
_SUSPECT = re.compile(r"[ \t]#(?:[^\s#!:]| \d)|^ *\t", re.MULTILINE)


class ParsedFile(NamedTuple):
    """The event of a file as plain data in canonical order, or None; and the findings.

    Findings are sorted by line and column; their path is empty, for the bytes do not know it.
    Warnings may come with an event, errors never do. Where there is no event, `value` is the data
    as far as the YAML could be read: its links and codes can be checked all the same.
    """

    event: Plain | None
    findings: tuple[Finding, ...]
    value: Any = None


def parse(data: bytes) -> ParsedFile:
    """Return the event that the bytes of a file hold in the stored form, or what is wrong with it.

    A pure function of the bytes: it knows no path, vocabulary, date or other file.
    """
    value = _value_of(data)
    if value is not None:
        event, findings = validate(value)
        if not findings:
            return ParsedFile(event, ())
    return parse_document(read_document(data))


def read_value(data: bytes) -> Any:
    """Return the plain value of a file, whether it is a valid event or not; None without one."""
    return read_document(data).value


def parse_earlier(data: bytes) -> ParsedFile:
    """Return the event of a file that may have fields of an earlier version, in the present form."""
    document = read_document(data)
    return _parsed(document, upgrade(document.value), ())


def parse_document(document: Document) -> ParsedFile:
    """Return the event that a document holds, or every finding about it, located."""
    return _parsed(document, document.value, ())


def parse_input(document: Any, vocabulary: Vocabulary, **filled: str) -> ParsedFile:
    """Return the event that typed input means, in the stored form, or every finding about it.

    `document` is a Document or a Record of an importer, and may use names and shorthand; `filled`
    holds fields that it may leave out.
    """
    value = document.value
    record, unknown = from_input({**filled, **value} if isinstance(value, dict) else value,
                                 vocabulary)  # fmt: skip
    return _parsed(document, record, unknown)


def _parsed(document: Any, record: Any, unknown: Iterable[Finding]) -> ParsedFile:
    """Return the event of a record, located in its document; `unknown` has its unknown codes."""
    findings = list(document.findings)
    event: Plain | None = None
    if document.value is not None:
        event, faults = validate(record)
        findings += locate_new(document, [*unknown, *faults])
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    if any(finding.level == ERROR for finding in findings):
        return ParsedFile(None, ordered, document.value)
    return ParsedFile(event, ordered)


def locate_new(document: Any, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings about the value of a document with the line and column of their `loc`.

    A position that the document itself reports already (an empty value) is not reported twice.
    """
    reported = {(one.line, one.column) for one in document.findings if one.level == ERROR}
    located = [document.locate(one) for one in findings]
    return [one for one in located
            if one.code == "missing-field" or (one.line, one.column) not in reported]  # fmt: skip


def locate(data: bytes, findings: Iterable[Finding], path: str = "") -> list[Finding]:
    """Return findings about the event in these bytes with line and column filled in."""
    document = read_document(data, path)
    return [document.locate(one) for one in findings]


class _Unusual(Exception):
    """The text has something that needs the parser with positions."""


def _value_of(data: bytes) -> Any:
    """Return the plain value of a file without a fault, or None where `documents` must look."""
    # A value takes two characters at least, so that a smaller file cannot hold too many.
    if len(data) >= min(LIMITS.size, 2 * LIMITS.values):
        return None
    text = source.read(data, "", most=LIMITS.size)
    if text.findings or _SUSPECT.search(text.text):
        return None
    next_event = yaml.parse(text.text, Loader=LOADER).__next__
    try:
        next_event()  # the start of the stream
        start = next_event()
        if type(start) is not yaml.DocumentStartEvent or start.version or start.tags:
            return None
        value = _node(next_event(), next_event, 0)
        next_event()  # the end of the document
        return value if type(next_event()) is yaml.StreamEndEvent else None
    except (_Unusual, yaml.YAMLError):
        return None


def _node(event: Any, next_event: Callable[[], Any], depth: int) -> Any:
    """Return the value that begins with an event of the parser. Raises _Unusual."""
    if event.anchor is not None or event.tag is not None:
        raise _Unusual
    kind = type(event)
    if kind is yaml.ScalarEvent:
        if not event.style and event.value in NULLS:
            raise _Unusual
        return _text(event.value)
    if depth == LIMITS.depth:
        raise _Unusual
    if kind is yaml.SequenceStartEvent:
        items = []
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            items.append(_node(event, next_event, depth + 1))
        return items
    mapping: dict[str, Any] = {}
    while type(event := next_event()) is not yaml.MappingEndEvent:
        key = _key(event)
        if key in mapping:
            raise _Unusual
        mapping[key] = _node(next_event(), next_event, depth + 1)
    return mapping


def _key(event: Any) -> str:
    if type(event) is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
        raise _Unusual
    key: str = event.value
    if not key or key == "<<" or len(key) > LONGEST_KEY or not key.isprintable():
        raise _Unusual
    return key


def _text(text: str) -> str:
    """Return a text that holds nothing refused. Raises _Unusual."""
    if not text.isprintable() and HARMFUL.search(text):
        raise _Unusual
    return text
