"""The leaves of an event for the index: each under its dotted name, folded, with its window."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.legal import HEADS, SHAPES, TYPES
from rexctl.values import dates
from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NUMBERS = frozenset({"number", "integer"})
_DATES = frozenset({"date", "day"})
# A word is looked for in these kinds of leaves.
_READ = frozenset({"text", "prose", "url", "slug", "actor", "product", "law", "id", "extra"})
# The fields of all types at once, for lines that name no type or one of another tool.
_EVERY = {key: kind for name in TYPES for key, kind in SHAPES[name].items()}
_MOST_KEPT, _LONGEST_KEPT = 1024, 100  # texts of one field, which are mostly the same few


class Value(NamedTuple):
    """One leaf of an event: the dotted name, the text, the text folded, and its window."""

    field: str
    text: str
    folded: str
    lo: float | None
    hi: float | None


class Field:
    """A place in the tree of an event: what a leaf there is called, and what lies below.

    Fields that the schema knows are made once and keep what they have said; those of a project's
    own are made anew each time, for a line from elsewhere may hold any number of them.
    """

    __slots__ = (
        "_below",
        "_inside",
        "_kept",
        "_kept_heads",
        "_kind",
        "_known",
        "_prefix",
        "_read",
        "_windowed",
        "head",
        "heads",
        "names",
    )  # fmt: skip

    def __init__(self, name: str, kind: Any, *, in_clause: bool) -> None:
        kind = kind[0] if isinstance(kind, list) else kind
        self._kind, _, mapping = kind.partition("|")
        shape = kind.rpartition("|")[2]
        # A bare code is the head of the mapping that might stand in its place.
        bare = (name, f"{name}.{HEADS[mapping]}") if mapping else (name,)
        self.names = _reached(bare, in_clause=in_clause)
        self.heads = _reached((name,), in_clause=in_clause)
        self._read, self._windowed = self._kind in _READ, self._kind in _DATES | NUMBERS
        self._prefix = name and name + "."
        # A line whose type says nothing may have the fields of any type.
        self._known: Mapping[str, Any] = SHAPES.get(shape) or ({} if name else _EVERY)
        self.head = HEADS.get(shape, "")
        self._inside = in_clause or shape.endswith("Clause")
        self._below: dict[str, Field] = {}
        self._kept: dict[str, tuple[Value, ...]] = {}
        self._kept_heads: dict[str, tuple[Value, ...]] = {}

    def below(self, key: str) -> Field:
        """Give the field of a key of a mapping that stands here."""
        found = self._below.get(key)
        if found is None:
            kind = self._known.get(key, "extra")
            found = Field(self._prefix + key, kind, in_clause=self._inside)
            if key in self._known:
                self._below[key] = found
        return found

    def order(self, data: Mapping[str, Any]) -> list[str]:
        """Give the keys of a mapping that stands here, those of the schema first, in their order."""
        return [*filter(data.__contains__, self._known), *(k for k in data if k not in self._known)]

    def said(self, text: str) -> tuple[Value, ...]:
        """Give what a text that stands here says, under each of its names."""
        found = self._kept.get(text)
        if found is None:
            found = self.told(text)
            _keep(self._kept, text, found)
        return found

    def told(self, text: str) -> tuple[Value, ...]:
        """Give the same of a text that is kept elsewhere, or not worth keeping."""
        rest = self.meant(text)
        return tuple([Value(name, text, *rest) for name in self.names])

    def meant(self, text: str) -> tuple[str, float | None, float | None]:
        """Give what a text that stands here is under each of its names: folded, and its window."""
        low, high = window(self._kind, text) if self._windowed else (None, None)
        return comparison_key(text) if self._read else "", low, high

    def headed(self, text: str) -> tuple[Value, ...]:
        """Give the chief field of a mapping that stands here, under the mapping's own name."""
        found = self._kept_heads.get(text)
        if found is None:
            rest = self.below(self.head).meant(text)
            found = tuple([Value(name, text, *rest) for name in self.heads])
            _keep(self._kept_heads, text, found)
        return found


@cache
def root(shape: str) -> Field:
    """Give the field that is a whole event of a type; of the type "" where none is known."""
    return Field("", shape, in_clause=False)


def _reached(names: Sequence[str], *, in_clause: bool) -> tuple[str, ...]:
    """Give the names of a leaf: what a clause reaches, the measure reaches too.

    So product:hs:2846 finds it in either place. The id and the title of a clause are its own.
    """
    found = []
    for name in names:
        above = name.removeprefix("clauses.")
        found += [name, above] if in_clause and above not in ("id", "title") else [name]
    return tuple(found)


def _keep(kept: dict[str, tuple[Value, ...]], text: str, found: tuple[Value, ...]) -> None:
    if len(text) <= _LONGEST_KEPT:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[text] = found


def text_of(value: Any) -> str:
    """Give a leaf as text, empty for what says nothing; other tools write true and null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""


def window(kind: str, text: str) -> tuple[float | None, float | None]:
    """Give the lowest and the highest number that a date or a number may mean."""
    try:
        if kind in _DATES:
            return dates.span(text)
        if kind in NUMBERS:
            return float(text), float(text)
    except ValueError:  # a line from elsewhere may hold anything; it has no window then
        pass
    return None, None
