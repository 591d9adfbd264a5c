"""Events of one type seem to be the same event, recorded twice.

They are at most a day apart, which allows for time zones, and have a source with the same address,
or change the same measure in the same way, or share an actor and have similar titles; or they have
the same instrument. Instruments of one issuer and kind with different numbers are different events
(where no issuer is named, the first actor is it), and so are events with a link between them. There
is one finding for all that seem to be one event, at the last id, or at the one that is being added.
Retract one with `rexctl retract`, link them, or allow it with a reason: an event that allows it is
compared with no other.

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

from rexctl.checks.context import Findings, RuleContext, day_range, finding_in
from rexctl.model.tables import LIFECYCLE
from rexctl.values.text import address_key

Event = Mapping[str, Any]
Act = tuple[str, str, str]  # relation, target, clause


# Least similarity of titles, of 100; the lower one where both have the same two or more actors.
_SIMILAR, _SIMILAR_WITH_SAME_ACTORS = 85, 55
# Of the events of one actor and day at most so many are compared with a new one: those that share
# its rarest words. 3,000 events of one actor and day take 0.6 s; comparing all pairs took 9 s.
_COMPARED = 64
_NAMED = 3  # events that a finding names


class _Entry(NamedTuple):
    """What is compared of an event."""

    id: str
    title: str
    actors: frozenset[str]  # without the body: CN of CN/mofcom
    days: tuple[int, ...]
    instrument: tuple[str, ...]  # issuer, number, kind, year; empty without the first two
    paper: tuple[str, ...]  # the same, with the first actor where no issuer is named
    acts: frozenset[Act]
    urls: frozenset[str]


def check(context: RuleContext) -> Findings:
    """Yield a finding for each group of events that resemble each other, at the last by id.

    Events that are being added come last.
    """
    linked = {(link.event, link.to) for link in context.links}
    indexes: dict[str, _Index] = {}
    first: dict[str, str] = {}  # id -> an earlier one of its group
    reasons: dict[str, str] = {}  # id -> why it resembles the earlier one
    order = sorted(context.events, key=lambda name: (name in context.new, name))
    position = {name: n for n, name in enumerate(order)}
    for name in order:
        event = context.events[name]
        is_allowed = context.is_allowed(
            finding_in(name, (), "", "")._replace(code="near-duplicate")
        )
        if event.get("confidence") == "retracted" or is_allowed:
            continue
        index = indexes.setdefault(event["type"], _Index())
        late = _entry(name, event)
        for early in index.candidates(late):
            root, other = _first(first, early.id), _first(first, late.id)
            if root == other or {(late.id, early.id), (early.id, late.id)} & linked:
                continue
            if why := _compare(early, late):
                root, other = sorted((root, other), key=position.__getitem__)
                first[other], reasons[other] = root, why
        index.add(late)
    groups: dict[str, list[str]] = {}
    for name in sorted(first, key=position.__getitem__):
        groups.setdefault(root := _first(first, name), [root]).append(name)
    for *others, last in groups.values():
        listed = ", ".join(others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        why = reasons[last]
        hint = "retract one, link the two, or allow it with a reason"
        yield finding_in(last, ("id",), f"may duplicate {listed}{more}: {why}", hint)


def _first(first: dict[str, str], name: str) -> str:
    """Return the first event of the group of an event; the way there is made short."""
    way = []
    while name in first:
        way.append(name)
        name = first[name]
    first.update(dict.fromkeys(way, name))
    return name


class _Index:
    """The entries of one type, by what a duplicate has in common with them.

    Where many have something in common, they are looked up by word too.
    """

    def __init__(self) -> None:
        self._entries: dict[Any, list[_Entry]] = {}
        self._by_word: dict[Any, list[_Entry]] = {}

    def add(self, entry: _Entry) -> None:
        """Add an entry, which comes after all before."""
        for key in _keys(entry, entry.days):
            entries = self._entries.setdefault(key, [])
            entries.append(entry)
            if len(entries) > _COMPARED:
                for one in entries if len(entries) == _COMPARED + 1 else (entry,):
                    for word in _words(one):
                        self._by_word.setdefault((key, word), []).append(one)

    def candidates(self, late: _Entry) -> list[_Entry]:
        """Return the entries that may be the same event, sorted by id."""
        days = {near for day in late.days for near in (day - 1, day, day + 1)}
        entries = {entry.id: entry for key in _keys(late, days)
                 for entry in self._entries_to_compare(key, late)}  # fmt: skip
        return [entries[name] for name in sorted(entries)]

    def _entries_to_compare(self, key: Any, late: _Entry) -> Iterable[_Entry]:
        """Return the entries of a key: all of a few, of many those with the rarest words."""
        entries = self._entries.get(key, [])
        if len(entries) <= _COMPARED:
            return entries
        candidates = {one.id: one for one in entries[:1]}
        for posting in sorted(
            (self._by_word.get((key, word), []) for word in _words(late)), key=len
        ):
            candidates.update((one.id, one) for one in posting[: _COMPARED - len(candidates)])
        return candidates.values()


def _keys(entry: _Entry, days: Iterable[int]) -> Iterator[Any]:
    """Yield what a duplicate on one of these days has in common with an entry."""
    if entry.instrument:
        yield entry.instrument[:2]
    days = tuple(days)
    for common in (entry.actors, entry.acts, entry.urls):
        yield from product(common, days)


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
    instrument = tuple(str(values.get(key, "")) for key in ("issuer", "number", "kind", "year"))
    paper = (instrument[0] or event["actors"][0], *instrument[1:]) if instrument[1] else ()
    instrument = instrument if all(instrument[:2]) else ()
    urls = frozenset(address_key(one["url"]) for one in event["sources"] if "url" in one)
    return _Entry(name, event["title"].casefold(), actors, days, instrument, paper, acts, urls)


def _compare(one: _Entry, two: _Entry) -> str:
    """Return why two entries of one type seem to be one event, or an empty text."""
    if one.paper and two.paper and one.paper[0] == two.paper[0]:
        number, kind, year = (own == other or not own or not other
                              for own, other in zip(one.paper[1:], two.paper[1:], strict=True))  # fmt: skip
        if number and kind and year and one.instrument and two.instrument:
            return "the same instrument"
        # Announcements 55 to 58 have one day and nearly one title, and are four acts.
        if kind and not (number and year):
            return ""
    if not any(abs(own - other) <= 1 for own in one.days for other in two.days):
        return ""
    days = "the same day" if one.days[:1] == two.days[:1] else "a day apart"
    if one.urls & two.urls:
        return f"{days}, the same source"
    if both := one.acts & two.acts:
        rel, to, _ = min(both)
        return f"{days}, each {rel} {to}"
    if not one.actors & two.actors:
        return ""
    from rapidfuzz import fuzz  # loaded when two titles are compared

    same_actors = one.actors == two.actors and len(one.actors) > 1
    least = _SIMILAR_WITH_SAME_ACTORS if same_actors else _SIMILAR
    if fuzz.token_set_ratio(one.title, two.title, score_cutoff=least) < least:
        return ""
    return f"{days}, shared actors, a similar title"
