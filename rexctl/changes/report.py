"""The report on changes: sections in the order of a reviewer, alike changes folded."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl import records
from rexctl.changes.wording import join_words
from rexctl.records import SECTIONS, Change, summarize_changes
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.changes.changes import EventPair
    from rexctl.records import Pieces

_MIN_FOLDED, _MIN_FOLDED_STATES = 3, 2  # events that change alike, or whose computed state does
_MOST_NAMED = 2  # of them
_MOST_DOUBTS = 15
_WITH_CONTENT = ("clauses", "commitments", "claims", "readouts")  # a reviewer is to see all of them


class Item(NamedTuple):
    """An event with its changes in a section; or several that change alike, and what they share.

    `event` and `title` are empty for several. `added` is the event where it is new, else what it gained
    of parts with a content of their own. What is removed or
    retracted `is_loss`; what is removed has no file.
    """

    event: str
    title: str
    lines: tuple[Pieces, ...]
    added: Mapping[str, Any] = {}
    number: int = 1
    is_loss: bool = False
    has_file: bool = True


class Section(NamedTuple):
    """A section: its title, the number of events in it, and its items."""

    title: str
    number: int
    items: list[Item]


def sections_of(changes: Iterable[Change], *, every: bool = False) -> list[Section]:
    """Return the sections that have changes; with `every`, each event has an item of its own."""
    sections: dict[str, dict[str, list[Change]]] = {name: {} for name in SECTIONS}
    everywhere: dict[str, set[str]] = {}
    for change in changes:
        sections[change.section].setdefault(change.event, []).append(change)
        everywhere.setdefault(change.event, set()).add(change.section)
    return [
        Section(SECTIONS[name], len(events), _items(name, events, everywhere, every=every))
        for name, events in sections.items() if events
    ]  # fmt: skip


def headings(
    changes: Sequence[Change], effect: str, doubts: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Return the first lines of a report: counts, what changes in force, what is new, what to check.

    Lines that begin with `- ` are items of the list before them.
    """
    types = Counter(
        change.type.replace("-", " ") for change in changes if change.kind == records.ADDED
    )
    new = join_words([count_of(number, name) for name, number in sorted(types.items())])
    listed = [f"- {event}: {'; '.join(reasons)}" for event, reasons in doubts.items()]
    more = len(listed) - _MOST_DOUBTS
    listed[_MOST_DOUBTS:] = [f"- and {more} more"] if more > 0 else []
    lines = (summarize_changes(changes), effect, f"new: {new}" if new else "",
             "check these:" if listed else "", *listed)  # fmt: skip
    return tuple(line for line in lines if line)


def layout_changes(pairs: Iterable[EventPair], changes: Sequence[Change]) -> list[Change]:
    """Return a change for each event whose file differs and whose values are the same."""
    changed = {change.event for change in changes if change.kind != records.STATE}
    return [
        Change(str(new["id"]), str(new["title"]), str(new["type"]), records.LAYOUT, "", None, None,
               "only comments or layout", "layout")
        for old, new in pairs
        if old is not None and new is not None and str(new["id"]) not in changed
    ]  # fmt: skip


def item_of(changes: Sequence[Change]) -> Item:
    """Return the item of one event."""
    first = changes[0]
    lines = tuple(change.pieces or ((change.sentence, ""),) for change in changes)
    whole = (change.new for change in changes if change.kind == records.ADDED and not change.field)
    added: Mapping[str, Any] = next(whole, {}) or {
        name: parts
        for name in _WITH_CONTENT
        if (parts := [change.new for change in changes
                      if change.field == name and change.old is None and isinstance(change.new, dict)])
    }  # fmt: skip
    kinds = {change.kind for change in changes}
    return Item(first.event, first.title, lines, added, is_loss=bool(kinds & {records.REMOVED, records.RETRACTED}),
                has_file=records.REMOVED not in kinds)  # fmt: skip


def _items(
    name: str,
    events: Mapping[str, list[Change]],
    everywhere: Mapping[str, set[str]],
    *,
    every: bool,
) -> list[Item]:
    """Return the items of a section; events that change alike are one, in the place of the first."""
    alike: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for event, changes in events.items():
        is_only = name == "sources" and everywhere[event] == {name}
        alike.setdefault((is_only, _likeness(name, changes)), []).append(event)
    items: dict[str, Item] = {}
    for (is_only, fields), ids in alike.items():
        changes = events[ids[0]]
        least = (
            _MIN_FOLDED_STATES if all(one.kind == records.STATE for one in changes) else _MIN_FOLDED
        )
        if every or len(ids) < least or name in ("gone", "new"):
            items |= {event: item_of(events[event]) for event in ids}
            continue
        pieces: list[tuple[str, str]] = [(f"{len(ids)} events: ", "")]
        if name == "sources":
            also = "" if is_only else ", with other changes"
            pieces = [(f"{len(ids)} events{also}: {'only ' * is_only}", "")]
            pieces += _join([((field, "code"),) for field in fields], ", ")
        else:
            pieces += _join(item_of(changes).lines, "; ")
        if name not in ("sources", "layout"):
            pieces.append((f" ({join_words(ids, _MOST_NAMED - 1)})", ""))
        items[ids[0]] = Item("", "", (tuple(pieces),), number=len(ids))
    return [items[event] for event in events if event in items]


def _join(lines: Iterable[Pieces], separator: str) -> Pieces:
    """Return the pieces of all lines, with a separator between two."""
    return tuple(chain.from_iterable(((separator, ""), *line) for line in lines))[1:]


def _likeness(name: str, changes: Sequence[Change]) -> tuple[str, ...]:
    """Return what is the same for changes that are alike: of sources the fields, else the sentences."""
    if name == "sources":
        return tuple(dict.fromkeys(change.field for change in changes))
    return tuple(change.sentence for change in changes)
