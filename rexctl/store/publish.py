"""From files that changed to rows of the index: the bell that the index rings."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from rexctl.derive.row import row_of
from rexctl.index import put
from rexctl.plain.finding import ERROR, Finding
from rexctl.store import restyling, settings
from rexctl.store.opening import read_bytes
from rexctl.store.reader import read
from rexctl.store.wording import vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rexctl.index.put import Changed
    from rexctl.index.tables import Index
    from rexctl.vocabulary.vocabulary import Vocabulary


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
    findings = [*reading.findings, *_misplaced(reading.event, change.path, root)]
    if reading.event is not None and not findings:
        findings += restyling.uncanonical(reading, data, change.path)
    broken = any(finding.level == ERROR for finding in findings)
    row = row_of(reading.event) if reading.event and not broken else None
    put.put_file(index, change, data, row, findings)


def _misplaced(event: dict[str, object] | None, path: str, root: Path) -> list[Finding]:
    """A file whose content disagrees with its name is an invalid event: the id is the path."""
    if event is None:
        return []
    name = str(event["id"])
    wanted = f"events/{name[:4]}/{name}.yaml"
    if path == wanted:
        return []
    own = f"set id: {path.rsplit('/', 1)[-1].removesuffix('.yaml')}"
    if os.path.lexists(root / wanted):
        # Renamed as told, a copy would take the place of the event it was made from.
        message, hint = f"id: {name} is that of {wanted}, so this is a copy", f"{own}, or delete it"
    else:
        message, hint = f"id: {name} belongs in {wanted}", f"rename the file, or {own}"
    return [Finding("path-and-id", message, path, event=name, hint=hint)]
