"""Where two states of an event differ: one difference for each value, found by the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.changes.items import label
from rexctl.changes.lists import paired, whole
from rexctl.model.legal import SHAPES
from rexctl.values.prose import format_prose
from rexctl.yamlfile.serialize import each, part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Data = Mapping[str, Any]

# What a part narrows for itself: of whom its rates, its window and its goods are told.
_REACH = ("origin", "affected")
_NOTHING: dict[str, Any] = {}


class Place(NamedTuple):
    """A place in the tree of an event.

    `field` is its dotted name, `key` the last of it, `kind` what the schema says stands there and
    `shape` the mapping that holds it. `within` names the parts of lists on the way (`clause
    1(1)`), `owner` is the mapping itself as it is now, `reach` the codes it is about.
    """

    field: str
    key: str
    kind: Any
    shape: str
    within: tuple[str, ...]
    owner: Data
    reach: tuple[str, ...]
    clause: str = ""


class Difference(NamedTuple):
    """Two values of one place, None where there is none; of a list, what came or what went."""

    at: Place
    old: Any
    new: Any
    listed: bool = False


def differences(before: Data, after: Data) -> Iterator[Difference]:
    """Give every difference, in the order of the schema; spelling and order make none."""
    root = Place("", "", str(after["type"]), "", (), after, _reach(after, ()))
    other = SHAPES.get(str(before["type"]), {})
    yield from _mapping(before, after, root, other)


def _mapping(old: Data, new: Data, at: Place, other: Data = _NOTHING) -> Iterator[Difference]:
    shape = part(at.kind)
    known = SHAPES.get(shape, {})
    reach = _reach(new, at.reach)
    old, new, restated = _restated(old, new, shape)
    for key in dict.fromkeys([*known, *other, *sorted({*old, *new})]):
        before, after = old.get(key), new.get(key)
        if before != after:
            kind = known.get(key) or other.get(key) or "extra"
            field = f"{at.field}.{key}".lstrip(".")
            place = at._replace(
                field=field, key=key, kind=kind, shape=shape, owner=new, reach=reach
            )
            yield from _value(before, after, place)
    if restated:
        place = at._replace(field=f"{at.field}.until", key="end", kind="", shape=shape, owner=new)
        yield Difference(place, *restated)


def _value(old: Any, new: Any, at: Place) -> Iterator[Difference]:
    shape = part(at.kind)
    if isinstance(at.kind, list):
        yield from _list(old or [], new or [], at)
    elif shape in SHAPES and isinstance(old, dict) and isinstance(new, dict):
        yield from _mapping(old, new, at)
    elif spelled(old, at.kind) != spelled(new, at.kind):
        yield Difference(at, old, new)


def _list(old: list[Any], new: list[Any], at: Place) -> Iterator[Difference]:
    kind = each(at.kind)
    shape = part(kind)
    if shape not in SHAPES:
        yield from _codes(old, new, at, kind)
        return
    for before, after in paired(old, new, shape):
        item = after or before or _NOTHING
        inner = at._replace(kind=shape)
        if before is None or after is None:
            yield Difference(inner, before, after, listed=True)
        else:
            of_law = shape.endswith("Clause")
            name = str(item.get("id", "")) if of_law else at.clause
            # A clause is known by its number; its title would drown what is told of it.
            short = {"id": name} if of_law else whole(before, shape)
            within = (*at.within, label(short, shape))
            yield from _mapping(before, after, inner._replace(within=within, clause=name))


def _codes(old: list[Any], new: list[Any], at: Place, kind: Any) -> Iterator[Difference]:
    before = {spelled(one, kind): one for one in old}
    after = {spelled(one, kind): one for one in new}
    come = [one for name, one in after.items() if name not in before]
    gone = [one for name, one in before.items() if name not in after]
    if come:
        yield Difference(at, None, come, listed=True)
    if gone:
        yield Difference(at, gone, None, listed=True)
    # The first actor gives an event its clock; in no other list does the order tell anything.
    if at.field == "actors" and not come and not gone and old[:1] != new[:1]:
        yield Difference(at._replace(key="first", kind=kind), old[0], new[0])


def spelled(value: Any, kind: Any) -> Any:
    """Give a value as it counts: prose is the same however its lines are broken."""
    if isinstance(value, str):
        return format_prose(value) if kind == "prose" else value.strip()
    return value


def _restated(old: Data, new: Data, shape: str) -> tuple[Data, Data, tuple[Any, ...]]:
    """Take out an end that is told another way: `until` the day on which, `through` the last one."""
    if shape != "Effective":
        return old, new, ()
    ends = [{k: side[k] for k in ("until", "through") if k in side} for side in (old, new)]
    if not all(len(end) == 1 for end in ends) or ends[0].keys() == ends[1].keys():
        return old, new, ()
    bare = [{k: v for k, v in side.items() if k not in end}
            for side, end in zip((old, new), ends, strict=True)]  # fmt: skip
    return bare[0], bare[1], tuple(ends)


def _reach(data: Data, above: tuple[str, ...]) -> tuple[str, ...]:
    found = next((data[key] for key in _REACH if isinstance(data.get(key), list)), None)
    return above if found is None else tuple(map(str, found))
