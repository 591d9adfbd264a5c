"""Events written by earlier versions of rexctl in the present form of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Plain = dict[str, Any]

# Fields that the schema had in earlier versions, which `fmt --upgrade` rewrites.
REMOVED = ("on_expiry", "count")


def upgrade(event: Any) -> Any:
    """Return plain data in the present form; what is in it already is returned unchanged.

    - `effective.on_expiry: reverts` is left out: every window that ends gives way to what is below.
      `ends` stays, for validation to report: it meant an act of revocation, which needs an event.
    - `count` of a sanction becomes an item of `counts`.
    - `category: F` of a trade measure becomes `mast-2019:F`.
    """
    if not isinstance(event, dict):
        return event
    clauses = event.get("clauses")
    upgraded = _upgrade_part(event, event.get("type"))
    if isinstance(clauses, list):
        upgraded["clauses"] = [_upgrade_part(one, event.get("type")) for one in clauses]
    return upgraded


def _upgrade_part(part: Any, name: Any) -> Any:
    """Return an event, or a clause of one, of the type `name` in the present form."""
    if not isinstance(part, dict):
        return part
    result: Plain = {}
    for key, value in part.items():
        if key == "effective" and isinstance(value, dict):
            result[key] = _without_reverts(value)
        elif key == "count" and name == "sanction" and "counts" not in part:
            result["counts"] = [value]
        elif key == "category" and isinstance(value, str) and len(value) == 1:
            result[key] = f"mast-2019:{value}"
        else:
            result[key] = value
    return result


def _without_reverts(window: Mapping[str, Any]) -> Plain:
    return {key: value for key, value in window.items()
            if not (key == "on_expiry" and value == "reverts")}  # fmt: skip
