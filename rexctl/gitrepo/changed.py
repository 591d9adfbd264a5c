"""Which files of the log a commit holds otherwise, told by their blobs.

git is asked for the names in the commit alone and looks at no file of the working tree, so no
filter, hook or monitor that the repository's settings name has a reason to run.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from rexctl.gitrepo.revisions import HEAD, commit, head
from rexctl.gitrepo.run import Git
from rexctl.store.safe_open import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NAMED = "a branch, a tag, a commit, or HEAD~1"


def since(root: Path, revision: str, paths: Iterable[str]) -> set[str]:
    """Give those of these paths of the log that a commit holds otherwise, or not at all.

    Where nothing is committed yet, all differ from HEAD. Raises UsageError and
    EnvironmentFaultError.
    """
    git = Git(root)
    blobs = _blobs(git, revision)
    return {path for path in paths if not _is(root / path, blobs.get(path, ""))}


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
