"""The ids in use in a log: resolve a typed one, suggest a near one, make a free one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rexctl.errors import NoSuchEventError
from rexctl.index import select
from rexctl.store import layout, os_errors
from rexctl.values.ids import is_id
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rexctl.index.tables import Index


def is_taken(root: Path, index: Index, event_id: str) -> bool:
    """Return whether a text is the id, or a former id, of an event of the log."""
    if not is_id(event_id):
        return False
    exists = os.path.lexists(root / layout.path_of(event_id))
    return exists or select.by_alias(index, event_id) is not None


def require_free(root: Path, index: Index, event_id: str) -> None:
    """Raise ConflictError for an id, or former id, of an event of the log."""
    if is_taken(root, index, event_id):
        error = os_errors.id_taken(root / layout.path_of(event_id))
        error.hint = "choose another id"
        raise error


def resolve_id(index: Index, text: str) -> str:
    """Return the id that a text names: an id, a former id, or the unique beginning of one.

    Raises NoSuchEventError, with the candidates where there are several.
    """
    if select.by_id(index, text) is not None:
        return text
    former = select.by_alias(index, text)
    if former is not None:
        return former
    matches = select.ids(index, text) if text else []
    if len(matches) == 1:
        return matches[0]
    raise NoSuchEventError(text or "''", matches, suggest_id(index, text))


def suggest_id(index: Index, text: str) -> str:
    """Return `did you mean ...?` with the id nearest to a misspelled one, or an empty text."""
    matches = select.ids(index, text) if text else []
    if matches:
        return f"did you mean {matches[0]}?"
    return did_you_mean(text, select.all_ids(index))


def describe_missing_clause(index: Index, link: Mapping[str, Any]) -> str:
    """Return which clauses an event of the log has, if the link names one that it lacks; else ""."""
    row = select.by_id(index, str(link["to"])) if "clause" in link else None
    if row is None:
        return ""
    parts = [str(p["id"]) for key in ("clauses", "commitments") for p in row.data.get(key, ())]
    if link["clause"] in parts:
        return ""
    return f"its clauses are {', '.join(parts)}" if parts else "it has no clauses"
