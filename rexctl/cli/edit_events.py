"""Events of the log that are to change: each file read, altered in place, judged, all written or none."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import InputRefusedError
from rexctl.model.codes import check_codes
from rexctl.model.from_input import from_input
from rexctl.model.legal import SHAPES
from rexctl.model.validate import validate
from rexctl.records import ERROR, Finding
from rexctl.store import writer
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import splice
from rexctl.yamlfile.parse import located, parse, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rexctl.vocabulary.vocabulary import Vocabulary

    Plain = dict[str, Any]
    Alter = Callable[[Plain], Plain]


class Faulty(Exception):
    """The event would have faults; `faults` are those of the model."""

    def __init__(self, faults: Sequence[Finding]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


class Altered(NamedTuple):
    """A file of the log as it is and as it is to be: the event and the bytes, before and after."""

    path: str
    before: Plain
    after: Plain
    old: bytes
    new: bytes

    @property
    def is_other(self) -> bool:
        """Tell whether anything changes."""
        return self.old != self.new


def altered(
    root: Path, path: str, alter: Alter, vocabulary: Vocabulary, *, anew: bool = False
) -> Altered:
    """Alter the event of a file; only the lines of what differs change, and no comment goes.

    With `anew`, what cannot be changed in place is written anew in canonical form. Raises
    InputRefusedError for a file that has faults or cannot be changed so, and Faulty.
    """
    data = opened(root, path)
    document = read_document(data, path)
    before, findings, _ = parse_document(document)
    if before is None:
        raise InputRefusedError([f for f in findings if f.level == ERROR])
    wanted = alter(copy.deepcopy(document.value))
    record, unknown = from_input(wanted, vocabulary)
    event, faults = validate(record)
    if unknown:
        unknown = _new(unknown, check_codes(document.value, vocabulary))
    if event is None or unknown:
        raise Faulty([*unknown, *faults])
    # A part that was not to change keeps its text, even a name in the place of a code.
    kept = _settled(document.value, wanted, event)
    shape = str(event["type"])
    new = splice(document, data, kept, shape, SHAPES, rewrite=anew)
    if isinstance(new, Finding):
        raise InputRefusedError([new])
    return Altered(path, before, event, data, new)


def opened(root: Path, path: str) -> bytes:
    """Give the bytes of a file of the log. Raises InputRefusedError where it cannot be read."""
    data = read_bytes(root / path, path)
    if isinstance(data, Finding):
        raise InputRefusedError([data])
    return data


class Typed(NamedTuple):
    """The text of a file as a person edited it: the event, the bytes to store, and the errors."""

    event: Plain | None
    data: bytes
    errors: list[Finding]


def typed(data: bytes, path: str, vocabulary: Vocabulary, old: bytes) -> Typed:
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
        findings += located(document, [*unknown, *faults])
        if event is not None and record != document.value:
            spliced = splice(document, data, record, str(event["type"]), SHAPES, rewrite=True)
            if isinstance(spliced, Finding):
                findings.append(spliced)
            else:
                data = spliced
    errors = sorted((f for f in findings if f.level == ERROR), key=lambda finding: finding.sort_key)
    return Typed(None if errors else event, data, errors)


def now(root: Path, path: str) -> Plain | None:
    """Return the event that a file has at this moment, or None where it does not parse."""
    data = read_bytes(root / path, path)
    return parse(data).event if isinstance(data, bytes) else None


def _new(unknown: Sequence[Finding], before: Sequence[Finding]) -> list[Finding]:
    """Return the findings of codes that were not reported before."""
    reported = {(one.code, one.message) for one in before}
    return [one for one in unknown if (one.code, one.message) not in reported]


def write(root: Path, changes: Sequence[Altered]) -> list[str]:
    """Write every file that changes, all or none; gives their paths.

    Raises ConflictError where one is no longer what was read, and EnvironmentFaultError.
    """
    todo = [(one.path, one.new, writer.digest(one.old)) for one in changes if one.is_other]
    return writer.replace_batch(root, todo)


def _settled(old: Any, new: Any, judged: Any) -> Any:
    """Give the new data: as it was written where it is the old, as judged where it is not."""
    if new == old:
        return old
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(judged, dict):
        return {key: _settled(old.get(key), new[key], judged.get(key)) for key in new}
    if isinstance(new, list) and isinstance(judged, list) and len(new) == len(judged):
        was = old if isinstance(old, list) else []
        return [part if part in was else one for part, one in zip(new, judged, strict=True)]
    return judged
