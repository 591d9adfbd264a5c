"""Which files of the log a commit holds otherwise, told by their blobs.

git is asked for the names in the commit alone and looks at no file of the working tree, so no
filter, hook or monitor that the repository's settings name has a reason to run.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from typing import TYPE_CHECKING

from rexctl.plain.errors import BadValueError, EnvironmentFaultError
from rexctl.store.opening import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEAD = "HEAD"
LIMIT = 60.0  # seconds
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
# Neither a lock is taken, nor a question asked, nor what a partial clone lacks fetched.
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none", "LC_ALL": "C",
}  # fmt: skip


def since(root: Path, revision: str, paths: Iterable[str]) -> set[str]:
    """Give those of these paths of the log that a commit holds otherwise, or not at all.

    Where nothing is committed yet, all differ from HEAD. Raises BadValueError and
    EnvironmentFaultError.
    """
    _answer(root, "rev-parse", "--git-dir", fault=f"{root}: is in no git repository")
    commit = _commit(root, revision)
    blobs = _blobs(root, commit) if commit else {}
    return {path for path in paths if not _is(root / path, blobs.get(path, ""))}


def _commit(root: Path, revision: str) -> str:
    """Give the hash of a commit; an empty text for the HEAD of a repository without one."""
    named = revision.encode("utf-8", "replace").replace(b"\0", b"\\0").decode()
    # git takes what follows --end-of-options for no option; it is refused here all the same.
    if revision.startswith("-") or named != revision:
        raise BadValueError(named, "is no revision")
    found = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options",
                 f"{revision}^{{commit}}")  # fmt: skip
    if found.returncode and revision != HEAD:
        raise BadValueError(revision, "no such revision", "a branch, a tag, a commit, or HEAD~1")
    return "" if found.returncode else found.stdout.decode("ascii").strip()


def _blobs(root: Path, commit: str) -> dict[str, str]:
    r"""Give the blob of each file of the log in a commit: `MODE blob HASH\tPATH\0` and so on."""
    told = _answer(root, "ls-tree", "-r", "-z", commit, fault=f"git cannot read {commit}")
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


def _answer(root: Path, *words: str, fault: str) -> bytes:
    done = _run(root, *words)
    if done.returncode:
        told = done.stderr.decode("utf-8", "backslashreplace").splitlines()
        raise EnvironmentFaultError(fault, told[0].removeprefix("fatal: ") if told else "")
    return done.stdout


def _run(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - a list, without a shell
            ["git", "--no-pager", *_SETTINGS, *words],  # noqa: S607 - the git of the caller's path
            cwd=root, env={**os.environ, **_ENVIRONMENT}, check=False, timeout=LIMIT,
            stdin=subprocess.DEVNULL, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        raise EnvironmentFaultError("git is not there", "install git") from None
    except subprocess.TimeoutExpired:
        raise EnvironmentFaultError(f"git {words[0]} took longer than {LIMIT:g} seconds") from None
