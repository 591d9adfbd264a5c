"""The contents of many blobs, by one process; what is too large for an event is not kept."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Protocol

from rexctl.errors import EnvironmentFaultError
from rexctl.records import Finding
from rexctl.yamlfile.source import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rexctl.gitrepo.run import Git


class SideLike(Protocol):
    """A file in a commit; `comparing.Side` is one."""

    @property
    def blob(self) -> str:
        """The hash of its content."""

    @property
    def sort(self) -> str:
        """What it is where it is no file."""


_PIECE = 1 << 16


def contents(git: Git, names: Iterable[str], *, all_there: bool = False) -> dict[str, bytes | None]:
    """Give the content of each blob by its hash; None for one that is too large or not there.

    Raises EnvironmentFaultError where git does not tell of all, or one is not there and `all_there`
    says that all must be: what is kept of a commit is kept for good.
    """
    wanted = list(dict.fromkeys(names))
    found: dict[str, bytes | None] = {}
    if not wanted:
        return found
    given = "".join(f"{name}\n" for name in wanted).encode("ascii")
    with git.reading("cat-file", "--batch", "--buffer", given=given) as out:
        for name in wanted:
            head = out.readline().split()
            if not head:
                break
            if all_there and len(head) != 3:
                raise EnvironmentFaultError(
                    f"git lacks the blob {name}", "git fsck tells what else"
                )
            size = int(head[2]) if len(head) == 3 else LIMITS.size + 1
            data = _content(out, size) if len(head) == 3 else None
            if data is not None and len(data) < size:  # git ended in the middle of it
                break
            found[name] = data
    if len(found) < len(wanted):
        raise EnvironmentFaultError(f"git cat-file told of {len(found)} of {len(wanted)} files")
    return found


def held(git: Git, blobs: Mapping[str, str]) -> dict[str, bytes]:
    """Give what each path holds, by the blob that it is; what is too large holds nothing.

    Raises EnvironmentFaultError for a blob that is not there.
    """
    found = contents(git, blobs.values(), all_there=True)
    return {path: data for path, blob in blobs.items() if (data := found[blob]) is not None}


def content(path: str, side: SideLike, blobs: Mapping[str, bytes | None]) -> bytes | Finding:
    """Give what a file in a commit holds, or the finding that says why it is not read."""
    name = path.rsplit("/", 1)[-1]
    if side.sort:
        return Finding("not-a-file", f"{name} is {side.sort}, not a file", path)
    data = blobs[side.blob]
    if data is None:
        return Finding("too-large", f"{name} is larger than {LIMITS.size >> 20} MiB, or git has it no more", path,
                       hint="an event is a few kilobytes")  # fmt: skip
    return data


def _content(out: IO[bytes], size: int) -> bytes | None:
    if size <= LIMITS.size:
        data = out.read(size)
        out.read(1)  # the line end behind it
        return data
    left = size + 1
    while left and (piece := out.read(min(left, _PIECE))):
        left -= len(piece)
    return None
