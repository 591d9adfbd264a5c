"""One assignment of the command line, `FIELD=VALUE`, `FIELD+=VALUE` or `FIELD-=VALUE`, done to an event."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import bad_value, unknown_name
from rexctl.model.legal import HEADS, SHAPES

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"([A-Za-z][\w-]*?(?:\.[^\s=]+?)?)(\+=|-=|=)(.*)", re.DOTALL)
_COMMA = re.compile(r"(?<!\\),")
# Of these kinds a value has no comma in it, so one parts two values.
_CODES = frozenset({"actor", "country", "product", "law", "slug", "id", "word"})
_OWN = "extra"  # the kind of a project's own field, which may have any keys


class Assignment(NamedTuple):
    """A field by its steps (`("sources", "0", "accessed")`), what is done to it, and the value."""

    steps: tuple[str, ...]
    op: str
    value: str

    @property
    def field(self) -> str:
        """The field as it was written."""
        return ".".join(self.steps)


def read(word: str) -> Assignment | None:
    """Give the assignment that a word is, or None."""
    found = _WORD.fullmatch(word)
    return Assignment(tuple(found[1].split(".")), found[2], found[3]) if found else None


def applied(event: dict[str, Any], assignment: Assignment) -> dict[str, Any]:
    """Give the event with the assignment done; an empty value takes the field away.

    A step into a list is the chief field of an item (`clauses.1(1)`), else its number from 0.
    Raises UsageError and UsageError; whether the value is good, the model judges.
    """
    kind = str(event.get("type", ""))
    return _inside(event, kind, assignment.steps, assignment) or {}


def _inside(value: Any, kind: Any, steps: Sequence[str], asked: Assignment) -> Any:
    """Give what a value becomes; None takes it away."""
    if not steps:
        return (
            _listed(value, kind[0], asked)
            if isinstance(kind, list)
            else _single(value, kind, asked)
        )
    if isinstance(kind, list):
        return _item(value or [], kind[0], steps, asked)
    shape = _shape(kind)
    key = steps[0]
    if kind != _OWN and key not in SHAPES.get(shape, {}) and key[:2] != "x-":
        raise unknown_name(
            "field", asked.field, _names(shape, asked, steps), see="rexctl fields lists them"
        )
    old = value if isinstance(value, dict) else {HEADS[shape]: value} if value else {}
    part = _inside(old.get(key), SHAPES.get(shape, {}).get(key, _OWN), steps[1:], asked)
    rest = {name: one for name, one in old.items() if name != key or part is not None}
    return ({**rest, key: part} if part is not None else rest) or None


def _item(values: list[Any], kind: Any, steps: Sequence[str], asked: Assignment) -> Any:
    head = HEADS.get(_shape(kind), "")
    names = [one.get(head, "") if isinstance(one, dict) else one for one in values]
    if steps[0] in names:
        n = names.index(steps[0])
    elif steps[0].isascii() and steps[0].isdigit() and int(steps[0]) < len(values):
        n = int(steps[0])
    else:
        there = f"0 to {len(values) - 1}" if values else "none"
        raise bad_value(asked.field, f"there is no {steps[0]}", f"there are {there}")
    part = _inside(values[n], kind, steps[1:], asked)
    return [*values[:n], *([] if part is None else [part]), *values[n + 1 :]] or None


def _single(value: Any, kind: str, asked: Assignment) -> Any:
    if asked.op != "=":
        raise bad_value(f"{asked.field}{asked.op}", "is no list", f"{asked.field}= sets it")
    return _made(kind, asked.value, value) if asked.value else None


def _listed(values: Any, kind: str, asked: Assignment) -> Any:
    values = values if isinstance(values, list) else []
    given = [_made(kind, text) for text in _parted(kind, asked.value)]
    if asked.op == "=":
        return given or None
    if not given:
        raise bad_value(f"{asked.field}{asked.op}", "has no value")
    if asked.op == "+=":
        return [*values, *(one for one in given if one not in values)]
    head = HEADS.get(_shape(kind), "")
    gone = set(_parted(kind, asked.value))
    kept = [one for one in values if (one.get(head) if isinstance(one, dict) else one) not in gone]
    if len(kept) == len(values):
        raise bad_value(asked.field, f"has no {asked.value}")
    return kept or None


def _parted(kind: str, text: str) -> list[str]:
    if kind.partition("|")[0] not in _CODES:
        return [text] if text else []
    return [piece.strip().replace("\\,", ",") for piece in _COMMA.split(text) if piece.strip()]


def _made(kind: str, text: str, old: Any = None) -> Any:
    """Give a value from a text: that of a mapping is its chief field."""
    bare, bar, shape = kind.partition("|")
    if not bar and bare in SHAPES:
        return {**(old if isinstance(old, dict) else {}), HEADS[bare]: text}
    if shape and isinstance(old, dict):
        return {**old, HEADS[shape]: text}
    return text


def _shape(kind: Any) -> str:
    return str(kind).rpartition("|")[2]


def _names(shape: str, asked: Assignment, steps: Sequence[str]) -> list[str]:
    before = asked.steps[: len(asked.steps) - len(steps)]
    return [".".join([*before, name]) for name in SHAPES.get(shape, {})]
