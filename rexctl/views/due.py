"""What has passed unsettled by a day: plans, suspensions, promised second looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.plain import dates
from rexctl.plain.words import SETTLING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import date

    Events = Mapping[str, Mapping[str, Any]]


# What extends, resumes or revokes a suspension has had its second look already.
_MOVING = ("extends", "resumes", "revokes", "replaces")


class Due(NamedTuple):
    """One thing that waits: the event, what to tell, and the place in its file."""

    event: str
    message: str
    loc: tuple[str | int, ...]
    hint: str


def waiting(events: Events, today: date) -> Iterator[Due]:
    """Give what is due on a day. Bounds count: what may still come is not due."""
    day = today.toordinal()
    settled, moved = _targets(events, SETTLING, _MOVING)
    for name, event in events.items():
        if event.get("confidence") == "retracted":
            continue
        planned = event["status"] in ("planned", "expected") and name not in settled
        if planned and dates.span(str(event["date"]))[1] < day:
            yield Due(name, f"{event['status']} for {event['date']}, which has passed", ("date",),
                      "log what came of it, with --carries-out or --calls-off")  # fmt: skip
        if "links" in event and name not in moved:
            yield from _suspensions(name, event, day)
        review = event.get("review_by")
        if review and dates.span(str(review))[1] < day:
            yield Due(name, f"to be looked at again by {review}", ("review_by",),
                      "look again, then move or remove review_by")  # fmt: skip


def _targets(events: Events, *relations: Container[str]) -> list[set[str]]:
    """Give, for each group of relations, the ids that links of theirs name."""
    found: list[set[str]] = [set() for _ in relations]
    for event in events.values():
        if "links" in event and event.get("confidence") != "retracted":
            for link in event["links"]:
                for group, targets in zip(relations, found, strict=True):
                    if link["rel"] in group:
                        targets.add(str(link["to"]))
    return found


def _suspensions(name: str, event: Mapping[str, Any], day: int) -> Iterator[Due]:
    if event["status"] != "adopted":
        return
    if not any(link["rel"] == "suspends" for link in event["links"]):
        return
    window = event.get("effective", {})
    for end in ("until", "through"):
        if end in window:
            last = dates.span(str(window[end]))[1]
            if last < day or (end == "until" and last == day):
                yield Due(name, f"the suspension ran {end} {window[end]}, which has passed",
                          ("effective", end), "log what came after it")  # fmt: skip
