"""The places of a canonical event: what a line there says, judged and told once for all files."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cache.line import lead_of, leaf
from rexctl.model.alone import judge_of, needed_in, part_of
from rexctl.model.legal import SHAPES
from rexctl.yamlfile.scalar import plain_safe, scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from rexctl.cache.leaves_of import Field
    from rexctl.model.shape import Shape

    Leaves = tuple[tuple[Any, ...], ...]

_ESCAPE = re.compile(r'\\([\\"])')
_KEYED = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}:(?: |$)")
# Lines are the same from file to file, so what they say is kept; neither too many nor long ones.
MOST_KEPT, LONGEST_KEPT = 4096, 60
# Texts of these kinds are hardly ever those of another event.
_ITS_OWN = frozenset({"id", "url", "prose"})


class OtherWise(Exception):
    """It is written another way than canon's, or something is wrong with it: the long way tells."""


class Line(NamedTuple):
    """What a line says: its key's rank and name, its text, and what the index is told of that.

    `text` is None where something opens below. `json` is the member or item; `values` are the
    leaves, and `headed` the leaves of the mapping that has this line for its chief one, all as
    plain tuples, for they go to another process.
    """

    rank: int
    name: str
    text: str | None
    json: str
    values: Leaves
    headed: Leaves
    key: Key


class Key:
    """A key of a mapping: where it stands in the order, and what may stand behind or below it."""

    def __init__(self, place: Place, name: str, rank: int) -> None:
        self.name, self.rank, self._place = name, rank, place
        kind = SHAPES[place.shape][name]
        self.listed = isinstance(kind, list)
        self.kind = kind[0] if self.listed else kind
        self.is_block = self.kind == "prose" and not self.listed
        self.lead = lead_of(name)
        self.field = place.field.below(name)
        self._names, self._meant = self.field.names, self.field.meant
        # Of a chief field the mapping's own names tell too.
        self._heads = place.field.heads if place.field.head == name else ()
        self._below: Place | None = None
        # The line of a key, or behind a dash, below which something opens.
        self.opening = Line(rank, name, None, "", (), (), self)
        self.items: dict[str, Line] = {}

    @cached_property
    def _judged(self) -> Callable[[Any, dict[str, Any]], bool]:
        """The judge of a value, made when one is met: most keys never are, and each takes a while."""
        return judge_of(self._place.model, self.name)

    @property
    def below(self) -> Place:
        """The place of the mapping that may stand below the key, or in its list."""
        if self._below is None:
            shape = self.kind.rpartition("|")[2]
            if shape not in SHAPES:
                raise OtherWise
            model = part_of(self._place.model, self.name, shape)
            self._below = Place(shape, model, self.field, self._place.context)
        return self._below

    def line(self, text: str) -> Line:
        """Tell a text behind the key."""
        if self.listed or not self._judged(text, self._place.context):
            raise OtherWise
        rest = (text, *self._meant(text))
        headed = tuple([(name, *rest) for name in self._heads]) if self._heads else ()
        told = tuple([(name, *rest) for name in self._names])
        return Line(
            self.rank, self.name, text, self.lead + leaf(text, self.kind), told, headed, self
        )

    def item(self, text: str) -> Line:
        """Tell a text that is an item of the list."""
        if not self._judged([text], self._place.context):
            raise OtherWise
        rest = (text, *self._meant(text))
        told = tuple([(name, *rest) for name in self._names])
        return Line(0, self.name, text, leaf(text, self.kind), told, (), self)

    def item_line(self, raw: str) -> Line:
        """Tell what stands behind a dash; the text is None where a mapping or a block begins."""
        if _KEYED.match(raw) or (self.kind == "prose" and raw == "|"):
            return self.opening
        if self.kind == "prose":
            raise OtherWise
        return _kept(self.items, raw, self.item(text_of(raw)))


class Place:
    """A place in the tree of an event where a mapping stands: its keys, and the lines seen there."""

    def __init__(
        self, shape: str, model: type[Shape], field: Field, context: dict[str, Any]
    ) -> None:
        self.shape, self.model, self.field, self.context = shape, model, field, context
        self.lines: dict[str, Line] = {}
        self.keys = {name: Key(self, name, rank) for rank, name in enumerate(SHAPES[shape])}
        self.needed = needed_in(model)
        self.rules = model.rules

    def line(self, written: str) -> Line:
        """Tell a line that was not seen before. Raises OtherWise."""
        name, colon, raw = written.partition(":")
        key = self.keys.get(name)
        if key is None or not colon:
            raise OtherWise
        if raw == (" |" if key.is_block else ""):
            return _kept(self.lines, written, key.opening)
        if raw[:1] != " " or key.is_block:
            raise OtherWise
        line = key.line(text_of(raw[1:]))
        return line if key.kind in _ITS_OWN else _kept(self.lines, written, line)


def text_of(raw: str) -> str:
    """Give the text that a scalar spells, if canon would spell it so. Raises OtherWise."""
    if raw and plain_safe(raw):
        return raw
    if len(raw) < 2 or raw[0] != '"' or raw[-1] != '"':
        raise OtherWise
    inner = raw[1:-1]
    text = _ESCAPE.sub(r"\1", inner) if "\\" in inner else inner
    if scalar(text) != raw:
        raise OtherWise
    return text


def _kept(memory: dict[str, Line], written: str, line: Line) -> Line:
    if len(written) <= LONGEST_KEPT:
        if len(memory) >= MOST_KEPT:
            memory.clear()
        memory[written] = line
    return line
