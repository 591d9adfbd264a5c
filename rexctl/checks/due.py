"""What has passed unsettled by a day: plans, suspensions, promised second looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.model.words import SETTLING
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    Event = Mapping[str, Any]
    Events = Mapping[str, Event]
    Made = tuple[int, str]  # the day an act was made, and its id: what comes later counts


# What ends a suspension, or the measure under it, has given that its second look already.
_ENDING = ("resumes", "revokes", "replaces")
_NEVER = (0, "")


class Due(NamedTuple):
    """One thing that waits: the event, what to tell, and the place in its file."""

    event: str
    message: str
    loc: tuple[str | int, ...]
    hint: str


def waiting(events: Events, today: date) -> Iterator[Due]:
    """Give the plans and suspensions that are due on a day. Bounds count: what may still come is not."""
    day = today.toordinal()
    linked = _Links(events)
    for name, event in events.items():
        if event.get("confidence") == "retracted":
            continue
        planned = event["status"] in ("planned", "expected") and name not in linked.settled
        if planned and dates.span(str(event["date"]))[1] < day:
            yield Due(name, f"{event['status']} for {event['date']}, which has passed", ("date",),
                      "log what came of it, with --carries-out or --calls-off")  # fmt: skip
        if "links" in event and event["status"] == "adopted":
            yield from _suspensions(name, event, linked, day)


def reviews(events: Events, today: date) -> Iterator[Due]:
    """Give the events that were to be looked at again by a day that has passed."""
    day = today.toordinal()
    for name, event in events.items():
        review = event.get("review_by")
        if not review or event.get("confidence") == "retracted":
            continue
        if dates.span(str(review))[1] < day:
            yield Due(name, f"to be looked at again by {review}", ("review_by",),
                      "look again, then move or remove review_by")  # fmt: skip


class _Links:
    """What the links of a log say of plans and suspensions; those of retracted events say nothing."""

    def __init__(self, events: Events) -> None:
        self._former = {str(a): name for name, e in events.items() for a in e.get("aliases", ())}
        self.settled: set[str] = set()
        # Of an act, or of one clause of it (else an empty text), the latest act that bears on it.
        self._ended: dict[tuple[str, str], Made] = {}
        self._extended: dict[tuple[str, str], Made] = {}
        self.pausing: set[str] = set()
        extending: list[tuple[str, str]] = []
        for name, event in events.items():
            if "links" in event and event.get("confidence") != "retracted":
                for link in event["links"]:
                    self._take(name, event, link, extending)
        grown = -1
        while grown != len(self.pausing):  # an extension may extend another
            grown = len(self.pausing)
            self.pausing.update(name for name, to in extending if to in self.pausing)

    def to(self, link: Event) -> str:
        """Give the present id of the event that a link leads to."""
        return self._former.get(str(link["to"]), str(link["to"]))

    def _take(
        self, name: str, event: Event, link: Event, extending: list[tuple[str, str]]
    ) -> None:  # fmt: skip
        rel, to = link["rel"], self.to(link)
        if rel in SETTLING:
            self.settled.add(to)
        elif event["status"] != "adopted":  # a threat to extend extends nothing
            return
        elif rel == "suspends":
            self.pausing.add(name)
        elif rel == "extends" or rel in _ENDING:
            part, kept = (to, _clause(link)), self._extended if rel == "extends" else self._ended
            kept[part] = max(kept.get(part, _NEVER), _made(name, event))
            if rel == "extends":
                extending.append((name, to))

    def ended(self, name: str, clause: str, made: Made = _NEVER) -> bool:
        """Tell whether an act, or this clause of it, was ended by an act made after that."""
        return any(self._ended.get((name, part), _NEVER) > made for part in ("", clause))

    def moved(self, name: str, clause: str, made: Made = _NEVER) -> bool:
        """Tell whether it was ended, or its end put off, by an act made after that."""
        put_off = any(self._extended.get((name, part), _NEVER) > made for part in ("", clause))
        return put_off or self.ended(name, clause, made)


def _made(name: str, event: Event) -> Made:
    return dates.span(str(event["date"]))[0], name


def _clause(link: Event) -> str:
    return str(link.get("clause", ""))


def _suspensions(name: str, event: Event, linked: _Links, day: int) -> Iterator[Due]:
    """Tell each end of a suspension, or of what extends one, that has passed with nothing after it."""
    told = set()
    for link in event["links"]:
        loc, window = _window(event, str(link.get("via", "")))
        end = next((end for end in ("until", "through") if end in window), "")
        if end and (*loc, end) not in told and _stands(name, event, link, linked):
            told.add((*loc, end))
            last = dates.span(str(window[end]))[1]
            if last < day or (end == "until" and last == day):
                yield Due(name, f"the suspension ran {end} {window[end]}, which has passed",
                          (*loc, end), "log what came after it")  # fmt: skip


def _stands(name: str, event: Event, link: Event, linked: _Links) -> bool:
    """Tell whether it is this link that says when a suspension ends."""
    to, made = linked.to(link), _made(name, event)
    if linked.moved(name, str(link.get("via", ""))):
        return False
    if link["rel"] == "suspends":  # what ends the measure ends what suspends it
        return not linked.ended(to, _clause(link), made)
    # Of two acts that extend one suspension, the later tells when it ends.
    extends = link["rel"] == "extends" and to in linked.pausing
    return extends and not linked.moved(to, _clause(link), made)


def _window(event: Event, via: str) -> tuple[tuple[str | int, ...], Event]:
    """Give the window of an act, or of the clause of it that does it, and where it stands."""
    for number, clause in enumerate(event.get("clauses", ())):
        if via and clause["id"] == via and "effective" in clause:
            return ("clauses", number, "effective"), clause["effective"]
    return ("effective",), event.get("effective", {})
