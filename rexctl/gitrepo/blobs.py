"""The contents of many blobs, read by one `git cat-file --batch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.records import Finding
from rexctl.store.safe_open import too_large
from rexctl.values import limits

if TYPE_CHECKING:  # `add` needs a hash of these functions alone, and no git
    from rexctl.gitrepo.run import Git
    from rexctl.gitrepo.trees import FileVersion

_CHUNK = 1 << 16


def blob_id(data: bytes, like: str = "") -> str:
    """Return the id by which git knows these bytes: a hash of `blob LENGTH`, NUL and the bytes.

    It is made by the algorithm of the id `like`: SHA-256 where that has 64 digits, else SHA-1.
    """
    import hashlib

    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def read_blobs(git: Git, blobs: Iterable[str]) -> dict[str, bytes | None]:
    """Return the content of each blob by its hash; None for one larger than an event may be.

    A blob that the repository lacks is left out. Raises EnvironmentFaultError where git ends before
    the last blob.
    """
    wanted = list(dict.fromkeys(blobs))
    contents: dict[str, bytes | None] = {}
    if not wanted:
        return contents
    stdin = "".join(f"{blob}\n" for blob in wanted).encode("ascii")
    answered = 0
    with git.stream("cat-file", "--batch", "--buffer", stdin=stdin) as out:
        for blob in wanted:  # `HASH blob SIZE\nCONTENT\n`, or `HASH missing\n`
            head = out.readline().split()
            if not head:
                break
            if len(head) != 3:
                answered += 1
                continue
            size = int(head[2])
            data = _read_content(out, size)
            if data is not None and len(data) < size:  # git ended within the blob
                break
            contents[blob] = data
            answered += 1
    if answered < len(wanted):
        raise EnvironmentFaultError(f"git cat-file wrote {answered} of {len(wanted)} files")
    return contents


def list_missing(git: Git, blobs: Iterable[str]) -> set[str]:
    """Return those of the blobs that the repository lacks. Raises EnvironmentFaultError."""
    stdin = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
    if not stdin:
        return set()
    with git.stream("cat-file", "--batch-check", "--buffer", stdin=stdin) as out:
        lines = out.read().decode("ascii").splitlines()  # `HASH blob SIZE`, or `HASH missing`
    return {line.partition(" ")[0] for line in lines if line.endswith(" missing")}


def fault_of(file: FileVersion, blobs: Mapping[str, bytes | None]) -> Finding:
    """Return the finding that says why a file in a commit has no content among `blobs`."""
    name = file.path.rsplit("/", 1)[-1]
    if file.kind:
        return Finding("not-a-file", f"{name} is {file.kind}, not a file", file.path)
    if file.blob not in blobs:
        return Finding("missing-blob", f"git lacks the blob {file.blob} of {name}", file.path,
                       hint="git fsck lists what else is missing")  # fmt: skip
    return too_large(file.path)


def _read_content(out: IO[bytes], size: int) -> bytes | None:
    if size <= limits.MAX_SIZE:
        data = out.read(size)
        out.read(1)  # the line end after it
        return data
    left = size + 1
    while left and (chunk := out.read(min(left, _CHUNK))):
        left -= len(chunk)
    return None
