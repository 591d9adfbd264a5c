"""From the bytes of an event file to the event, or to every finding that says why it is none.

A file without a fault is read from libyaml's events in one loop that keeps no positions; any sign
of a fault has it read again by `documents`, which knows the line and column of each part. That
takes 0.2 ms an event instead of 1.1 (`python -m tests.benchmarks.parsing`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from rexctl.model.from_input import from_input
from rexctl.model.validate import validate
from rexctl.records import ERROR
from rexctl.yamlfile import source
from rexctl.yamlfile.refusals import HARMFUL, LONGEST_KEY, NULLS
from rexctl.yamlfile.source import LIMITS
from rexctl.yamlfile.walk import LOADER, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.model.codes import Vocabulary
    from rexctl.records import Finding
    from rexctl.yamlfile.document import Document

    Plain = dict[str, Any]

# Signs of what is worth a closer look: text cut off by a `#`, and a tab as indentation.
_SUSPECT = re.compile(r"[ \t]#(?:[^\s#!:]| \d)|^ *\t", re.MULTILINE)


class ParsedFile(NamedTuple):
    """The event of a file as plain data in canonical order, or None; and what was found.

    Findings are sorted by line and column; their path is empty, for the bytes do not know it.
    Warnings may come with an event, errors never do.
    """

    event: Plain | None
    findings: tuple[Finding, ...]


def parse(data: bytes) -> ParsedFile:
    """Return the event that the bytes of a file hold in the stored form, or what is wrong with it.

    A pure function of the bytes: it knows no path, vocabulary, date or other file.
    """
    value = _value_of(data)
    if value is not None:
        event, findings = validate(value)
        if not findings:
            return ParsedFile(event, ())
    return parse_document(walk(data, "")[0])


def parse_document(document: Document) -> ParsedFile:
    """Return the event that a document holds, or every finding about it, located."""
    found = list(document.findings)
    event: Plain | None = None
    if document.value is not None:
        event, faults = validate(document.value)
        found += located(document, faults)
    if any(finding.level == ERROR for finding in found):
        event = None
    return ParsedFile(event, tuple(sorted(found, key=lambda finding: finding.place)))


def parse_input(document: Any, vocabulary: Vocabulary, **filled: str) -> ParsedFile:
    """Return the event that typed input means, in the stored form, or every finding about it.

    `document` is a Document or a Record of an importer, and may use names and shorthand; `filled`
    holds fields that it may leave out.
    """
    found = list(document.findings)
    event: Plain | None = None
    if document.value is not None:
        value = document.value
        record, unknown = from_input({**filled, **value} if isinstance(value, dict) else value,
                                     vocabulary)  # fmt: skip
        event, faults = validate(record)
        found += located(document, [*unknown, *faults])
    if any(finding.level == ERROR for finding in found):
        event = None
    return ParsedFile(event, tuple(sorted(found, key=lambda finding: finding.place)))


def located(document: Any, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings about the value of a document with the line and column of their `loc`.

    A place that the document itself reports already (an empty value) is not reported twice.
    """
    reported = {(one.line, one.column) for one in document.findings if one.level == ERROR}
    found = [document.locate(one) for one in findings]
    return [one for one in found
            if one.code == "missing-field" or (one.line, one.column) not in reported]  # fmt: skip


def locate(data: bytes, findings: Iterable[Finding], path: str = "") -> list[Finding]:
    """Return findings about the event in these bytes with line and column filled in."""
    document = walk(data, path)[0]
    return [document.locate(one) for one in findings]


class _Unusual(Exception):
    """The text has something that the quick loop does not judge."""


def _value_of(data: bytes) -> Any:
    """Return the plain value of a file without a fault, or None where `documents` must look."""
    if len(data) > LIMITS.size:
        return None
    text = source.read(data, "", most=LIMITS.size)
    if text.findings or _SUSPECT.search(text.text) or text.text.count("#") > LIMITS.values:
        return None
    try:
        return _built(yaml.parse(text.text, Loader=LOADER))
    except (_Unusual, yaml.YAMLError):
        return None


def _built(events: Iterable[Any]) -> Any:
    """Return the value of the one document that the parser's events tell. Raises _Unusual."""
    whole: list[Any] = []
    here: Any = whole  # the list or mapping that is open
    key: str | None = None  # the key that waits for its value
    above: list[tuple[Any, str | None]] = []
    count = documents = 0
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value = event.value
            if event.anchor is not None or event.tag is not None:
                raise _Unusual
            if not value.isprintable() and HARMFUL.search(value):
                raise _Unusual
            if key is None and type(here) is dict:
                if value in here or not value or value == "<<" or len(value) > LONGEST_KEY:
                    raise _Unusual
                if "\n" in value:
                    raise _Unusual
                key = value
                continue
            if not event.style and value in NULLS:
                raise _Unusual
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            here, key = above.pop()
            continue
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                raise _Unusual
            if key is None and type(here) is dict:  # a list or mapping as a key
                raise _Unusual
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1 or event.version or event.tags:
                raise _Unusual
            continue
        elif kind is yaml.AliasEvent:
            raise _Unusual
        else:
            continue
        count += 1
        if key is None:
            here.append(value)
        else:
            here[key] = value
        if kind is not yaml.ScalarEvent:
            if len(above) == LIMITS.depth or count > LIMITS.values:
                raise _Unusual
            above.append((here, None))
            here = value
        key = None
    if count > LIMITS.values or not whole:
        raise _Unusual
    return whole[0]
