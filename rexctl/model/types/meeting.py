"""A meeting: persons of two or more actors met, talked, or plan to; what they agree on is an agreement."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Count, Event, Person, Place, event_type
from rexctl.model.schema import Actor, Prose, Shape, Some, Text, optional, required

Result = Literal["none", "readout", "joint-statement", "framework", "agreement"]


class Outcome(Shape):
    """The result of a meeting, as the log asserts it."""

    head: ClassVar[str] = "kind"
    kind: Result = required("the kind of result", "framework")
    text: Prose = optional("the result, in your own words")


class Readout(Shape):
    """One side's account of a meeting, which may differ from the outcome."""

    head: ClassVar[str] = "by"
    known_by: ClassVar[tuple[str, ...]] = ("by", "kind")
    by: Actor = required("the actor whose account it is", "CN")
    kind: Result = optional("what this side calls the result", "readout")
    text: Prose = optional("the account, in your own words")
    source: Text = optional("the url or title of one of the event's sources")


class Meeting(Event):
    """Persons of two or more actors met, talked, or plan to."""

    type: Literal["meeting"] = event_type("meeting")
    status: Literal["planned", "expected", "held", "postponed", "cancelled"] = required(
        "whether it has taken place", "held"
    )
    mode: Literal["in-person", "call", "video", "hybrid"] = optional("how they met", "call")
    format: Literal["bilateral", "plurilateral", "multilateral"] = optional(
        "the number of sides", "bilateral"
    )
    place: Place = optional("where they met")
    participants: Some[Person] = optional("the persons who took part")
    count: Count = optional("how many sides took part, as precisely as the source says")
    agenda: Prose = optional("the planned subjects")
    outcome: Outcome = optional("the result, as the log asserts it")
    readouts: Some[Readout] = optional("each side's account of the result")
