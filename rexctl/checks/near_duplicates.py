"""No two files tell of the same event.

Looked at are events of one type: the same instrument number of the same issuer, or a day apart at most
(two time zones), shared actors and a similar title, or one that does the same to the same measure: two people
who log one suspension seldom choose the same words. Two stages of one thing are linked, and so no duplicate.
Of many that are alike, each is told once, beside the earliest id that it resembles.

PASS:
- {id: 2025-10-17-call, date: 2025-10-17, title: Bessent and He Lifeng speak, actors: [US, CN]}
- {id: 2025-10-30-summit, date: 2025-10-30, title: Trump and Xi meet in Busan, actors: [US, CN]}

FAIL:
- {id: 2025-10-17-call, date: 2025-10-17, title: Bessent and He Lifeng speak, actors: [US, CN]}
- {id: 2025-10-18-call, date: 2025-10-18, title: He Lifeng speaks with Bessent, actors: [CN, US]}
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from heapq import merge
from importlib import import_module
from itertools import groupby, product
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.checks.rule import Case, Told, span
from rexctl.model.words import LIFECYCLE
from rexctl.records import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Event = Mapping[str, Any]

ID = "near-duplicates"
_ALIKE, _RATHER_ALIKE = 85, 55
_NO_ACTS: frozenset[tuple[str, str, str]] = frozenset()


class _Seen(NamedTuple):
    """What is compared of an event, worked out once."""

    name: str
    title: str
    roots: frozenset[str]
    days: tuple[int, ...]
    paper: tuple[str, ...]
    acts: frozenset[tuple[str, str, str]]


def check(case: Case) -> Iterator[Told]:
    """Tell each event that seems to be an earlier one, at the later id."""
    tied = {(link.event, link.to) for link in case.links}
    types: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(case.events):
        if case.events[name].get("confidence") != "retracted":
            types[case.events[name]["type"]].append(name)
    for names in types.values():
        for late, early, why in _alike((_seen(name, case.events[name]) for name in names), tied):
            yield Told(late, f"seems to be {early} once more: {why}", ("id",),
                       "retract one, link the two, or allow it with a reason",
                       level=WARNING)  # fmt: skip


def _alike(events: Iterator[_Seen], tied: set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Give, of events in the order of ids, each with the earliest that it resembles, and why.

    Only those are compared that share a day (or the next) and an actor, or an instrument.
    """
    rooms: dict[Any, list[_Seen]] = {}
    for late in events:
        # Each room is in the order of ids too. One that is met in two rooms comes twice running.
        for early, _ in groupby(merge(*_near(late, rooms))):
            why = _why(early, late)
            if why and not {(late.name, early.name), (early.name, late.name)} & tied:
                yield late.name, early.name, why
                break
        for key in product(late.roots, late.days):
            rooms.setdefault(key, []).append(late)
        if late.paper:
            rooms.setdefault(late.paper, []).append(late)


def _near(one: _Seen, rooms: Mapping[Any, list[_Seen]]) -> list[list[_Seen]]:
    """Give the rooms where the same event may stand."""
    found = [room for root, day in product(one.roots, one.days) for near in (day - 1, day, day + 1)
             if (room := rooms.get((root, near)))]  # fmt: skip
    if one.paper in rooms:
        found.append(rooms[one.paper])
    return found


def _seen(name: str, event: Event) -> _Seen:
    roots = _roots(event["actors"])
    return _Seen(name, event["title"].casefold(), roots, _days(event), _paper(event), _acts(event))


@lru_cache(maxsize=10_000)
def _roots(actors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code.split("/")[0] for code in actors)


def _days(event: Event) -> tuple[int, ...]:
    """The days on which the event is said to have begun; a plan of no certain day has none."""
    texts = [event["date"], *(also["date"] for also in event.get("also_dated", ()))]
    return tuple([low for low, high in map(span, texts) if high - low <= 1])


def _acts(event: Event) -> frozenset[tuple[str, str, str]]:
    """What it does to other measures: the relation, the measure, and the clause of it."""
    if "links" not in event:
        return _NO_ACTS
    return frozenset((link["rel"], link["to"], link.get("clause", ""))
                     for link in event["links"] if link["rel"] in LIFECYCLE)  # fmt: skip


def _paper(event: Event) -> tuple[str, ...]:
    if "instrument" not in event:
        return ()
    issuer, number, year = (
        str(event["instrument"].get(k, "")) for k in ("issuer", "number", "year")
    )
    return (issuer, number, year) if issuer and number else ()


def _why(one: _Seen, two: _Seen) -> str:
    if one.paper and two.paper:
        # Announcements 55 to 58 are of one day and nearly of one title, and are four acts.
        return "the same instrument" if one.paper == two.paper else ""
    days = "the same day" if one.days[:1] == two.days[:1] else "a day apart"
    if both := one.acts & two.acts:
        rel, to, _ = min(both)
        return f"{days}, shared actors, each {rel} {to}"
    same = one.roots == two.roots and len(one.roots) > 1
    least = _RATHER_ALIKE if same else _ALIKE
    if _likeness()(one.title, two.title, score_cutoff=least) < least:
        return ""
    return f"{days}, shared actors, a similar title"


@cache
def _likeness() -> Any:
    """The library is loaded when two titles are compared, and asked for by name once."""
    return import_module("rapidfuzz.fuzz").token_set_ratio
