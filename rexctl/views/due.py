"""What has passed unsettled by a day: plans, suspensions, promised second looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.plain import dates
from rexctl.plain.words import SETTLING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    Events = Mapping[str, Mapping[str, Any]]


class Due(NamedTuple):
    """One thing that waits: the event, what to tell, and the place in its file."""

    event: str
    message: str
    loc: tuple[str | int, ...]
    hint: str


def waiting(events: Events, today: date) -> Iterator[Due]:
    """Give what is due on a day. Bounds count: what may still come is not due."""
    day = today.toordinal()
    settled = _targets(events, SETTLING)
    # What extends, resumes or revokes a suspension has had its second look already.
    moved = _targets(events, ("extends", "resumes", "revokes", "replaces"))
    for name, event in events.items():
        if event.get("confidence") == "retracted":
            continue
        planned = event["status"] in ("planned", "expected") and name not in settled
        if planned and dates.span(str(event["date"]))[1] < day:
            yield Due(name, f"{event['status']} for {event['date']}, which has passed", ("date",),
                      "log what came of it, with --carries-out or --calls-off")  # fmt: skip
        if name not in moved:
            yield from _suspensions(name, event, day)
        review = event.get("review_by")
        if review and dates.span(str(review))[1] < day:
            yield Due(name, f"to be looked at again by {review}", ("review_by",),
                      "look again, then move or remove review_by")  # fmt: skip


def _targets(events: Events, relations: tuple[str, ...]) -> set[str]:
    return {
        str(link["to"])
        for event in events.values()
        if event.get("confidence") != "retracted"
        for link in event.get("links", ())
        if link["rel"] in relations
    }


def _suspensions(name: str, event: Mapping[str, Any], day: int) -> Iterator[Due]:
    if event["status"] != "adopted":
        return
    if not any(link["rel"] == "suspends" for link in event.get("links", ())):
        return
    window = event.get("effective", {})
    for end in ("until", "through"):
        if end in window:
            last = dates.span(str(window[end]))[1]
            if last < day or (end == "until" and last == day):
                yield Due(name, f"the suspension ran {end} {window[end]}, which has passed",
                          ("effective", end), "log what came after it")  # fmt: skip
