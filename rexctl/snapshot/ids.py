"""Ids of new events, and the clauses that links name: what a snapshot has and what is free."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rexctl.store import layout, os_errors
from rexctl.values.codes import is_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rexctl.snapshot.snapshot import Snapshot


def is_taken(snapshot: Snapshot, root: Path, name: str) -> bool:
    """Return whether an event of the log has this id or once had it, or its file exists."""
    if not is_id(name):
        return False
    exists = os.path.lexists(root / layout.path_of(name))
    return exists or snapshot.event(name) is not None or snapshot.id_of_alias(name) is not None


def require_free(snapshot: Snapshot, root: Path, name: str) -> None:
    """Raise ConflictError for an id that an event of the log has or once had."""
    if is_taken(snapshot, root, name):
        fault = os_errors.id_taken(root / layout.path_of(name))
        fault.hint = "choose another id"
        raise fault


def missing_clause(snapshot: Snapshot, link: Mapping[str, Any]) -> str:
    """Return which clauses the event of a link has, where the link names one that it lacks."""
    row = snapshot.event(str(link["to"])) if "clause" in link else None
    if row is None:
        return ""
    parts = [str(p["id"]) for key in ("clauses", "commitments") for p in row.data.get(key, ())]
    if link["clause"] in parts:
        return ""
    return f"its clauses are {', '.join(parts)}" if parts else "it has no clauses"


def shortest_beginnings(snapshot: Snapshot) -> dict[str, str]:
    """Return for each id of the log its shortest beginning that no other id and no former id has.

    It does not end with a hyphen. An id that another one begins with is left whole.
    """
    names, former = snapshot.ids(), snapshot.former_ids()
    shortest = {}
    for before, name, after in zip(["", *names], names, [*names[1:], ""], strict=False):
        length = 1 + max(_shared_length(name, one) for one in (before, after))
        while name[:length] in former or name[:length].endswith("-"):
            length += 1
        shortest[name] = name[:length]
    return shortest


def _shared_length(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
