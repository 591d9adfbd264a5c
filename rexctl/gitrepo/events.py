"""Events of files in a commit, in the index or in the working tree, or the findings of each file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.gitrepo.blobs import read_blobs
from rexctl.gitrepo.trees import compare_versions
from rexctl.records import ERROR, Finding
from rexctl.store.layout import path_of
from rexctl.store.safe_open import read_bytes
from rexctl.values.garbage import without_gc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rexctl.gitrepo.revisions import Comparison
    from rexctl.gitrepo.run import Git
    from rexctl.gitrepo.trees import FileVersion

    Event = dict[str, Any]

MISSING_BLOB = "missing-blob"


class Compared(NamedTuple):
    """The events of each file that differs, None where there is none; and what does not parse.

    A file that does not parse in one version is in no pair: it would seem added or removed.
    """

    pairs: list[tuple[Event | None, Event | None]]
    old_faults: list[Finding]
    new_faults: list[Finding]


def read_compared(git: Git, root: Path, comparison: Comparison) -> Compared:
    """Return the events that differ between two versions."""
    changes = compare_versions(git, comparison)
    blobs = read_blobs(git, (f.blob for c in changes for f in c if f and f.blob), missing_ok=True)
    reader = Reader(root, blobs)
    compared = Compared([], [], [])
    with without_gc():
        for before, after in changes:
            old, old_faults = reader.read(before)
            new, new_faults = reader.read(after)
            compared.old_faults.extend(first_finding(old_faults))
            compared.new_faults.extend(first_finding(new_faults))
            if not old_faults and not new_faults:
                compared.pairs.append((old, new))
    return compared


def first_finding(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first finding by position, if there is one."""
    return sorted(findings, key=lambda finding: finding.sort_key)[:1]


def read_files(git: Git, blobs: Mapping[str, str]) -> dict[str, bytes]:
    """Return the content of each path, given its blob; a file that is too large is left out.

    Raises EnvironmentFaultError for a blob that the repository lacks.
    """
    contents = read_blobs(git, blobs.values())
    return {path: data for path, blob in blobs.items() if (data := contents[blob]) is not None}


def content(file: FileVersion, blobs: Mapping[str, bytes | None]) -> bytes | Finding:
    """Return the content of a file in a commit, or the finding that says why it cannot be read."""
    name = file.path.rsplit("/", 1)[-1]
    if file.kind:
        return Finding("not-a-file", f"{name} is {file.kind}, not a file", file.path)
    if file.blob not in blobs:
        return Finding(MISSING_BLOB, f"git lacks the blob {file.blob} of {name}", file.path,
                       hint="git fsck lists what else is missing")  # fmt: skip
    data = blobs[file.blob]
    if data is None:
        return Finding("too-large", f"{name} is larger than 2 MiB", file.path,
                       hint="an event is a few kilobytes")  # fmt: skip
    return data


class Reader:
    """Reads the events of one log from the contents of blobs, or from the working tree."""

    def __init__(self, root: Path, blobs: Mapping[str, bytes | None]) -> None:
        self._root, self._blobs = root, blobs

    def read(self, file: FileVersion | None) -> tuple[Event | None, list[Finding]]:
        """Return the event of a file and no finding, or None and every error of the file."""
        if file is None:
            return None, []
        path = file.path
        data = content(file, self._blobs) if file.blob else read_bytes(self._root / path, path)
        if isinstance(data, Finding):
            return None, [data]
        from rexctl.yamlfile.parse import parse  # a snapshot of parsed blobs does without

        event, findings, _ = parse(data)
        if errors := [f._replace(path=path) for f in findings if f.level == ERROR]:
            return None, errors
        if event is not None and path != path_of(str(event["id"])):
            message = f"id: {event['id']} belongs in {path_of(str(event['id']))}"
            return None, [Finding("path-mismatch", message, path, event=str(event["id"]))]
        return event, []
