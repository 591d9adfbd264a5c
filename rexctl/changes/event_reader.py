"""The events of files in many commits: each blob read once, and parsed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.gitrepo.blobs import read_blobs
from rexctl.gitrepo.events import MISSING_BLOB, Reader
from rexctl.values.garbage import without_gc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rexctl.gitrepo.run import Git
    from rexctl.gitrepo.trees import FileVersion
    from rexctl.records import Finding

    Parsed = tuple[dict[str, Any] | None, list[Finding]]

_LIMIT = 20_000  # events


class EventReader:
    """Events by file; `missing` has the finding of each file whose blob the repository lacks."""

    def __init__(self, git: Git, root: Path) -> None:
        self._git = git
        self._contents: dict[str, bytes | None] = {}
        self._reader = Reader(root, self._contents)
        self._parsed: dict[FileVersion, Parsed] = {}
        self.missing: dict[str, Finding] = {}

    def read(self, files: Iterable[FileVersion]) -> dict[FileVersion, Parsed]:
        """Return the event of each file, or its findings."""
        wanted = list(files)
        new = [file for file in wanted if file not in self._parsed]
        blobs = {file.blob for file in new if file.blob and not file.kind}
        self._contents.update(read_blobs(self._git, sorted(blobs), missing_ok=True))
        if len(self._parsed) + len(new) > _LIMIT:
            self._parsed = {file: self._parsed[file] for file in wanted if file in self._parsed}
        with without_gc():
            for file in new:
                self._parsed[file] = event, findings = self._reader.read(file)
                if event is None and findings[0].code == MISSING_BLOB:
                    self.missing[file.path] = findings[0]
        self._contents.clear()
        return {file: self._parsed[file] for file in wanted}
