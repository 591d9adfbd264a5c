"""From a path of the log to what the index keeps of its file: the event, or what is wrong with it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from rexctl.cache.row import row_of
from rexctl.index import put
from rexctl.records import ERROR, Finding
from rexctl.store.safe_open import read_bytes
from rexctl.store.taking import take

if TYPE_CHECKING:
    from rexctl.store.canonical.reading import Canonical


def packed_file(root: str, path: str, canonical: Canonical, known: str) -> tuple[Any, ...]:
    """Give a file as the index takes it; of one whose content is the `known` one, the path alone."""
    data = read_bytes(f"{root}/{path}", path)
    if isinstance(data, Finding):
        return put.packed(path, "", None, [data])
    digest = hashlib.sha256(data).hexdigest()
    if digest == known:
        return (path,)
    return packed_bytes(path, data, canonical, digest)


def packed_bytes(path: str, data: bytes, canonical: Canonical, digest: str) -> tuple[Any, ...]:
    """Give what a file holds as the index takes it."""
    row = canonical.row(data)
    if row is not None and path == _path_of(row.id):
        return put.packed(path, digest, row, ())
    event, findings = take(data, path, canonical.vocabulary)
    # What stands in the wrong place is to be moved first: how it is spelled comes after.
    findings = _misplaced(event, path) or findings
    row = row_of(event) if event and not any(f.level == ERROR for f in findings) else None
    return put.packed(path, digest, row, findings)


def _path_of(name: str) -> str:
    """Give where the event of an id lies that was judged already."""
    return f"events/{name[:4]}/{name}.yaml"


def _misplaced(event: dict[str, object] | None, path: str) -> list[Finding]:
    """A file whose content disagrees with its name is an invalid event: the id is the path."""
    if event is None:
        return []
    name = str(event["id"])
    wanted = _path_of(name)
    if path == wanted:
        return []
    # Nothing is said of the other file: the judgement of this one is kept, whatever becomes of that.
    own = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    return [Finding("path-and-id", f"id: {name} belongs in {wanted}", path, event=name,
                    hint=f"set id: {own} if this is a copy, else rename the file")]  # fmt: skip
