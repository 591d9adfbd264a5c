"""No two files tell of the same event.

Looked at are events of one type: the same instrument number of the same issuer, or a day apart at most
(two time zones), shared actors and a similar title. Two stages of one thing are linked, and so no duplicate.

PASS:
- {id: 2025-10-17-call, date: 2025-10-17, title: Bessent and He Lifeng speak, actors: [US, CN]}
- {id: 2025-10-30-summit, date: 2025-10-30, title: Trump and Xi meet in Busan, actors: [US, CN]}

FAIL:
- {id: 2025-10-17-call, date: 2025-10-17, title: Bessent and He Lifeng speak, actors: [US, CN]}
- {id: 2025-10-18-call, date: 2025-10-18, title: He Lifeng speaks with Bessent, actors: [CN, US]}
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from rexctl.checks.rule import Case, Told
from rexctl.plain import dates, register
from rexctl.plain.finding import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Event = Mapping[str, Any]

ID = "near-duplicates"
_ALIKE, _RATHER_ALIKE = 85, 55


def check(case: Case) -> Iterator[Told]:
    """Tell, at the later id, each pair that seems to be one event."""
    tied = {frozenset((link.event, link.to)) for link in case.links}
    for first, second in _candidates(case):
        one, two = case.events[first], case.events[second]
        if frozenset((first, second)) not in tied and (why := _why(one, two)):
            late, early = max(first, second), min(first, second)
            yield Told(late, f"seems to be {early} once more: {why}", ("id",),
                       "retract one, link the two, or allow it with a reason",
                       level=WARNING)  # fmt: skip


def _candidates(case: Case) -> set[tuple[str, str]]:
    """Pairs that share a day (or the next), or an instrument number: all others are passed over."""
    rooms: dict[tuple[Any, ...], list[str]] = {}
    for name, event in case.events.items():
        if event.get("confidence") == "retracted":
            continue
        for day in _days(event):
            rooms.setdefault((event["type"], day), []).append(name)
            rooms.setdefault((event["type"], day + 1), []).append(name)
        if paper := _paper(event):
            rooms.setdefault(paper, []).append(name)
    return {pair for names in rooms.values() for pair in combinations(sorted(set(names)), 2)}


def _days(event: Event) -> list[int]:
    """The days on which the event is said to have begun; a plan of no certain day has none."""
    texts = [str(event["date"]), *(str(also["date"]) for also in event.get("also_dated", ()))]
    return [low for low, high in map(dates.span, texts) if high - low <= 1]


def _paper(event: Event) -> tuple[Any, ...]:
    paper = event.get("instrument", {})
    known = [str(paper.get(key, "")) for key in ("issuer", "number", "year")]
    return (*known, event["type"]) if known[0] and known[1] else ()


def _why(one: Event, two: Event) -> str:
    if _paper(one) and _paper(two):
        # Announcements 55 to 58 are of one day and nearly of one title, and are four acts.
        return "the same instrument" if _paper(one) == _paper(two) else ""
    shared, either = _roots(one) & _roots(two), _roots(one) | _roots(two)
    if not shared:
        return ""
    alike = register.load("rapidfuzz.fuzz").token_set_ratio(
        str(one["title"]).casefold(), str(two["title"]).casefold()
    )
    same = len(shared) > 1 and shared == either
    if alike >= (_RATHER_ALIKE if same else _ALIKE):
        days = "the same day" if _days(one)[:1] == _days(two)[:1] else "a day apart"
        return f"{days}, shared actors, a similar title"
    return ""


def _roots(event: Event) -> set[str]:
    return {str(code).split("/")[0] for code in event["actors"]}
