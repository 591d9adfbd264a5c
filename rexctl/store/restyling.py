"""Each file of the log beside its canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.model.legal import SHAPES
from rexctl.records import ERROR, WARNING, Finding
from rexctl.store import spelling
from rexctl.store.reader import read
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.format import restyle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rexctl.store.reader import Reading
    from rexctl.vocabulary.vocabulary import Vocabulary


class Restyled(NamedTuple):
    """A file as it is and as it should be; `data` is None where it cannot be restyled."""

    path: str
    before: bytes
    data: bytes | None
    findings: tuple[Finding, ...]


def of_log(root: Path, vocabulary: Vocabulary, wanted: Sequence[str]) -> Iterator[Restyled]:
    """Give every event file under the wanted paths (none: all), restyled."""
    for file in sorted((root / "events").glob("*/*.yaml")):
        path = file.relative_to(root).as_posix()
        chosen = not wanted or any(w in (".", path) or path.startswith(w + "/") for w in wanted)
        if chosen and not file.name.startswith("."):
            yield _one(root, path, vocabulary)


def _one(root: Path, path: str, vocabulary: Vocabulary) -> Restyled:
    data = read_bytes(root / path, path)
    if isinstance(data, Finding):
        return Restyled(path, b"", None, (data,))
    reading = read(data, path, vocabulary)
    if reading.event is None:
        first = [f for f in reading.findings if f.level == ERROR]
        return Restyled(path, data, None, tuple(first))
    found = canonical(reading, path)
    if isinstance(found, Finding):
        return Restyled(path, data, None, (found,))
    return Restyled(path, data, found, ())


def canonical(reading: Reading, path: str) -> bytes | Finding:
    """Give the canonical bytes of an event that was read, its comments kept, or why not."""
    event, document = reading.event, reading.document
    if event is None or document is None:
        raise ValueError("only an event that was read has a canonical form")
    return restyle(document, event, str(event["type"]), SHAPES, path)


def uncanonical(reading: Reading, data: bytes, path: str) -> list[Finding]:
    """Two spellings of one event would make two diffs: another than the canonical one is told."""
    event, document = reading.event, reading.document
    if event is None or document is None or spelling.canonical(event) == data:
        return []
    # A file with comments is canonical with them; only then is the longer way needed.
    if document.comments and canonical(reading, path) == data:
        return []
    told = document.fault("not-canonical", "is not in canonical form", ("id",), level=WARNING,
                          hint="rexctl fmt writes it so")  # fmt: skip
    return [told]
