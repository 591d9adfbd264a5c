"""From a path of the log to what the index keeps of its file: the event, or what is wrong with it."""

from __future__ import annotations

import hashlib
from typing import Any

from rexctl.cache.row import row_of
from rexctl.index import put
from rexctl.records import Finding
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.format import not_canonical
from rexctl.yamlfile.parse import parse


def packed_file(root: str, path: str, known: str) -> tuple[Any, ...]:
    """Give a file as the index takes it; of one whose content is the `known` one, the path alone."""
    data = read_bytes(f"{root}/{path}", path)
    if isinstance(data, Finding):
        return put.packed(path, "", None, [data])
    digest = hashlib.sha256(data).hexdigest()
    if digest == known:
        return (path,)
    return packed_bytes(path, data, digest)


def packed_bytes(path: str, data: bytes, digest: str) -> tuple[Any, ...]:
    """Give what a file holds as the index takes it."""
    event, findings, _ = parse(data)
    found = [finding._replace(path=path) for finding in findings]
    # A file in the wrong place is to be moved first: its form comes after.
    if event is not None:
        found = _misplaced(event, path) or found or not_canonical(data, event, path)
    row = row_of(event) if event and not any(f.code == "path-mismatch" for f in found) else None
    return put.packed(path, digest, row, found)


def _path_of(name: str) -> str:
    """Give where the event of an id lies that was judged already."""
    return f"events/{name[:4]}/{name}.yaml"


def _misplaced(event: dict[str, object], path: str) -> list[Finding]:
    """A file whose content disagrees with its name is an invalid event: the id is the path."""
    name = str(event["id"])
    wanted = _path_of(name)
    if path == wanted:
        return []
    # Nothing is said of the other file: the judgement of this one is kept, whatever becomes of that.
    own = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    return [Finding("path-mismatch", f"id: {name} belongs in {wanted}", path, event=name,
                    hint=f"set id: {own} if this is a copy, else rename the file")]  # fmt: skip
