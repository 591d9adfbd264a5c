"""From the bytes of a file to an event, or to every finding about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.validate import judge
from rexctl.records import ERROR, Finding
from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from rexctl.vocabulary.vocabulary import Vocabulary
    from rexctl.yamlfile.walk import Document

Plain = dict[str, Any]


class Reading(NamedTuple):
    """What one document gave: the event as canonical plain data, or None; and what was found."""

    event: Plain | None
    findings: tuple[Finding, ...]
    document: Document | None = None


def read(data: bytes, name: str, vocabulary: Vocabulary) -> Reading:
    """Read one event file; `name` is its path as findings tell it."""
    return read_all(data, name, vocabulary, many=False)[0]


def read_all(
    data: bytes, name: str, vocabulary: Vocabulary, *, many: bool = True, **filled: str
) -> list[Reading]:
    """Read the documents of a stream; `filled` gives fields that a document may leave out."""
    documents = walk(data, name, many=many)
    return [read_document(document, vocabulary, **filled) for document in documents]


def read_document(document: Document, vocabulary: Vocabulary, **filled: str) -> Reading:
    """Judge one document."""
    findings = list(document.findings)
    event: Plain | None = None
    if document.value is not None:
        value = document.value
        if isinstance(value, dict):
            value = {**filled, **{k: v for k, v in value.items() if not k.startswith("_")}}
        event, faults = judge(value, vocabulary)
        # What the walk has told of a place (an empty value), the schema need not tell again.
        told = {(f.line, f.column) for f in findings if f.level == ERROR}
        for fault in faults:
            found = document.fault(
                fault.code, fault.message, fault.loc, hint=fault.hint, on=fault.on
            )
            if (found.line, found.column) not in told or fault.code == "missing-field":
                findings.append(found)
    if any(finding.level == ERROR for finding in findings):
        event = None
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Reading(event, ordered, document)
