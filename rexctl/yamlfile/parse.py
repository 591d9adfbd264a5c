"""From the bytes of an event file to the event, or to every finding that says why it is none."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from rexctl.model.codes import Vocabulary
from rexctl.model.upgrade import upgrade
from rexctl.model.validate import validate, validate_input
from rexctl.records import ERROR, Finding
from rexctl.yamlfile.documents import Document, read_document

Plain = dict[str, Any]


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
    return parse_document(read_document(data))


def read_value(data: bytes) -> Any:
    """Return the plain value of a file, whether it is a valid event or not; None without one."""
    return read_document(data).value


def parse_earlier(data: bytes) -> ParsedFile:
    """Return the event of a file that may have fields of an earlier version, in the present form."""
    document = read_document(data)
    return _parsed(document, *validate(upgrade(document.value)))


def parse_document(document: Document) -> ParsedFile:
    """Return the event that a document holds, or every finding about it, located."""
    return _parsed(document, *validate(document.value))


def parse_input(
    document: Any, vocabulary: Vocabulary, *, today: date | None = None,
    resolve_id: Callable[[str], str] | None = None, **filled: Any,
) -> ParsedFile:  # fmt: skip
    """Return the event that typed input means, in the stored form, or every finding about it.

    `document` is a Document or a Record of an importer, and may use names and shorthand; `filled`
    holds fields that it may leave out. `today` and `resolve_id` are those of `from_input`.
    """
    value = document.value
    value = {**filled, **value} if isinstance(value, dict) else value
    _, event, findings = validate_input(value, vocabulary, today=today, resolve_id=resolve_id)
    return _parsed(document, event, findings)


def _parsed(document: Any, event: Plain | None, faults: Sequence[Finding]) -> ParsedFile:
    """Return the event of a document, with the findings of both located."""
    findings = list(document.findings)
    if document.value is not None:
        findings += locate_new(document, faults)
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
