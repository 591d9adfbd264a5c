"""Find where two versions of an event differ: one difference for each value, led by the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.changes.phrases import name_part
from rexctl.model.list_keys import as_mapping, match_items
from rexctl.model.tables import SHAPES, each, part
from rexctl.values.prose import format_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Data = Mapping[str, Any]

# Fields by which a part is about fewer origins than the event: they are named with its rates.
_REACH = ("origin", "affected")
_NOTHING: dict[str, Any] = {}


class Location(NamedTuple):
    """A location in an event.

    `field` is its dotted name, `local` the part of it below the last list item around it, `key` the
    last part; `kind` is what the schema declares there, `shape` the kind of the mapping that contains
    it, `owner` that mapping in the new version. `within` names the list items around it
    (`clause 1(1)`), `reach` the codes it is about.
    """

    field: str
    local: str
    key: str
    kind: Any
    shape: str
    within: tuple[str, ...]
    owner: Data
    reach: tuple[str, ...]
    clause: str = ""


class Difference(NamedTuple):
    """Two values of one location, None where there is none.

    With `in_list`, an item added to or removed from a list; of codes, a list of them.
    """

    location: Location
    old: Any
    new: Any
    in_list: bool = False


def find_differences(before: Data, after: Data) -> Iterator[Difference]:
    """Yield every difference in the order of the schema; layout and order make none."""
    root = Location("", "", "", str(after["type"]), "", (), after, _reach_of(after, ()))
    other_type = SHAPES.get(str(before["type"]), {})
    yield from _compare_mappings(before, after, root, other_type)


def normalize(value: Any, kind: Any) -> Any:
    """Return a value as it is compared: prose is the same however its lines are broken."""
    if isinstance(value, str):
        return format_prose(value) if kind == "prose" else value.strip()
    return value


def _compare_mappings(
    old: Data, new: Data, location: Location, other_type: Data = _NOTHING
) -> Iterator[Difference]:
    shape = part(location.kind)
    known = SHAPES.get(shape, {})
    reach = _reach_of(new, location.reach)
    old, new, ends = _split_restated_end(old, new, shape)
    for key in dict.fromkeys([*known, *other_type, *sorted({*old, *new})]):
        before, after = old.get(key), new.get(key)
        if before != after:
            kind = known.get(key) or other_type.get(key) or "extra"
            field, local = (f"{name}.{key}".lstrip(".") for name in location[:2])
            inner = location._replace(
                field=field, local=local, key=key, kind=kind, shape=shape, owner=new, reach=reach
            )
            yield from _compare_values(before, after, inner)
    if ends:
        field = f"{location.field}.until"
        inner = location._replace(field=field, key="end", kind="", shape=shape, owner=new)
        yield Difference(inner, *ends)


def _compare_values(old: Any, new: Any, location: Location) -> Iterator[Difference]:
    if isinstance(location.kind, list):
        yield from _compare_lists(old or [], new or [], location)
    elif part(location.kind) in SHAPES and isinstance(old, dict) and isinstance(new, dict):
        yield from _compare_mappings(old, new, location)
    elif normalize(old, location.kind) != normalize(new, location.kind):
        yield Difference(location, old, new)


def _compare_lists(old: list[Any], new: list[Any], location: Location) -> Iterator[Difference]:
    kind = each(location.kind)
    shape = part(kind)
    if shape not in SHAPES:
        yield from _compare_codes(old, new, location, kind)
        return
    for before, after in match_items(old, new, shape):
        item = after or before or _NOTHING
        inner = location._replace(kind=shape)
        if before is None or after is None:
            yield Difference(inner, before, after, in_list=True)
        else:
            is_clause = shape.endswith("Clause")
            clause = str(item.get("id", "")) if is_clause else location.clause
            # A clause is named by its number: its title would be longer than the change.
            named = {"id": clause} if is_clause else as_mapping(before, shape)
            within = (*location.within, name_part(named, shape))
            inner = inner._replace(local="", within=within, clause=clause)
            yield from _compare_mappings(before, after, inner)


def _compare_codes(
    old: list[Any], new: list[Any], location: Location, kind: Any
) -> Iterator[Difference]:
    before = {normalize(item, kind): item for item in old}
    after = {normalize(item, kind): item for item in new}
    added = [item for name, item in after.items() if name not in before]
    removed = [item for name, item in before.items() if name not in after]
    if added:
        yield Difference(location, None, added, in_list=True)
    if removed:
        yield Difference(location, removed, None, in_list=True)
    # The first actor gives an event its time zone; in no other list does the order mean anything.
    if location.field == "actors" and not added and not removed and old[:1] != new[:1]:
        yield Difference(location._replace(key="first", kind=kind), old[0], new[0])


def _split_restated_end(old: Data, new: Data, shape: str) -> tuple[Data, Data, tuple[Any, ...]]:
    """Return both windows without their ends, and the ends, where one has `until`, one `through`."""
    if shape != "Effective":
        return old, new, ()
    ends = [{k: side[k] for k in ("until", "through") if k in side} for side in (old, new)]
    if not all(len(end) == 1 for end in ends) or ends[0].keys() == ends[1].keys():
        return old, new, ()
    bare = [{k: v for k, v in side.items() if k not in end}
            for side, end in zip((old, new), ends, strict=True)]  # fmt: skip
    return bare[0], bare[1], tuple(ends)


def _reach_of(data: Data, outer: tuple[str, ...]) -> tuple[str, ...]:
    codes = next((data[key] for key in _REACH if isinstance(data.get(key), list)), None)
    return outer if codes is None else tuple(map(str, codes))
