"""The contents of many blobs, read by `git cat-file --batch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.records import Finding
from rexctl.store.safe_open import too_large
from rexctl.values import limits

if TYPE_CHECKING:
    from rexctl.gitrepo.run import Git
    from rexctl.gitrepo.trees import FileVersion


def read_blobs(git: Git, blobs: Iterable[str]) -> dict[str, bytes | None]:
    """Return the content of each blob by its hash; None for one larger than an event may be.

    A blob that the repository lacks is left out. Raises EnvironmentFaultError where git writes less
    than a blob: it does so for a broken one, and ends well.
    """
    sizes = blob_sizes(git, blobs)
    contents: dict[str, bytes | None] = dict.fromkeys(sizes)
    small = {blob: size for blob, size in sizes.items() if size <= limits.MAX_SIZE}
    out, start = _cat_file(git, "--batch", small), 0
    for number, (blob, size) in enumerate(small.items()):
        head = f"{blob} blob {size}\n".encode("ascii")
        end = start + len(head) + size
        if not out.startswith(head, start) or out[end : end + 1] != b"\n":
            raise EnvironmentFaultError(f"git cat-file wrote {number} of {len(small)} files")
        contents[blob] = out[start + len(head) : end]
        start = end + 1
    return contents


def blob_sizes(git: Git, blobs: Iterable[str]) -> dict[str, int]:
    """Return the size in bytes of each blob that the repository has. Raises EnvironmentFaultError."""
    lines = _cat_file(git, "--batch-check", blobs).decode("ascii").splitlines()
    fields = (line.split() for line in lines)  # `HASH blob SIZE`, or `HASH missing`
    return {blob: int(size) for blob, *_, size in fields if size.isdecimal()}


def _cat_file(git: Git, option: str, blobs: Iterable[str]) -> bytes:
    stdin = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
    return git.output("cat-file", option, "--buffer", stdin=stdin) if stdin else b""


def fault_of(file: FileVersion, blobs: Mapping[str, bytes | None]) -> Finding:
    """Return the finding that says why a file in a commit has no content among `blobs`."""
    name = file.path.rsplit("/", 1)[-1]
    if file.kind:
        return Finding("not-a-file", f"{name} is {file.kind}, not a file", file.path)
    if file.blob not in blobs:
        return Finding("missing-blob", f"git lacks the blob {file.blob} of {name}", file.path,
                       hint="git fsck lists what else is missing")  # fmt: skip
    return too_large(file.path)
