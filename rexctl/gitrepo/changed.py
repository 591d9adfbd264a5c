"""Which files of the log a commit holds otherwise, told by their blobs; which git has not merged.

git is asked for the names in the commit alone and looks at no file of the working tree, so no
filter, hook or monitor that the repository's settings name has a reason to run.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.revisions import HEAD, commit, head
from rexctl.gitrepo.run import Git
from rexctl.records import Finding
from rexctl.store.safe_open import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NAMED = "a branch, a tag, a commit, or HEAD~1"
# By the stages of a path in the index: 1 the base, 2 ours, 3 theirs.
_UNMERGED = {
    "123": "both sides changed it", "23": "both sides added it", "1": "both sides moved or deleted it",
    "12": "ours changed it, theirs deleted it", "13": "ours deleted it, theirs changed it",
    "2": "ours moved it here", "3": "theirs moved it here",
}  # fmt: skip


def since(root: Path, revision: str, paths: Iterable[str]) -> set[str]:
    """Give those of these paths of the log that a commit holds otherwise, or not at all.

    Where nothing is committed yet, all differ from HEAD. Raises UsageError and
    EnvironmentFaultError.
    """
    git = Git(root)
    blobs = _blobs(git, revision)
    return {path for path in paths if not _is(root / path, blobs.get(path, ""))}


def unmerged(root: Path) -> list[Finding]:
    """Return an error for each file of the log that git's index holds unmerged.

    The file itself may have no conflict marker: one side deleted it, or the driver failed. Empty
    where git cannot answer, as in a clone that another user owns: `check` works without git.
    """
    try:
        answer = Git(root).answer("ls-files", "--unmerged", "-z")
    except EnvironmentFaultError:
        return []
    stages: dict[str, str] = {}
    for record in answer.split(b"\0")[:-1]:  # MODE HASH STAGE\tPATH
        head, _, name = record.partition(b"\t")
        path = name.decode("utf-8", "backslashreplace")
        stages[path] = stages.get(path, "") + head[-1:].decode("ascii")
    return [
        Finding("unmerged", f"git has not merged {path.rpartition('/')[2]}: {_UNMERGED[stage]}", path,
                hint="write what is right, then run git add (git rm to delete it)")
        for path, stage in stages.items()
    ]  # fmt: skip


def _blobs(git: Git, revision: str) -> dict[str, str]:
    r"""Give the blob of each file of the log in a commit: `MODE blob HASH\tPATH\0` and so on."""
    if revision == HEAD and not head(git):  # nothing is committed yet
        return {}
    told = git.answer("ls-tree", "-r", "-z", commit(git, revision, _NAMED))
    records = (record.partition(b"\t") for record in told.split(b"\0") if record)
    return {os.fsdecode(path): head.split()[2].decode("ascii") for head, _, path in records}


def _is(path: Path, blob: str) -> bool:
    """Tell whether a file is this blob; git may have checked it out with other line ends."""
    data = read_bytes(path, path.name) if blob else b""
    if not blob or not isinstance(data, bytes):
        return False
    return blob in {_hash(data, blob), _hash(data.replace(b"\r\n", b"\n"), blob)}


def _hash(data: bytes, like: str) -> str:
    """Give the name that git has for a content; sixty-four digits are those of SHA-256."""
    known = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return known(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
