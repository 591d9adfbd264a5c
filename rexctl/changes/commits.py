"""What a commit changed, told as Changes: all of it, or of one field alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.changes.changes import between, changes
from rexctl.records import (
    ADDED,
    CHANGED,
    READABLE,
    REMOVED,
    RETRACTED,
    THERE,
    UNREADABLE,
    Change,
    pick,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rexctl.changes.history import EventChange

    Event = Mapping[str, Any]

_NONE: dict[str, str] = {}
# A change of type makes another event of it: such an event is only told whole.
_WHOLE = ("id", "type")
# Nobody set the field by itself.
_WITH = {ADDED: "with the event", REMOVED: "with the event", THERE: "there already"}


def told(
    sides: Sequence[Sequence[EventChange]], field: str = "", *,
    renamed: Sequence[Mapping[str, str]] = (), edge: bool = False,
) -> list[Change]:  # fmt: skip
    """Tell what a commit changed, given what is seen from each of its parents.

    Of a merge that is what no parent has; at the `edge` of a shallow clone, what was there before.
    `renamed` has for each parent the new ids by the old ones, so that links which follow are known.
    """
    names = [*renamed, *([_NONE] * (len(sides) - len(renamed)))]
    found = _own([_side(*one) for one in zip(sides, names, strict=True)])
    if edge:
        found = [_there(change) for change in found]
    return [one for change in found for one in _of(change, field)] if field else found


def _own(sides: list[list[Change]]) -> list[Change]:
    """Give the changes that are seen from every parent.

    One that lacks the event has no say, unless all do: there it all came with the other branch.
    """
    if len(sides) < 2:
        return [change for side in sides for change in side]
    came = [{change.event for change in side if change.kind == ADDED} for side in sides]
    new = set.intersection(*came)
    found = []
    for event in dict.fromkeys(change.event for side in sides for change in side):
        asked = [side for side, names in zip(sides, came, strict=True)
                 if event in new or event not in names]  # fmt: skip
        found += [change for change in asked[0] if change.event == event
                  and all(_among(change, other) for other in asked[1:])]  # fmt: skip
    return found


def _side(seen: Sequence[EventChange], renamed: Mapping[str, str]) -> list[Change]:
    found = between([(one.old, one.new) for one in seen if one.fault is None], renamed)
    for one in seen:
        if one.fault is not None:
            found.append(_unreadable(one))
        elif one.was_unreadable and one.new is not None:
            name = str(one.new["id"])
            place = next((n for n, c in enumerate(found) if c.event == name), len(found))
            found.insert(place, _about(one.new, name, READABLE, "reads again"))
    return found


def _unreadable(seen: EventChange) -> Change:
    """A file that did not read stands in no answer: whoever made it so is named all the same."""
    fault = seen.fault
    name = seen.path.rsplit("/", 1)[-1].removesuffix(".yaml")
    line = f"line {fault.line}: " if fault is not None and fault.line > 1 else ""
    why = f"{line}{fault.message}" if fault is not None else ""
    return _about(seen.old or {}, name, UNREADABLE, f"does not read: {why}")


def _about(event: Event, name: str, kind: str, words: str) -> Change:
    title, type_ = str(event.get("title", "")), str(event.get("type", ""))
    return Change(name, title, type_, kind, "", None, None, words)


def _among(one: Change, others: Sequence[Change]) -> bool:
    """Tell whether a change is seen from another parent too; the old value may be another there."""
    return any(
        (one.event, one.kind, one.field, one.new)
        == (other.event, other.kind, other.field, other.new)
        # From one old value to one new value in other words: it is told of another part.
        and (one.sentence == other.sentence or one.old != other.old)
        for other in others
    )


def _there(change: Change) -> Change:
    """Nobody is said to have added what was there when the clone begins."""
    if change.kind != ADDED:
        return change
    words = change.sentence.removeprefix(f"{ADDED}: ")
    return change._replace(kind=THERE, sentence=f"{_WITH[THERE]}: {words}")


def _of(change: Change, field: str) -> Iterator[Change]:
    """Give a change if it is about this field or what lies below it."""
    if change.kind in (ADDED, REMOVED, THERE):
        yield from _in_whole(change, field)
    elif change.kind == RETRACTED:
        if field in ("confidence", "note"):
            yield change
    elif change.field == field or change.field.startswith(f"{field}."):
        yield change
    elif change.field and field.startswith(f"{change.field}."):
        rest = field.removeprefix(f"{change.field}.")
        if any(pick(value, rest) is not None for value in (change.old, change.new)):
            yield change


def _in_whole(change: Change, field: str) -> Iterator[Change]:
    """Tell of an event that came or went what is about a field, as if that alone came or went."""
    event = change.new or change.old
    if pick(event, field) is None:
        return
    if field in _WHOLE:
        yield change._replace(field=field, old=pick(change.old, field), new=pick(change.new, field))
        return
    bare = _without(event, field.split("."))
    both = (bare, event) if change.new else (event, bare)
    for one in changes(*both):
        for found in _of(one, field) if one.kind in (CHANGED, RETRACTED) else ():
            yield found._replace(
                kind=change.kind, sentence=f"{_WITH[change.kind]}: {found.sentence}"
            )


def _without(event: Event, steps: list[str]) -> dict[str, Any]:
    """Give an event without a field; of what stands in a list, without the list."""
    inner = event.get(steps[0])
    if len(steps) > 1 and isinstance(inner, dict):
        return {**event, steps[0]: _without(inner, steps[1:])}
    return {key: value for key, value in event.items() if key != steps[0]}
