"""Edits of event files: in place, with comments kept, validated, and written all or none."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import InputRefusedError
from rexctl.model.codes import check_codes
from rexctl.model.from_input import from_input
from rexctl.model.validate import validate
from rexctl.records import ERROR, Finding
from rexctl.store import writer
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import splice
from rexctl.yamlfile.parse import locate_new, parse, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rexctl.vocabulary.vocabulary import Vocabulary

    Plain = dict[str, Any]
    Change = Callable[[Plain], Plain]


class InvalidEventError(Exception):
    """The event would have errors; `faults` are their findings."""

    def __init__(self, faults: Sequence[Finding]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


class EventEdit(NamedTuple):
    """The edit of a file: its path, and the event and the bytes before and after."""

    path: str
    before: Plain
    after: Plain
    old: bytes
    new: bytes

    @property
    def has_changed(self) -> bool:
        """Tell whether the bytes differ."""
        return self.old != self.new


def edit_event(
    root: Path, path: str, change: Change, vocabulary: Vocabulary, *, rewrite: bool = False
) -> EventEdit:
    """Return the edit of a file by a change of its event; only lines that differ change.

    :param rewrite: rewrite the file in canonical form where it cannot be changed in place.
    :raises InputRefusedError: the file has errors, or cannot be changed in place.
    :raises InvalidEventError: the event would have errors.
    """
    data = read_file(root, path)
    document = read_document(data, path)
    before, findings, _ = parse_document(document)
    if before is None:
        raise InputRefusedError([f for f in findings if f.level == ERROR])
    changed = change(copy.deepcopy(document.value))
    record, unknown = from_input(changed, vocabulary)
    event, faults = validate(record)
    if unknown:
        unknown = _new(unknown, check_codes(document.value, vocabulary))
    if event is None or unknown:
        raise InvalidEventError([*unknown, *faults])
    # A part that was not to change keeps its text, even a name in the place of a code.
    data_to_write = _keep_unchanged(document.value, changed, event)
    shape = str(event["type"])
    new = splice(document, data, data_to_write, shape, rewrite=rewrite)
    if isinstance(new, Finding):
        raise InputRefusedError([new])
    return EventEdit(path, before, event, data, new)


def read_file(root: Path, path: str) -> bytes:
    """Return the bytes of a file of the log. Raises InputRefusedError where it cannot be read."""
    data = read_bytes(root / path, path)
    if isinstance(data, Finding):
        raise InputRefusedError([data])
    return data


class EditedText(NamedTuple):
    """The text of a file as a person edited it: the event, the bytes to store, and the errors."""

    event: Plain | None
    data: bytes
    errors: list[Finding]


def parse_edited(data: bytes, path: str, vocabulary: Vocabulary, old: bytes) -> EditedText:
    """Return what an edited text means; names and shorthand in it become the stored form.

    A code that is not known is an error, unless the `old` file has it too.
    """
    document = read_document(data, path)
    findings = list(document.findings)
    event: Plain | None = None
    if document.value is not None:
        record, unknown = from_input(document.value, vocabulary)
        event, faults = validate(record)
        if unknown:
            unknown = _new(unknown, check_codes(read_document(old, path).value, vocabulary))
        findings += locate_new(document, [*unknown, *faults])
        if event is not None and record != document.value:
            spliced = splice(document, data, record, str(event["type"]), rewrite=True)
            if isinstance(spliced, Finding):
                findings.append(spliced)
            else:
                data = spliced
    errors = sorted((f for f in findings if f.level == ERROR), key=lambda finding: finding.sort_key)
    return EditedText(None if errors else event, data, errors)


def current_event(root: Path, path: str) -> Plain | None:
    """Return the event that a file has at this moment, or None where it does not parse."""
    data = read_bytes(root / path, path)
    return parse(data).event if isinstance(data, bytes) else None


def _new(unknown: Sequence[Finding], before: Sequence[Finding]) -> list[Finding]:
    """Return the findings of codes that were not reported before."""
    reported = {(one.code, one.message) for one in before}
    return [one for one in unknown if (one.code, one.message) not in reported]


def write_edits(root: Path, edits: Sequence[EventEdit]) -> list[str]:
    """Write every file that changes, all or none, and return their paths.

    Raises ConflictError where one has changed since it was read, and EnvironmentFaultError.
    """
    todo = [(one.path, one.new, writer.digest(one.old)) for one in edits if one.has_changed]
    return writer.replace_batch(root, todo)


def _keep_unchanged(old: Any, new: Any, valid: Any) -> Any:
    """Return the new data: as it was written where it is unchanged, else as the model has it."""
    if new == old:
        return old
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(valid, dict):
        return {key: _keep_unchanged(old.get(key), new[key], valid.get(key)) for key in new}
    if isinstance(new, list) and isinstance(valid, list) and len(new) == len(valid):
        before = old if isinstance(old, list) else []
        return [part if part in before else one for part, one in zip(new, valid, strict=True)]
    return valid
