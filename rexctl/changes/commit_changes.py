"""What a commit changed, as Changes: in all fields, or in one field and below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rexctl import records
from rexctl.changes.changes import compare_events, compare_pairs, make_change
from rexctl.records import Change, Event, pick

if TYPE_CHECKING:
    from rexctl.changes.history import EventChange

# A change of one of these makes another event: the event is only described whole.
_IDENTITY = ("id", "type")
# Prefixes of a field that came or went with its event.
_PREFIXES = {
    records.ADDED: "with the event",
    records.REMOVED: "with the event",
    records.THERE: "there already",
}


def describe_commit(
    by_parent: Sequence[Sequence[EventChange]], field: str = "", *,
    renamed: Sequence[Mapping[str, str]] = (), is_boundary: bool = False,
) -> list[Change]:  # fmt: skip
    """Return what a commit changed, given the events that differ from each of its parents.

    Of a merge, what no parent has; where a shallow clone ends, what was there before. `renamed` has
    the new ids by the old ones for each parent, so that a link which follows a rename is known.
    """
    sides = [_compare(events, renamed[n] if renamed else {}) for n, events in enumerate(by_parent)]
    changes = _common_changes(sides)
    if is_boundary:
        changes = [_as_present(change) for change in changes]
    return [one for change in changes for one in narrow(change, field)] if field else changes


def _common_changes(by_parent: list[list[Change]]) -> list[Change]:
    """Return the changes from every parent.

    A parent that lacks the event does not count unless all do: the event came with the other branch.
    """
    if len(by_parent) < 2:
        return [change for changes in by_parent for change in changes]
    added = [
        {change.event for change in side if change.kind == records.ADDED} for side in by_parent
    ]
    added_by_all = set.intersection(*added)
    common = []
    for event in dict.fromkeys(change.event for side in by_parent for change in side):
        sides = [side for side, names in zip(by_parent, added, strict=True)
                 if event in added_by_all or event not in names]  # fmt: skip
        common += [change for change in sides[0] if change.event == event
                   and all(_is_among(change, other) for other in sides[1:])]  # fmt: skip
    return common


def _compare(events: Sequence[EventChange], renamed: Mapping[str, str]) -> list[Change]:
    """Return what changed in events, a file that no longer parses included: its commit broke it."""
    changes = compare_pairs([(e.old, e.new) for e in events if e.fault is None], renamed)
    for event in events:
        if event.fault is not None:
            name = event.path.rsplit("/", 1)[-1].removesuffix(".yaml")
            line = f"line {event.fault.line}: " if event.fault.line > 1 else ""
            sentence = f"does not read: {line}{event.fault.message}"
            file = {**(event.old or {}), "id": name}
            changes.append(make_change(file, records.UNREADABLE, "", None, None, sentence))
        elif event.was_unreadable and event.new is not None:
            name = str(event.new["id"])
            first = next((n for n, c in enumerate(changes) if c.event == name), len(changes))
            change = make_change(event.new, records.READABLE, "", None, None, "valid again")
            changes.insert(first, change)
    return changes


def _is_among(change: Change, others: Sequence[Change]) -> bool:
    """Return whether a change is one from another parent too; its old value may be another there."""
    return any(
        (change.event, change.kind, change.field, change.new)
        == (other.event, other.kind, other.field, other.new)
        # The same values in another sentence are of another part.
        and (change.sentence == other.sentence or change.old != other.old)
        for other in others
    )


def _as_present(change: Change) -> Change:
    """Return an added event as one that was there: nobody added what a shallow clone begins with."""
    if change.kind != records.ADDED:
        return change
    sentence = change.sentence.removeprefix(f"{records.ADDED}: ")
    return change._replace(kind=records.THERE, sentence=f"{_PREFIXES[records.THERE]}: {sentence}")


def narrow(change: Change, field: str) -> Iterator[Change]:
    """Yield a change if it is about this field or what is below it."""
    if change.kind in (records.ADDED, records.REMOVED, records.THERE):
        yield from _narrow_whole(change, field)
    elif change.kind == records.RETRACTED:
        if field in ("confidence", "note"):
            yield change
    elif change.field == field or change.field.startswith(f"{field}."):
        yield change
    elif change.field and field.startswith(f"{change.field}."):
        rest = field.removeprefix(f"{change.field}.")
        if any(pick(value, rest) is not None for value in (change.old, change.new)):
            yield change


def _narrow_whole(change: Change, field: str) -> Iterator[Change]:
    """Yield what is about a field of an event added or removed, as if only the field were."""
    event = change.new or change.old
    if pick(event, field) is None:
        return
    if field in _IDENTITY:
        yield change._replace(field=field, old=pick(change.old, field), new=pick(change.new, field))
        return
    bare = _without_field(event, field.split("."))
    before, after = (bare, event) if change.new else (event, bare)
    for one in compare_events(before, after):
        if one.kind in (records.CHANGED, records.RETRACTED):
            for narrowed in narrow(one, field):
                sentence = f"{_PREFIXES[change.kind]}: {narrowed.sentence}"
                yield narrowed._replace(kind=change.kind, sentence=sentence, pieces=())


def _without_field(event: Event, steps: list[str]) -> dict[str, Any]:
    """Return an event without a field; of a field in a list, without the list."""
    inner = event.get(steps[0])
    if len(steps) > 1 and isinstance(inner, dict):
        return {**event, steps[0]: _without_field(inner, steps[1:])}
    return {key: value for key, value in event.items() if key != steps[0]}
