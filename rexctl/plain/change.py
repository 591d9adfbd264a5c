"""A change: one difference between two states of an event, told in the words of the field."""

from __future__ import annotations

from typing import Any, NamedTuple

REMOVED, RETRACTED, RENAMED, CHANGED, ADDED = "removed", "retracted", "renamed", "changed", "added"
# The most telling first: what a reader of the log loses, then what means something else now.
KINDS = (REMOVED, RETRACTED, RENAMED, CHANGED, ADDED)
# What only the past knows: a file that does not read and does again, and what a clone begins with.
UNREADABLE, READABLE, THERE = "unreadable", "readable", "there"


class Change(NamedTuple):
    """One difference. `field` is a dotted name (`effective.until`), empty for a whole event.

    `old` and `new` are the values on both sides, None where there is none; of a list they hold
    only what came or went. `weight` sorts the changes of an event: 0 bears on what is in force.
    """

    event: str
    title: str
    type: str
    kind: str
    field: str
    old: Any
    new: Any
    sentence: str
    weight: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """The order in which changes are told."""
        return KINDS.index(self.kind), self.weight


def summary(found: list[Change] | tuple[Change, ...]) -> str:
    """Count events by what became of them: `2 events changed, 1 added`; empty where none did."""
    kinds: dict[str, str] = {}
    for change in sorted(found, key=lambda change: change.rank):
        kinds.setdefault(change.event, change.kind)
    told: list[str] = []
    for kind in (CHANGED, ADDED, RENAMED, RETRACTED, REMOVED):
        number = sum(one == kind for one in kinds.values())
        if number:
            noun = "" if told else " event" if number == 1 else " events"
            told.append(f"{number}{noun} {kind}")
    return ", ".join(told)
