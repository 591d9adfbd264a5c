"""The schema as tables, and the relations of links with their inverses and effects.

The schema is read from `resources/schema.json`, so that no command loads a model for it; `python -m
tests.regenerate` writes that file from the models (`tests/generate_tables.py`).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PATH = Path(__file__).parents[1] / "resources" / "schema.json"
Loc = tuple[str | int, ...]  # the keys and indexes that lead to a value of an event


class Field(NamedTuple):
    """A dotted name that a query may use: its kind, closed values, and the types that have it."""

    kind: str
    many: bool
    values: tuple[str, ...]
    types: tuple[str, ...]
    help: str


class TypeInfo(NamedTuple):
    """A type: a caption, its statuses, its dates, whether it is a measure."""

    caption: str
    status: tuple[str, ...]
    span: tuple[str, ...]
    measure: bool


class Relation(NamedTuple):
    """How one event bears on another: its word, the inverse word, and what it does."""

    word: str
    inverse: str
    lifecycle: bool  # changes what is in force
    causal: bool  # somebody's claim of why: needs asserted_by


def _tuples(row: list[Any]) -> list[Any]:
    return [tuple(cell) if isinstance(cell, list) else cell for cell in row]


_TABLES = json.loads(PATH.read_bytes())
VERSION: str = _TABLES["version"]  # changes whenever a table does
# For each type and each part, its keys in order and the kind of each; a list of one where many.
# `Event` has the keys of all types.
SHAPES: dict[str, dict[str, Any]] = _TABLES["shapes"]
# For each part, its chief field, for which a bare text stands.
HEADS: dict[str, str] = _TABLES["heads"]
# For each part, the fields that identify it among its like in a list.
IDENTITIES: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in _TABLES["identities"].items()}
# For each part that has them, the values that input may leave out.
USUAL: dict[str, dict[str, str]] = _TABLES["usual"]
# For each type and part that has them, the fields whose texts are listed, with these texts.
CHOICES: dict[str, dict[str, list[str]]] = _TABLES["choices"]
# For each type and part that has them, the fields that it must have, with what they are.
REQUIRED: dict[str, dict[str, str]] = _TABLES["required"]
# The keys of fields of actors that accept the word `all`.
ALL_TOO = frozenset(_TABLES["all_too"])
# The singular of each plural field that a query may use instead.
ALIASES: dict[str, str] = _TABLES["aliases"]
TYPES: dict[str, TypeInfo] = {k: TypeInfo(*_tuples(v)) for k, v in _TABLES["types"].items()}
# Other words, by what they are of: types, statuses, options, schemes, legal forms of firms.
WORDS: dict[str, Any] = _TABLES["words"]
FIELDS: dict[str, Field] = {}
for _name, (_kind, _many, _values, _types, _help) in _TABLES["fields"].items():
    FIELDS[_name] = Field(_kind, _many, tuple(_values), tuple(_types or TYPES), _help)


_RELATIONS = tuple(
    Relation(word, inverse, effect == "lifecycle", effect == "causal")
    for word, inverse, effect in WORDS["relations"]
)
RELATIONS = {relation.word: relation for relation in _RELATIONS}
INVERSES = {relation.inverse: relation.word for relation in _RELATIONS}
LIFECYCLE = tuple(r.word for r in _RELATIONS if r.lifecycle)
CAUSAL = tuple(r.word for r in _RELATIONS if r.causal)
# A chain of these that leads back to its start says that an event came before itself.
ACYCLIC = (*LIFECYCLE, "results-from", "responds-to", "carries-out", "calls-off", "averts", "implements",
           "prepares", "follows-up", "part-of", "corrects")  # fmt: skip


@cache
def chief_field(column: str) -> str:
    """Return the chief field of the mapping at a dotted name: `value` for `rates`.

    Empty where there is no mapping. The first event type that has the field decides.
    """
    shapes = (shape_at(column.split("."), name) for name in TYPES)
    return next((HEADS[shape] for shape in shapes if shape in HEADS), "")


def shape_at(path: Iterable[str | int], shape: str) -> str:
    """Return the shape of what is at a path (indexes are skipped) in a mapping of `shape`."""
    for step in path:
        if isinstance(step, str):
            kind = SHAPES.get(shape, {}).get(step, "")
            shape = part(each(kind) or kind)
    return shape


def part(kind: Any) -> str:
    """Return the name of the shape in a kind: `product|Product` is a bare code or a `Product`."""
    return kind.rpartition("|")[2] if isinstance(kind, str) else ""


def each(kind: Any) -> Any:
    """Return the kind of each item of a list; empty where the kind is no list."""
    return kind[0] if isinstance(kind, list) else ""
