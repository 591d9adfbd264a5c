"""Which part of a list on one side is which on the other: by what names it, not by where it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rexctl.changes.items import NUMBERS
from rexctl.model.legal import HEADS, IDENTITIES, SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Item = Mapping[str, Any]
    Pair = tuple[Item | None, Item | None]
    Key = tuple[Any, ...]

# What a part of these sorts is known by, the surest first. A link to another event is another
# link, so links that share nothing but a relation are never taken for one.
_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Link": (IDENTITIES["Link"], ("rel", "to", "clause"), ("rel", "to")),
    "Source": (("url",), ("title", "publisher"), ("title",)),
    "Claim": (("text",), ("by", "source")),
}
# A text, a figure or a choice that a part cannot be told by may still be alike on both sides.
_CHOICES = ("word", "slug", "id", "actor", "country", "product", "law")


def whole(item: Any, shape: str) -> Item:
    """Give a part as a mapping: a bare code is the head of the mapping that might stand there."""
    return item if isinstance(item, dict) else {HEADS.get(shape, "code"): item}


def paired(old: Sequence[Any], new: Sequence[Any], shape: str) -> Iterator[Pair]:
    """Give the parts that differ: two that are one part, or one that came or went, with None.

    What came stands where it does among the new; what went follows.
    """
    before = [whole(item, shape) for item in old]
    after = [whole(item, shape) for item in new]
    found: dict[int, Item] = {}
    for key in _keys(shape):
        _match(before, after, found, key)
    if shape not in _KEYS and not _named(shape):
        _match_rest(before, after, found)
    gone = [item for item in before if not any(item is other for other in found.values())]
    for place, item in enumerate(after):
        if place not in found:
            yield None, item
        elif found[place] != item:
            yield found[place], item
    for item in gone:
        yield item, None


def _keys(shape: str) -> Iterator[Callable[[Item], Key | None]]:
    yield lambda item: tuple(sorted((k, repr(v)) for k, v in item.items()))
    if shape in _KEYS:
        for names in _KEYS[shape]:
            yield partial(_key, names=names)
    elif _named(shape):
        yield partial(_key, names=(HEADS[shape],))
    else:
        known = SHAPES.get(shape, {})
        names = tuple(name for name, kind in known.items() if kind in _CHOICES)
        yield partial(_key, names=names)


def _named(shape: str) -> bool:
    """Tell a shape whose chief field names the part; a figure is what changes, not what it is."""
    kind = SHAPES.get(shape, {}).get(HEADS.get(shape, ""), "number")
    return kind not in NUMBERS and kind != "prose"


def _key(item: Item, names: Sequence[str]) -> Key | None:
    found = tuple(repr(item.get(name)) if name in item else None for name in names)
    return found if any(found) else None


def _match(
    before: Sequence[Item], after: Sequence[Item], found: dict[int, Item],
    key: Callable[[Item], Key | None],
) -> None:  # fmt: skip
    """Pair, in order, what has the same key on both sides and no pair yet."""
    open_: dict[Key, list[Item]] = {}
    taken = {id(item) for item in found.values()}
    for item in before:
        name = key(item)
        if name is not None and id(item) not in taken:
            open_.setdefault(name, []).append(item)
    for place, item in enumerate(after):
        name = key(item)
        if place not in found and name is not None and open_.get(name):
            found[place] = open_[name].pop(0)


def _match_rest(before: Sequence[Item], after: Sequence[Item], found: dict[int, Item]) -> None:
    """Pair what is left with what it shares most with: a rate of 100 percent that is now 140."""
    left = [item for item in before if not any(item is other for other in found.values())]
    for place, item in enumerate(after):
        if place in found or not left:
            continue
        best = max(left, key=lambda other: _shared(other, item))
        if _shared(best, item) or (len(before) == len(after) == 1):
            found[place] = best
            left = [other for other in left if other is not best]


def _shared(one: Item, other: Item) -> int:
    return sum(other.get(key) == value for key, value in one.items())
