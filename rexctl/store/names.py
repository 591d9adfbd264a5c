"""The ids in use in a log: what is taken, and what is near to a mistyped one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rexctl.errors import NoSuchEventError
from rexctl.index import select
from rexctl.store import layout, os_errors
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rexctl.index.tables import Index


def taken(root: Path, index: Index, name: str) -> bool:
    """Tell whether an id, or what may not be one, names an event of the log or once did."""
    if not layout.is_id(name):
        return False
    here = os.path.lexists(root / layout.path_of(name))
    return here or select.by_alias(index, name) is not None


def is_file(root: Path, name: str) -> bool:
    """Tell whether the log has the file of an id, whether or not it can be parsed."""
    return layout.is_id(name) and os.path.lexists(root / layout.path_of(name))


def demand_free(root: Path, index: Index, name: str) -> None:
    """Raise ConflictError for an id that an event of the log has or once had."""
    if taken(root, index, name):
        fault = os_errors.taken(root / layout.path_of(name))
        fault.hint = "choose another id"
        raise fault


def meant(index: Index, given: str) -> str:
    """Give the id that is meant: itself, a former one, or the only one that begins so.

    Raises NoSuchEventError, with the candidates where there are several.
    """
    if select.by_id(index, given) is not None:
        return given
    former = select.by_alias(index, given)
    if former is not None:
        return former
    begun = select.ids(index, given) if given else []
    if len(begun) == 1:
        return begun[0]
    raise NoSuchEventError(given or "''", begun, near(index, given))


def near(index: Index, name: str) -> str:
    """Give `did you mean ...?` with the id most like a mistyped one, or an empty text."""
    begun = select.ids(index, name) if name else []
    if begun:
        return f"did you mean {begun[0]}?"
    return did_you_mean(name, select.all_ids(index))


def made(root: Path, index: Index, event: dict[str, object], also: set[str]) -> str:
    """Make the id of an event from date, first actor and title; `also` are taken besides."""
    date, actors, title = event["date"], event["actors"], event["title"]
    assert isinstance(actors, list)  # noqa: S101 - a judged event has them
    return layout.make_id(
        str(date), actors, str(title), lambda name: name in also or taken(root, index, name)
    )


def lacks_clause(index: Index, link: Mapping[str, Any]) -> str:
    """Say which clauses an event of the log has, where a link names one that it has not."""
    row = select.by_id(index, str(link["to"])) if "clause" in link else None
    if row is None:
        return ""
    parts = [str(p["id"]) for key in ("clauses", "commitments") for p in row.data.get(key, ())]
    if link["clause"] in parts:
        return ""
    return f"its clauses are {', '.join(parts)}" if parts else "it has no clauses"
