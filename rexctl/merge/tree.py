"""Three versions of an event's plain data become one; what cannot is told, and not decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rexctl.merge import lines
from rexctl.merge.keys import label
from rexctl.model.legal import SHAPES
from rexctl.model.list_keys import index_by_key
from rexctl.values.prose import sentences
from rexctl.yamlfile import serialize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.model.list_keys import Key

    Path = tuple[str | int, ...]
    Items = dict[Key, Any]

Pick = Literal["full", "ours", "theirs", "base"]


class Clash(NamedTuple):
    """A value that both sides changed, and not alike; None is the absence of one.

    `path` leads to it in the merged data, `name` tells it with keys of items for their numbers.
    """

    path: Path
    name: tuple[str, ...]
    base: Any
    ours: Any
    theirs: Any


class Merged(NamedTuple):
    """The merged data, in the order of its shape, and the clashes."""

    data: dict[str, Any]
    clashes: list[Clash]


def merge(base: Any, ours: Any, theirs: Any, shape: str, pick: Pick = "full") -> Merged:
    """Merge three events, prose as canon has it; the base is empty where both sides are new.

    `pick` says what stands where they clash; `full` is our value, or theirs where we have none.
    """
    work = _Merging(pick)
    found = work.mapping((), (), base, ours, theirs, shape)
    return Merged(serialize.prosed(found, shape, SHAPES), work.clashes)


class _Merging:
    def __init__(self, pick: Pick) -> None:
        self._pick = pick
        self.clashes: list[Clash] = []

    def mapping(
        self, path: Path, name: tuple[str, ...], base: Any, ours: Any, theirs: Any, shape: str
    ) -> dict[str, Any]:
        """Merge field by field."""
        known = SHAPES.get(shape, {})
        found = {}
        for key in {**ours, **theirs}:
            value = self._node(
                (*path, key), (*name, key), base.get(key), ours.get(key), theirs.get(key),
                known.get(key, ""),
            )  # fmt: skip
            if value is not None:
                found[key] = value
        return found

    def _node(
        self, path: Path, name: tuple[str, ...], base: Any, ours: Any, theirs: Any, kind: Any
    ) -> Any:
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        if isinstance(ours, dict) and isinstance(theirs, dict):
            was = base if isinstance(base, dict) else {}
            return self.mapping(path, name, was, ours, theirs, serialize.part(kind)) or None
        clash = Clash(path, name, base, ours, theirs)
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._list(clash, serialize.each(kind))
        texts = (base, ours, theirs)
        if kind == "prose" and all(isinstance(text, str) for text in texts):
            found = lines.merged(*(text.split("\n") for text in texts))
            if found is not None:
                return sentences("\n".join(found)) or None
        return self._clash(clash)

    def _list(self, whole: Clash, kind: Any) -> Any:
        """Merge as sets by key; without keys, or where order or identity is at stake, it clashes."""
        was = whole.base if isinstance(whole.base, list) else []
        base, ours, theirs = (
            index_by_key(items, kind) for items in (was, whole.ours, whole.theirs)
        )
        if base is None or ours is None or theirs is None:
            return self._clash(whole)
        order = _order(base, ours, theirs)
        if order is None or (_reworded(base, ours, theirs, kind)):
            return self._clash(whole)
        found: list[Any] = []
        for key in order:
            item = ours.get(key, theirs.get(key))
            value = self._node(
                (*whole.path, len(found)), (*whole.name, f"[{label(item, kind, len(found))}]"),
                base.get(key), ours.get(key), theirs.get(key), kind,
            )  # fmt: skip
            if value is not None:
                found.append(value)
        return found or None

    def _clash(self, clash: Clash) -> Any:
        self.clashes.append(clash)
        if self._pick == "full":
            return clash.theirs if clash.ours is None else clash.ours
        return getattr(clash, self._pick)


def _order(base: Items, ours: Items, theirs: Items) -> list[Key] | None:
    """Give the keys of both sides in one order; None where both changed it, and not alike."""
    shared = base.keys() & ours.keys() & theirs.keys()
    was, mine, yours = ([k for k in items if k in shared] for items in (base, ours, theirs))
    if was not in (mine, yours) and mine != yours:
        return None
    return _joined(ours, theirs) if mine != was or yours == was else _joined(theirs, ours)


def _joined(order: Iterable[Key], others: Iterable[Key]) -> list[Key]:
    """Give an order with the keys that only others have, each behind the one it stood behind."""
    found, theirs = list(order), set(others)
    last = None
    for key in others:
        if key not in found:
            at = 0 if last is None else found.index(last) + 1
            while at < len(found) and found[at] not in theirs:
                at += 1
            found.insert(at, key)
        last = key
    return found


def _reworded(base: Items, ours: Items, theirs: Items, kind: Any) -> bool:
    """Tell whether both sides took the same item out and each put another in its place.

    Of codes that is a plain union; of a claim it is two new wordings of one claim.
    """
    if kind != "prose" and serialize.part(kind) not in SHAPES:
        return False
    gone = base.keys() - ours.keys() - theirs.keys()
    added = ours.keys() - base.keys(), theirs.keys() - base.keys()
    return bool(gone and added[0] - added[1] and added[1] - added[0])
