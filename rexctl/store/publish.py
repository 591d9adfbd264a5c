"""From files that changed to rows of the index: the bell that the index rings."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from rexctl.derive.row import row_of
from rexctl.index import put
from rexctl.plain.finding import ERROR, WARNING, Finding
from rexctl.store import restyling, settings
from rexctl.store.opening import read_bytes
from rexctl.store.reader import read
from rexctl.store.spelling import canonical
from rexctl.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rexctl.index.fresh import Changed
    from rexctl.index.tables import Index
    from rexctl.store.reader import Reading


def publish(
    index: Index, root: Path, changed: Sequence[Changed],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:  # fmt: skip
    """Put each changed file into the index: as an event, or as its findings."""
    vocabulary, findings, files = vocabulary_of(root)
    events = [change for change in changed if change.path.startswith("events/")]
    others = [change for change in changed if not change.path.startswith("events/")]
    collecting = gc.isenabled()
    gc.disable()  # many small objects, no cycles: three times faster without the collector
    try:
        if others:
            _publish_words(index, vocabulary, files)
            for change in others:
                told = [f for f in findings if f.path == change.path]
                put.put_file(index, change, b"", None, told)
        for done, change in enumerate(events):
            _publish_event(index, root, change, vocabulary)
            progress(done + 1, len(events))
    finally:
        if collecting:
            gc.enable()


def vocabulary_of(root: Path) -> tuple[Vocabulary, list[Finding], dict[str, bytes]]:
    """Give the log's vocabulary joined with ours, what is wrong with it, and the files' bytes."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    names = sorted(p.name for p in (root / "vocabulary").glob("*.yaml") if p.name[0] != ".")
    for path in [*(f"vocabulary/{name}" for name in names), "rexctl.yaml"]:
        data = read_bytes(root / path, path)
        if isinstance(data, Finding):
            findings.append(data)
        else:
            files[path] = data
    vocabulary, told = Vocabulary.of_log(
        {path: data for path, data in files.items() if path != "rexctl.yaml"}
    )
    if "rexctl.yaml" in files:
        told += settings.read(files["rexctl.yaml"], "rexctl.yaml")[1]
    return vocabulary, findings + told, files


def _publish_words(index: Index, vocabulary: Vocabulary, files: dict[str, bytes]) -> None:
    found, _ = settings.read(files.get("rexctl.yaml", b"format: 1\n"), "rexctl.yaml")
    put.put_codes(index, vocabulary.codes())
    put.put_members(index, vocabulary.members())
    put.put_settings(index, {"title": found.title, "format": found.format}, found.queries)


def _publish_event(index: Index, root: Path, change: Changed, vocabulary: Vocabulary) -> None:
    data = read_bytes(root / change.path, change.path)
    if isinstance(data, Finding):
        put.put_file(index, change, b"", None, [data])
        return
    reading = read(data, change.path, vocabulary)
    findings = [*reading.findings, *_misplaced(reading.event, change.path)]
    if reading.event is not None and not findings:
        findings += _uncanonical(reading, data, change.path)
    broken = any(finding.level == ERROR for finding in findings)
    row = row_of(reading.event) if reading.event and not broken else None
    put.put_file(index, change, data, row, findings)


def _misplaced(event: dict[str, object] | None, path: str) -> list[Finding]:
    """A file whose content disagrees with its name is an invalid event: the id is the path."""
    if event is None:
        return []
    name = str(event["id"])
    wanted = f"events/{name[:4]}/{name}.yaml"
    if path == wanted:
        return []
    return [Finding("path-and-id", f"id: {name} belongs in {wanted}", path, event=name,
                    hint=f"rename the file, or set id: {path.rsplit('/', 1)[-1][:-5]}")]  # fmt: skip


def _uncanonical(reading: Reading, data: bytes, path: str) -> list[Finding]:
    """Two spellings of one event would make two diffs: another than the canonical one is told."""
    if reading.event is None or reading.document is None or canonical(reading.event) == data:
        return []
    # A file with comments is canonical with them; only then is the longer way needed.
    if reading.document.comments and restyling.canonical(reading, path) == data:
        return []
    told = reading.document.fault(
        "not-canonical", "is not in canonical form", ("id",), level=WARNING,
        hint="rexctl fmt writes it so",
    )  # fmt: skip
    return [told]
