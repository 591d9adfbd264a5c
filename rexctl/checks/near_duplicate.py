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

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain, product
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.checks.context import day_range
from rexctl.model.relations import LIFECYCLE
from rexctl.records import WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rexctl.checks.context import RuleContext

    Event = Mapping[str, Any]
    Act = tuple[str, str, str]  # relation, target, clause

ID = "near-duplicate"

# Least similarity of titles, of 100; the lower one where both have the same two or more actors.
_SIMILAR, _SIMILAR_WITH_SAME_ACTORS = 85, 55
# Of the events of one actor and day at most so many are compared with a new one: those that share
# its rarest words. 3,000 events of one actor and day take 0.6 s; comparing all pairs took 9 s.
_COMPARED = 64
_NO_ACTS: frozenset[Act] = frozenset()


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
        keys: list[Any] = [entry.instrument] if entry.instrument else []
        has_instrument = bool(entry.instrument)
        keys += [(*key, has_instrument) for key in product(entry.actors, entry.days)]
        keys += [(*key, has_instrument) for key in product(entry.acts, entry.actors, entry.days)]
        for key in keys:
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
        keys: Iterable[Any] = chain(
            [late.instrument], product(late.actors, days, flags),
            product(late.acts, late.actors, days, flags),
        )  # fmt: skip
        found = {entry.id: entry for key in keys for entry in self._entries_to_compare(key, late)}
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


def _words(entry: _Entry) -> set[str]:
    """Return the words of a title, and the title as one of them: equal titles are always compared."""
    return {entry.title, *entry.title.split()}


def _entry(name: str, event: Event) -> _Entry:
    # A date of more than two days is no day on which another event could be the same one.
    texts = [event["date"], *(also["date"] for also in event.get("also_dated", ()))]
    days = tuple([first for first, last in map(day_range, texts) if last - first <= 1])
    acts = _NO_ACTS
    if "links" in event:
        acts = frozenset((link["rel"], link["to"], link.get("clause", ""))
                         for link in event["links"] if link["rel"] in LIFECYCLE and "to" in link)  # fmt: skip
    actors = _countries(event["actors"])
    return _Entry(name, event["title"].casefold(), actors, days, _instrument(event), acts)


@lru_cache(maxsize=10_000)
def _countries(actors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code.split("/")[0] for code in actors)


def _instrument(event: Event) -> tuple[str, ...]:
    if "instrument" not in event:
        return ()
    issuer, number, year = (
        str(event["instrument"].get(key, "")) for key in ("issuer", "number", "year")
    )
    return (issuer, number, year) if issuer and number else ()


def _compare(one: _Entry, two: _Entry) -> str:
    """Return why two entries of one type seem to be one event, or an empty text."""
    if one.instrument and two.instrument:
        # Announcements 55 to 58 have one day and nearly one title, and are four acts.
        return "the same instrument" if one.instrument == two.instrument else ""
    days = "the same day" if one.days[:1] == two.days[:1] else "a day apart"
    if both := one.acts & two.acts:
        rel, to, _ = min(both)
        return f"{days}, shared actors, each {rel} {to}"
    same_actors = one.actors == two.actors and len(one.actors) > 1
    least = _SIMILAR_WITH_SAME_ACTORS if same_actors else _SIMILAR
    if _similarity()(one.title, two.title, score_cutoff=least) < least:
        return ""
    return f"{days}, shared actors, a similar title"


@cache
def _similarity() -> Any:
    """Return the function of rapidfuzz; the library is loaded when two titles are compared."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio
