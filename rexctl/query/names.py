"""Parse the part of a term before the colon: the field, its kind, and the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.query.windows import ORDER

if TYPE_CHECKING:
    from rexctl.query.terms import NameResolver

_ALWAYS = ("any", "all", "eq", "ne", "has", "missing")
# `within` selects as `:` does, as a term of its own: `date:2025-10 date.within:90d` wants both.
_DATES = (*ORDER, "certain", "within")
_BY_KIND = {
    "number": ORDER, "integer": ORDER, "date": _DATES, "day": _DATES,
    "word": (), "actor": ("in", "re"),
}  # fmt: skip
_TEXTS = ("re",)
OPERATORS = tuple(dict.fromkeys((*_ALWAYS, *_DATES, "in", "re")))
_PRESENCE = ("has", "missing")
_SEE = "rexctl fields lists them; --text takes words with a colon"


class FieldName(NamedTuple):
    """A field with an operator. `kind` is empty for a group of fields, which can only be present."""

    field: str
    kind: str
    op: str


def parse_name(name: str, resolver: NameResolver) -> FieldName:
    """Return the field and operator of `FIELD` or `FIELD.OP`; the longest known field wins.

    Raises UsageError for an unknown field or operator, and for one that the kind of the field does
    not have.
    """
    if field := _resolve_field(name, resolver):
        return FieldName(field, _kind_of(field, resolver), "any")
    head, dot, op = name.rpartition(".")
    field = _resolve_field(head, resolver) if dot else ""
    if field and op in OPERATORS:
        return _check_operator(FieldName(field, _kind_of(field, resolver), op))
    if dot and op in _PRESENCE and (group := _resolve_group(head, resolver)):
        return FieldName(group, "", op)
    raise _unknown_name(name, field, resolver)


def parse_presence(name: str, op: str, resolver: NameResolver) -> FieldName:
    """Return the field of `has:FIELD` or `missing:FIELD`. Raises UsageError."""
    if field := _resolve_field(name, resolver):
        return FieldName(field, _kind_of(field, resolver), op)
    if group := _resolve_group(name, resolver):
        return FieldName(group, "", op)
    raise _unknown_name(name, "", resolver)


def _resolve_field(name: str, resolver: NameResolver) -> str:
    """Return the full name of a field, or an empty text."""
    for full in _expansions(name, resolver):
        if full in resolver.fields:
            return full
    own = name.startswith("x-") and len(name) > 2 and name.rpartition(".")[2] not in OPERATORS
    return name if own else ""


def _resolve_group(name: str, resolver: NameResolver) -> str:
    """Return the full name of a group of fields, such as `effective`, or an empty text."""
    for full in _expansions(name, resolver):
        if any(field.startswith(f"{full}.") for field in resolver.fields):
            return full
    return ""


def _expansions(name: str, resolver: NameResolver) -> tuple[str, ...]:
    """Return what a name may stand for: itself, and with its short form expanded."""
    first, dot, rest = name.partition(".")
    return name, resolver.aliases.get(name, name), resolver.aliases.get(first, first) + dot + rest


def _kind_of(field: str, resolver: NameResolver) -> str:
    info = resolver.fields.get(field)
    return info.kind if info else "extra"


def _check_operator(name: FieldName) -> FieldName:
    allowed = (*_ALWAYS, *_BY_KIND.get(name.kind, _TEXTS))
    if name.op not in allowed:
        reason = f"{name.field} is a {name.kind}, which has no operator {name.op}"
        raise bad_value(f"{name.field}.{name.op}", reason, f"use one of {', '.join(allowed)}")
    return name


def _unknown_name(name: str, field: str, resolver: NameResolver) -> UsageError:
    """Return the error for an unknown name, with the nearest known one."""
    if group := _resolve_group(name, resolver):
        parts = [one for one in resolver.fields if one.startswith(f"{group}.")]
        return bad_value(name, "is a group of fields", f"such as {', '.join(parts[:3])}")
    op = name.rpartition(".")[2]
    if field:
        inner = [one for one in resolver.fields if one.startswith(f"{field}.")]
        allowed = (*_ALWAYS, *_BY_KIND.get(_kind_of(field, resolver), _TEXTS))
        choices = [*inner, *(f"{field}.{one}" for one in allowed)]
        return unknown_name("field", name, choices, see=f"such as {', '.join(choices[:4])}")
    names = [*resolver.fields, *resolver.aliases, *_PRESENCE]
    if op in OPERATORS and op != name:
        names = [f"{one}.{op}" for one in names]
    return unknown_name("field", name or "''", names, see=_SEE)
