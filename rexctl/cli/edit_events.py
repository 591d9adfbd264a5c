"""Events of the log that are to change: each file read, altered in place, judged, all written or none."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import InputRefusedError
from rexctl.model.legal import SHAPES
from rexctl.model.validate import judge
from rexctl.records import ERROR, Finding
from rexctl.store import writer
from rexctl.store.reader import read
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.edit import splice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rexctl.model.shape import Fault
    from rexctl.vocabulary.vocabulary import Vocabulary

    Plain = dict[str, Any]
    Alter = Callable[[Plain], Plain]


class Faulty(Exception):
    """The event would have faults; `faults` are those of the model."""

    def __init__(self, faults: Sequence[Fault]) -> None:
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
    reading = read(data, path, vocabulary)
    before, document = reading.event, reading.document
    if before is None or document is None:
        raise InputRefusedError([f for f in reading.findings if f.level == ERROR])
    wanted = alter(copy.deepcopy(document.value))
    # What another tool worked out stands in no event, and is no part of what is judged.
    event, faults = judge({k: v for k, v in wanted.items() if k[:1] != "_"}, vocabulary)
    if event is None:
        raise Faulty(faults)
    # What was not asked keeps its spelling: a name in the place of a code is `fmt`'s to mend.
    kept = _settled(document.value, wanted, event)
    shape = str(event["type"])
    new = splice(document, data, kept, shape, SHAPES, anew=anew)
    if isinstance(new, Finding):
        raise InputRefusedError([new])
    return Altered(path, before, event, data, new)


def opened(root: Path, path: str) -> bytes:
    """Give the bytes of a file of the log. Raises InputRefusedError where it cannot be read."""
    data = read_bytes(root / path, path)
    if isinstance(data, Finding):
        raise InputRefusedError([data])
    return data


def judged(data: bytes, path: str, vocabulary: Vocabulary) -> tuple[Plain | None, list[Finding]]:
    """Give the event that bytes hold, or None; and the errors found."""
    reading = read(data, path, vocabulary)
    return reading.event, [finding for finding in reading.findings if finding.level == ERROR]


def now(root: Path, path: str, vocabulary: Vocabulary) -> Plain | None:
    """Give the event as its file has it at this moment, or None where it cannot be read."""
    data = read_bytes(root / path, path)
    return read(data, path, vocabulary).event if isinstance(data, bytes) else None


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
