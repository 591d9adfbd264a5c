"""The files of commits: blobs that are not cached are read from git and parsed, each once."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from rexctl.cache import workers
from rexctl.cache.blobs import ParsedBlob, insert_blobs, known_blobs, load_parsed, parse_blob
from rexctl.cache.cache import FULL_TEXT, INDEX_TEXTS, Cache, dump_findings, has_full_text
from rexctl.cache.update import Progress, no_progress
from rexctl.errors import EnvironmentFaultError, bad_value
from rexctl.gitrepo import revisions, trees
from rexctl.gitrepo.blobs import blob_sizes, fault_of, read_blobs
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import FileChange, FileVersion
from rexctl.records import Finding
from rexctl.snapshot.names import StoredVocabulary, stored_vocabulary
from rexctl.snapshot.snapshot import Snapshot, Source
from rexctl.store.layout import SETTINGS
from rexctl.store.log import Log
from rexctl.values.clock import Clock

Files = Mapping[str, FileVersion]
Parsed = tuple[dict[str, Any] | None, list[Finding]]

_DIGITS = 12  # of a commit
_LOT = 4096  # blobs whose contents are in memory at once


class CommitSource(Source):
    """The files of a commit, or those that are staged, where `at` is None."""

    def __init__(
        self, log: Log, at: str | None, clock: Clock | None, on_progress: Progress | None
    ) -> None:
        self._git, self._on_progress = Git(log.root), on_progress or no_progress
        if at is None:
            self.label, commit = ":./", revisions.STAGED
        else:
            assert clock is not None  # noqa: S101 - `at` may be a day
            commit = revisions.resolve_revision(self._git, at, clock)
            self.label = f"{commit[:_DIGITS]}:./"
        files = trees.list_files(self._git, commit)
        self._files = {f.path: f for f in files if _is_read(f, self.label)}
        own = sorted(path for path in self._files if not path.startswith("events/"))
        self.settings = "".join(f"{self._files[path].blob} {path}\n" for path in own)
        if SETTINGS not in self._files:
            raise bad_value(
                at or "--staged", "holds no log in this folder", "it began later, or lay elsewhere"
            )

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Parse the blobs that the cache does not have, and put the files in place of the working tree's.

        A temporary table hides the stored one of the same name.
        """
        vocabulary = stored_vocabulary(cache, self.settings, self.read)
        events = [file for path, file in self._files.items() if path.startswith("events/")]
        numbers, faults = parse_missing(cache, self._git, events, self._on_progress)
        for name in ("words", "files"):
            cache.db.execute(f"DROP TABLE IF EXISTS temp.{name}")
        cache.db.execute("CREATE TEMP TABLE files (path TEXT PRIMARY KEY, blob INTEGER, fault TEXT) "
                         "WITHOUT ROWID")  # fmt: skip
        cache.db.executemany(
            "INSERT INTO temp.files VALUES (?, ?, ?)",
            ((file.path, None if file in faults else numbers[file.blob], faults.get(file))
             for file in events),
        )  # fmt: skip
        cache.db.execute("CREATE INDEX temp.files_by_blob ON files (blob)")
        return vocabulary

    def index_texts(self, db: sqlite3.Connection) -> bool:
        """Make full text of this version, unless that has been done; return whether there is any."""
        made = db.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'words'").fetchone()
        if has_full_text(db) and not made:
            db.execute(FULL_TEXT.format("temp", ""))
            db.execute(f"{INDEX_TEXTS} WHERE n IN (SELECT blob FROM files)")
        return has_full_text(db)

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file."""
        file = self._files[path]
        blobs = read_blobs(self._git, [] if file.kind else [file.blob])
        data = blobs.get(file.blob)
        return fault_of(file, blobs) if data is None else data

    def shown(self, path: str) -> str:
        """Return a path as git names it in the commit or among the staged files."""
        return self.label + path


def _is_read(file: FileVersion, version: str) -> bool:
    """Return whether a file belongs to the log: settings, vocabulary, an event, what hides events.

    Raises EnvironmentFaultError for a link in place of a folder: git does not follow it.
    """
    if file.kind and file.path in ("events", "vocabulary", SETTINGS):
        commit = version.partition(":")[0]
        raise EnvironmentFaultError(
            f"{file.path} is {file.kind} in {commit}; links in a commit are not followed"
        )
    folder, _, name = file.path.partition("/")
    if folder == "events":
        return trees.is_event_path(file.path) or trees.hides_events(file)
    if folder == "vocabulary":
        return not file.kind and "/" not in name and name[:1] != "." and name.endswith(".yaml")
    return file.path == SETTINGS


def parse_missing(
    cache: Cache, git: Git, files: Collection[FileVersion], on_progress: Progress
) -> tuple[dict[str, int], dict[FileVersion, str | None]]:
    """Parse and store the blobs that the cache does not have, and leave it in a read transaction.

    Returns the number of each blob, and why a file has none, as findings.
    """
    faults = {file: _fault(file, {}) for file in files if file.kind}
    blobs = {file.blob for file in files if not file.kind}
    while True:
        cache.begin()
        numbers = known_blobs(cache.db, blobs)
        missing = sorted(blobs.difference(numbers))
        if not missing:
            return numbers, faults
        cache.end()
        for start in range(0, len(missing), _LOT):
            lot = missing[start : start + _LOT]
            data = read_blobs(git, lot)
            read = [(blob, one) for blob, one in data.items() if one is not None]
            parsed = dict(workers.map_chunks(_parse, read))
            cache.write(lambda db, parsed=parsed: insert_blobs(db, parsed))  # type: ignore[misc]
            lost = set(lot).difference(parsed)
            faults |= {file: _fault(file, data) for file in files if file.blob in lost}
            blobs -= lost
            on_progress(min(start + _LOT, len(missing)), len(missing))


def _parse(chunk: Sequence[tuple[str, bytes]]) -> list[tuple[str, ParsedBlob]]:
    return [(blob, parse_blob(data)) for blob, data in chunk]


def _fault(file: FileVersion, blobs: Mapping[str, bytes | None]) -> str | None:
    return dump_findings([fault_of(file, blobs)])


# The files that differ between two versions


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
        stored = [file for file in dict.fromkeys(files) if file not in self._working]
        _, faults = parse_missing(self._cache, self._git, stored, no_progress)
        blobs = sorted({file.blob for file in stored if not file.kind})
        text = ("SELECT blob, json, findings FROM blobs "
                "WHERE blob IN (SELECT value FROM json_each(?))")  # fmt: skip
        rows = {blob: row for blob, *row in self._cache.db.execute(text, (json.dumps(blobs),))}
        # The cache may know a blob that git lacks; the answer must not depend on that.
        lost = set(blobs).difference(blob_sizes(self._git, blobs))
        parsed = dict(self._working)
        for file in stored:
            if file.blob in lost:
                self.missing[file.path] = finding = fault_of(file, {})
                parsed[file] = None, [finding]
            else:
                line, findings = rows.get(file.blob, (None, None))
                parsed[file] = load_parsed(line, faults.get(file, findings), file.path)
        return parsed


def _compare_files(old: Files, new: Files) -> list[FileChange]:
    paths = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    return [FileChange(old.get(path), new.get(path)) for path in paths]
