"""How the items of a list are matched: each kind of item has keys, for merge, diff and edit alike."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import HEADS, IDENTITIES, SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Item = Mapping[str, Any]
    ItemPair = tuple[Item | None, Item | None]
    Key = tuple[tuple[str, str], ...]
    FindKey = Callable[[Item], Key | None]

NUMBERS = ("number", "integer")
# Keys that match an item whose identity was edited, the surest first. A link to another event is
# another link, so links that share nothing but a relation do not match.
_WEAKER_KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Link": (("rel", "to", "instrument", "clause"), ("rel", "to", "instrument")),
    "Source": (("title", "publisher"), ("title",)),
    "Claim": (("by", "source"),),
}
# Kinds of fields that distinguish figures (`percent` from `specific`), which have no identity.
_CHOICES = ("word", "slug", "id", "actor", "country", "product", "law", "list")


def item_key(item: Any, kind: Any) -> Key | None:
    """Return the key of an item of this kind: the fields of its identity, else its first text.

    None where it has none: a rate of 10 that one side makes 15 and the other 20 is not two rates.

    >>> item_key("hs:2846", "product|Product") == item_key({"code": "hs:2846"}, "product|Product")
    True
    """
    shape = kind.rpartition("|")[2] if isinstance(kind, str) else ""
    if shape not in SHAPES:
        return (("", item),) if kind and isinstance(item, str) else None
    fields = IDENTITIES.get(shape, ())
    if isinstance(item, str) and fields:
        item = {fields[0]: item}
    if not isinstance(item, dict) or not fields:
        return None
    texts = [(name, _text_of(item[name])) for name in SHAPES[shape] if name in item]
    texts = [(name, text) for name, text in texts if text]
    return tuple(pair for pair in texts if pair[0] in fields) or tuple(texts[:1]) or None


def _text_of(value: Any) -> str:
    """Return a text, or the texts of a mapping (the instrument of a link) as one; else an empty one."""
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return value if isinstance(value, str) else ""


def index_by_key(items: Sequence[Any], kind: Any) -> dict[Key, Any] | None:
    """Return the items of a list by their keys; None where one has none, or two have the same."""
    index: dict[Key, Any] = {}
    for item in items:
        key = item_key(item, kind)
        if key is None or key in index:
            return None
        index[key] = item
    return index


def as_mapping(item: Any, shape: str) -> Item:
    """Return an item as a mapping: a bare code is the chief field of the mapping it stands for."""
    return item if isinstance(item, dict) else {HEADS.get(shape, "code"): item}


def match_items(old: Sequence[Any], new: Sequence[Any], shape: str) -> Iterator[ItemPair]:
    """Yield the items that differ: two versions of one item, or one added or removed with None.

    Items match by their keys, wherever they are in the lists. Added and changed items come in the
    order of the new list, removed ones follow.
    """
    before = [as_mapping(item, shape) for item in old]
    after = [as_mapping(item, shape) for item in new]
    matches: dict[int, int] = {}  # from the position in the new list to the one in the old
    for find_key in _keys_of(shape):
        _match_by_key(before, after, matches, find_key)
    if not _has_identity(shape):
        _match_by_likeness(before, after, matches)
    for position, item in enumerate(after):
        match = before[matches[position]] if position in matches else None
        if match != item:
            yield match, item
    matched = set(matches.values())
    for position, item in enumerate(before):
        if position not in matched:
            yield item, None


def _has_identity(shape: str) -> bool:
    """Return whether the items of a shape have names; what changes of a figure is its value."""
    kind = SHAPES.get(shape, {}).get(HEADS.get(shape, ""), "number")
    return shape in _WEAKER_KEYS or (kind not in NUMBERS and kind != "prose")


def _keys_of(shape: str) -> Iterator[FindKey]:
    """Yield the keys by which items of a shape match, the surest first."""
    fields_of = SHAPES.get(shape, {})
    yield lambda item: tuple(sorted((name, repr(value)) for name, value in item.items()))
    names: list[tuple[str, ...]] = [IDENTITIES.get(shape, ()), *_WEAKER_KEYS.get(shape, ())]
    if shape not in _WEAKER_KEYS and _has_identity(shape):
        names.append((HEADS[shape],))
    elif shape not in _WEAKER_KEYS:
        names.append(tuple(name for name, kind in fields_of.items() if kind in _CHOICES))
    for fields in names:
        yield lambda item, fields=fields: _key_of_fields(item, fields)  # type: ignore[misc]


def _key_of_fields(item: Item, fields: Sequence[str]) -> Key | None:
    present = [(name, repr(item[name])) for name in fields if name in item]
    return tuple(present) or None


def _match_by_key(
    before: Sequence[Item], after: Sequence[Item], matches: dict[int, int], find_key: FindKey
) -> None:
    """Match, in order, the items that have the same key in both lists and no match yet."""
    unmatched: dict[Key, deque[int]] = {}
    matched = set(matches.values())
    for position, item in enumerate(before):
        key = None if position in matched else find_key(item)
        if key is not None:
            unmatched.setdefault(key, deque()).append(position)
    for position, item in enumerate(after):
        key = None if position in matches else find_key(item)
        if key is not None and unmatched.get(key):
            matches[position] = unmatched[key].popleft()


def _match_by_likeness(
    before: Sequence[Item], after: Sequence[Item], matches: dict[int, int]
) -> None:
    """Match each item left with the one it shares most with: a rate of 100 that is now 140."""
    left = sorted(set(range(len(before))) - set(matches.values()))
    for position, item in enumerate(after):
        if position in matches or not left:
            continue
        best = max(left, key=lambda other: _count_shared(before[other], item))
        if _count_shared(before[best], item) or len(before) == len(after) == 1:
            matches[position] = best
            left.remove(best)


def _count_shared(one: Item, other: Item) -> int:
    return sum(other.get(name) == value for name, value in one.items())
