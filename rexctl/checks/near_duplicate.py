"""Two events of one type seem to be the same event, recorded twice.

They have the same instrument (issuer, number, year); or they are at most a day apart, which allows
for time zones, share an actor, and change the same measure in the same way or have similar titles.
Events with different instruments, or with a link between them, are not duplicates. The finding is
at the later id. Retract one of the two with `rexctl retract`, link them, or allow it with a reason.

FAIL:
- {id: 2025-10-17-call, date: 2025-10-17, title: Bessent and He Lifeng speak, actors: [US, CN]}
- {id: 2025-10-18-call, date: 2025-10-18, title: He Lifeng speaks with Bessent, actors: [CN, US]}

PASS:
- {id: 2025-10-17-call, date: 2025-10-17, title: Bessent and He Lifeng speak, actors: [US, CN]}
- {id: 2025-10-30-summit, date: 2025-10-30, title: Trump and Xi meet in Busan, actors: [US, CN]}
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from rexctl.checks.context import RuleContext, day_range
from rexctl.model.relations import LIFECYCLE
from rexctl.records import WARNING, Finding

Event = Mapping[str, Any]
Act = tuple[str, str, str]  # relation, target, clause

ID = "near-duplicate"

# Least similarity of titles, of 100; the lower one where both have the same two or more actors.
_SIMILAR, _SIMILAR_WITH_SAME_ACTORS = 85, 55
# Of the events of one actor and day at most so many are compared with a new one: those that share
# its rarest words. 3,000 events of one actor and day take 0.6 s; comparing all pairs took 9 s.
_COMPARED = 64


class _Entry(NamedTuple):
    """What is compared of an event."""

    id: str
    title: str
    actors: frozenset[str]  # without the body: CN of CN/mofcom
    days: tuple[int, ...]
    instrument: tuple[str, ...]
    acts: frozenset[Act]


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each event that resembles an earlier one: the earliest such by id."""
    linked = {(link.event, link.to) for link in context.links}
    indexes: dict[str, _Index] = {}
    for name in sorted(context.events):
        event = context.events[name]
        if event.get("confidence") == "retracted":
            continue
        index = indexes.setdefault(event["type"], _Index())
        late = _entry(name, event)
        for early in index.candidates(late):
            why = _compare(early, late)
            if why and linked.isdisjoint({(late.id, early.id), (early.id, late.id)}):
                yield Finding(
                    ID, f"may duplicate {early.id}: {why}", event=late.id, loc=("id",),
                    hint="retract one, link the two, or allow it with a reason", level=WARNING,
                )  # fmt: skip
                break
        index.add(late)


class _Index:
    """The entries of one type, by what a duplicate has in common with them.

    Where many have something in common, they are looked up by word too.
    """

    def __init__(self) -> None:
        self._entries: dict[Any, list[_Entry]] = {}
        self._by_word: dict[Any, list[_Entry]] = {}

    def add(self, entry: _Entry) -> None:
        """Add an entry, whose id is later than all before."""
        for key in _keys(entry, entry.days, (bool(entry.instrument),)):
            entries = self._entries.setdefault(key, [])
            entries.append(entry)
            if len(entries) > _COMPARED:
                for one in entries if len(entries) == _COMPARED + 1 else (entry,):
                    for word in _words(one):
                        self._by_word.setdefault((key, word), []).append(one)

    def candidates(self, late: _Entry) -> list[_Entry]:
        """Return the entries that may be the same event, sorted by id."""
        days = {near for day in late.days for near in (day - 1, day, day + 1)}
        # Two instruments are two events, so one with an instrument is compared with those without.
        flags = (False,) if late.instrument else (False, True)
        found = {entry.id: entry for key in _keys(late, days, flags)
                 for entry in self._entries_to_compare(key, late)}  # fmt: skip
        return [found[name] for name in sorted(found)]

    def _entries_to_compare(self, key: Any, late: _Entry) -> Iterable[_Entry]:
        """Return the entries of a key: all of a few, of many those with the rarest words."""
        entries = self._entries.get(key, [])
        if len(entries) <= _COMPARED:
            return entries
        found = {one.id: one for one in entries[:1]}
        for posting in sorted(
            (self._by_word.get((key, word), []) for word in _words(late)), key=len
        ):
            found.update((one.id, one) for one in posting[: _COMPARED - len(found)])
        return found.values()


def _keys(entry: _Entry, days: Iterable[int], flags: Iterable[bool]) -> Iterator[Any]:
    """Yield what a duplicate on one of these days has in common with an entry."""
    if entry.instrument:
        yield entry.instrument
    yield from product(entry.actors, days, flags)
    yield from product(entry.acts, entry.actors, days, flags)


def _words(entry: _Entry) -> set[str]:
    """Return the words of a title, and the title as one of them: equal titles are always compared."""
    return {entry.title, *entry.title.split()}


def _entry(name: str, event: Event) -> _Entry:
    # A date of more than two days is no day on which another event could be the same one.
    texts = [event["date"], *(also["date"] for also in event.get("also_dated", ()))]
    days = tuple([first for first, last in map(day_range, texts) if last - first <= 1])
    acts = frozenset((link["rel"], link["to"], link.get("clause", ""))
                     for link in event.get("links", ()) if link["rel"] in LIFECYCLE and "to" in link)  # fmt: skip
    actors = frozenset(code.split("/")[0] for code in event["actors"])
    values = event.get("instrument", {})
    instrument = tuple(str(values.get(key, "")) for key in ("issuer", "number", "year"))
    instrument = instrument if all(instrument[:2]) else ()
    return _Entry(name, event["title"].casefold(), actors, days, instrument, acts)


def _compare(one: _Entry, two: _Entry) -> str:
    """Return why two entries of one type seem to be one event, or an empty text."""
    if one.instrument and two.instrument:
        # Announcements 55 to 58 have one day and nearly one title, and are four acts.
        return "the same instrument" if one.instrument == two.instrument else ""
    from rapidfuzz import fuzz  # loaded when two titles are compared

    days = "the same day" if one.days[:1] == two.days[:1] else "a day apart"
    if both := one.acts & two.acts:
        rel, to, _ = min(both)
        return f"{days}, shared actors, each {rel} {to}"
    same_actors = one.actors == two.actors and len(one.actors) > 1
    least = _SIMILAR_WITH_SAME_ACTORS if same_actors else _SIMILAR
    if fuzz.token_set_ratio(one.title, two.title, score_cutoff=least) < least:
        return ""
    return f"{days}, shared actors, a similar title"
