"""Errors of pydantic-core as findings in the words of the file, by their type and context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.shape import finding_at
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails, ValidationError

    from rexctl.model.shape import Loc, Shape
    from rexctl.records import Finding

# The arms of a union, a bare text or a mapping: pydantic-core adds them to the path of an error.
ARMS = ("\0text", "\0mapping")
_SHAPES = {"list_type": "must be a list", "dict_type": "must be a mapping"}
_MOST = 500  # findings of one event: nobody reads more, and each looks for the nearest word


def findings_of(error: ValidationError, model: type[Shape], data: Any) -> Iterator[Finding]:
    """Yield each error of a validation once, with its path in the tree of the event."""
    seen: set[Loc] = set()
    for detail in error.errors(include_url=False, include_input=False):
        loc = tuple(step for step in detail["loc"] if step not in ARMS)
        if loc not in seen:
            if len(seen) == _MOST:
                return
            seen.add(loc)
            yield _finding(detail, loc, model, data)


def _finding(detail: ErrorDetails, loc: Loc, model: type[Shape], data: Any) -> Finding:
    # An item of a list is named after its list: `controls`, not `0`.
    name = next((step for step in reversed(loc) if isinstance(step, str)), "the event")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            field = _field_at(model, loc)
            description = (field.description if field else "") or ""
            return finding_at(loc, "missing-field", f"{name} is missing", description, "key")
        case "extra_forbidden":
            hint = did_you_mean(name, _fields_at(model, loc[:-1])) or "rexctl fields lists them"
            return finding_at(loc, "unknown-field", f"{name}: no such field", hint, "key")
        case "literal_error":
            text, field = str(_value_at(data, loc)), _field_at(model, loc)
            words = leaf_of(field).values if field else ()
            return finding_at(loc, "unknown-value", f"{text}: {name} is one of {', '.join(words)}",
                              did_you_mean(text, words))  # fmt: skip
        case "too_short":
            return finding_at(loc, "empty-value", f"{name} is an empty list",
                              "give at least one, or leave it out")  # fmt: skip
        case kind if kind in _SHAPES:
            return finding_at(loc, "wrong-shape", f"{name} {_SHAPES[kind]}")
        case code:
            message = f"{name}: {context.get('message', code)}"
            return finding_at(loc, code, message, context.get("hint", ""))


def _value_at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


def _fields_at(model: type[Shape], loc: Loc) -> dict[str, FieldInfo]:
    """Return the fields, by their keys, of the mapping that a path leads to."""
    for step in loc:
        if isinstance(step, str):
            field = dict(keys_of(model)).get(step)
            parts = leaf_of(field).models if field else ()
            if not parts:
                return {}
            model = parts[0]
    return dict(keys_of(model))


def _field_at(model: type[Shape], loc: Loc) -> FieldInfo | None:
    """Return the field that a path leads to; the index of an item leads to its list."""
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    return _fields_at(model, loc[:-1]).get(str(loc[-1])) if loc else None
