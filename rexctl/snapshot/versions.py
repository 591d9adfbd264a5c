"""The event files of any version of the log by path, and the events of any files by blob."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rexctl.cache.blobs import load_parsed
from rexctl.cache.cache import Cache
from rexctl.cache.update import no_progress
from rexctl.gitrepo import trees
from rexctl.gitrepo.blobs import blob_sizes, content
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import FileChange, FileVersion
from rexctl.records import Finding
from rexctl.snapshot.commits import parse_missing
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.log import Log

Files = Mapping[str, FileVersion]
Parsed = tuple[dict[str, Any] | None, list[Finding]]


class EventReader:
    """Events by file, each blob parsed once and then read from the cache.

    `missing` has the finding of each file whose blob the repository lacks.
    """

    def __init__(self, git: Git, log: Log) -> None:
        self._git = git
        self._cache = Cache(log.cache, log.key)
        self._working: dict[FileVersion, Parsed] = {}
        self.missing: dict[str, Finding] = {}

    def compare(self, old: str, new: str) -> list[FileChange]:
        """Return the event files that differ between two versions, by path.

        :param old: a commit or a tree
        :param new: a commit or STAGED
        """
        before, after = (trees.list_event_files(self._git, version) for version in (old, new))
        return _compare_files(before, after)

    def compare_working_tree(self, old: str, snapshot: Snapshot) -> list[FileChange]:
        """Return the event files of the working tree that differ from a commit or a tree, by path.

        Close the snapshot before `read`: its transaction would block the cache.
        """
        files = {path: FileVersion(path, blob) for path, blob in snapshot.blobs().items()}
        changes = _compare_files(trees.list_event_files(self._git, old), files)
        for change in changes:
            if change.new:
                self._working[change.new] = snapshot.parsed(change.path)
        return changes

    def read(self, files: Iterable[FileVersion]) -> dict[FileVersion, Parsed]:
        """Return the event of each file, or its errors."""
        wanted = dict.fromkeys(files)
        stored = {file: file for file in wanted if file not in self._working}
        _, faults = parse_missing(self._cache, self._git, stored, no_progress)
        blobs = {file.blob for file in stored if not file.kind}
        text = ("SELECT blob, json, findings FROM blobs "
                "WHERE blob IN (SELECT value FROM json_each(?))")  # fmt: skip
        rows = {
            blob: row for blob, *row in self._cache.db.execute(text, (json.dumps(sorted(blobs)),))
        }
        # The cache may know a blob that git lacks; the answer must not depend on that.
        lost = blobs - blob_sizes(self._git, sorted(blobs)).keys()
        parsed: dict[FileVersion, Parsed] = {}
        for file in wanted:
            if file in self._working:
                parsed[file] = self._working[file]
                continue
            if file.blob in lost:
                finding = content(file, {})
                assert isinstance(finding, Finding)  # noqa: S101 - there is no content
                parsed[file] = None, [finding]
                self.missing[file.path] = finding
                continue
            line, findings = rows.get(file.blob, (None, None))
            parsed[file] = load_parsed(line, faults.get(file, findings), file.path)
        return parsed


def _compare_files(old: Files, new: Files) -> list[FileChange]:
    paths = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    return [FileChange(old.get(path), new.get(path)) for path in paths]
