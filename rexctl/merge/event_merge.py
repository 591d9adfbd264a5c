"""Merge the data of three versions of an event; what both sides changed is a clash, not a decision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from rexctl.gitrepo.merge_file import Conflict, merge_lines
from rexctl.model.list_keys import index_by_key, item_key
from rexctl.model.tables import SHAPES, each, part
from rexctl.values.prose import format_prose
from rexctl.yamlfile import serialize
from rexctl.yamlfile.edit import group_new

Key = tuple[tuple[str, str], ...]
Items = dict[Key, Any]

Pick = Literal["full", "ours", "theirs", "base"]
_MAX_LABEL = 60  # characters


class Clash(NamedTuple):
    """A value that both sides changed in different ways; None where there is no value.

    `name` is the path to it, with keys of items for their numbers; `kind` is what the schema declares
    there.
    """

    name: tuple[str, ...]
    base: Any
    ours: Any
    theirs: Any
    kind: Any = ""

    def inner(self, label: str, key: Any) -> Clash:
        """Return the values at a key of the three mappings; `label` is added to the name."""
        values = (side.get(key) for side in (self.base, self.ours, self.theirs))
        return Clash((*self.name, label), *values)


class Merged(NamedTuple):
    """The merged data, with the keys in the order of the schema, and the clashes."""

    data: dict[str, Any]
    clashes: list[Clash]


def merge_events(base: Any, ours: Any, theirs: Any, shape: str, pick: Pick = "full") -> Merged:
    """Merge three events, their prose in canonical form; `base` is empty where both sides are new.

    `pick` is the version used where they clash; "full" is our value, or theirs where we have none.
    """
    merge = _Merge(pick)
    data = merge.mapping(Clash((), base, ours, theirs), shape)
    return Merged(serialize.canonical_data(data, shape), merge.clashes)


def item_label(item: Any, kind: Any, number: int) -> str:
    """Return the name of an item for a person: `1(1)`, `suspends 2025-10-09-cn-mofcom-61`."""
    key = item_key(item, kind)
    label = " ".join(" ".join(text for _, text in key or ()).split()) or str(number + 1)
    return label if len(label) <= _MAX_LABEL else label[: _MAX_LABEL - 1] + "…"


def name_path(path: Sequence[str | int], data: Any, kind: Any) -> tuple[str, ...]:
    """Return a path with the names of items in place of their numbers, which a merge may change."""
    name: list[str] = []
    for step in path:
        if isinstance(step, int):
            kind = each(kind)
            name.append(f"[{item_label(data[step], kind, step)}]")
        else:
            kind = SHAPES.get(part(kind), {}).get(step, "")
            name.append(step)
        data = data[step]
    return tuple(name)


def format_name(name: Sequence[str]) -> str:
    """Return a path with names as one text: `clauses[1(1)].effective.from`."""
    return ".".join(name).replace(".[", "[")


class _Merge:
    def __init__(self, pick: Pick) -> None:
        self._pick = pick
        self.clashes: list[Clash] = []

    def mapping(self, at: Clash, shape: str) -> dict[str, Any]:
        """Merge field by field."""
        known = SHAPES.get(shape, {})
        merged = {}
        for key in {**at.ours, **at.theirs}:
            value = self._value(at.inner(key, key), known.get(key, ""))
            if value is not None:
                merged[key] = value
        return merged

    def _value(self, at: Clash, kind: Any) -> Any:
        base, ours, theirs = at.base, at.ours, at.theirs
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        if isinstance(ours, dict) and isinstance(theirs, dict):
            known = base if isinstance(base, dict) else {}
            return self.mapping(at._replace(base=known), part(kind)) or None
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._list(at, kind)
        if kind == "prose" and all(isinstance(text, str) for text in (base, ours, theirs)):
            merged = _merge_prose(base, ours, theirs)
            if merged is not None:
                return merged or None
        return self._resolve(at, kind)

    def _list(self, clash: Clash, list_kind: Any) -> Any:
        """Merge lists as sets by key; without keys, or where both reorder or reword, they clash."""
        kind = each(list_kind)
        before = clash.base if isinstance(clash.base, list) else []
        base, ours, theirs = (index_by_key(one, kind) for one in (before, clash.ours, clash.theirs))
        if base is None or ours is None or theirs is None:
            return self._resolve(clash, list_kind)
        order = _merge_order(base, ours, theirs)
        if order is None or _is_rewording(base, ours, theirs, kind):
            return self._resolve(clash, list_kind)
        items = clash._replace(base=base, ours=ours, theirs=theirs)
        merged: list[Any] = []
        for key in order:
            label = item_label(ours.get(key, theirs.get(key)), kind, len(merged))
            value = self._value(items.inner(f"[{label}]", key), kind)
            if value is not None:
                merged.append(value)
        return merged or None

    def _resolve(self, clash: Clash, kind: Any) -> Any:
        self.clashes.append(clash._replace(kind=kind))
        if self._pick == "full":
            return clash.theirs if clash.ours is None else clash.ours
        return getattr(clash, self._pick)


@lru_cache(maxsize=256)  # an event is merged once for each side that is picked
def _merge_prose(base: str, ours: str, theirs: str) -> str | None:
    """Return prose with the sentences that both sides changed; None where they changed the same."""
    parts = list(merge_lines(*(text.split("\n") for text in (base, ours, theirs))))
    if any(isinstance(part, Conflict) for part in parts):
        return None
    return format_prose("\n".join(line for part in parts for line in part if isinstance(line, str)))


def _merge_order(base: Items, ours: Items, theirs: Items) -> list[Key] | None:
    """Return the keys of both sides in one order; None where both changed it in different ways."""
    shared = base.keys() & ours.keys() & theirs.keys()
    was, mine, yours = ([k for k in items if k in shared] for items in (base, ours, theirs))
    if was not in (mine, yours) and mine != yours:
        return None
    if mine != was or yours == was:
        return _insert_missing(list(ours), list(theirs))
    return _insert_missing(list(theirs), list(ours))


def _insert_missing(order: list[Key], others: list[Key]) -> list[Key]:
    """Return `order` with the keys that only `others` has, each after the key it follows there.

    Keys that only `order` has stay directly after the key they follow.
    """
    shared = set(order).intersection(others)
    missing = group_new(shared, others)
    merged: list[Key] = []
    last: Key | None = None
    for key in order:
        if key in shared:
            merged += missing.get(last, ())
            last = key
        merged.append(key)
    return [*merged, *missing.get(last, ())]


def _is_rewording(base: Items, ours: Items, theirs: Items, kind: Any) -> bool:
    """Return whether both sides removed the same item and each added another in its place.

    Of codes that is a union; of a claim it is two new wordings of one claim.
    """
    if kind != "prose" and part(kind) not in SHAPES:
        return False
    removed = base.keys() - ours.keys() - theirs.keys()
    mine, yours = ours.keys() - base.keys(), theirs.keys() - base.keys()
    return bool(removed and mine - yours and yours - mine)
