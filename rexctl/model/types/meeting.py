"""A meeting: people of two or more actors talked, or are expected to; what they agreed is an agreement."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import Actor, Prose, Text, optional, required
from rexctl.model.parts import Count, Person, Place
from rexctl.model.shape import Shape, Some

Result = Literal["none", "readout", "joint-statement", "framework", "agreement"]


class Outcome(Shape):
    """What came of it, as the log asserts it."""

    head: ClassVar[str] = "kind"
    kind: Result = required("what sort of result", "framework")
    text: Prose | None = optional("the result in own words")


class Readout(Shape):
    """One side's account of it, which may differ from the outcome."""

    head: ClassVar[str] = "by"
    known_by: ClassVar[tuple[str, ...]] = ("by", "kind")
    by: Actor = required("whose account", "CN")
    kind: Result | None = optional("what that side calls the result", "readout")
    text: Prose | None = optional("the account in own words")
    source: Text | None = optional("the url or title of the one of `sources` that has it")


class Meeting(Event):
    """People of two or more actors talked, or are expected to."""

    caption: ClassVar[str] = "people of two or more actors talked, or are expected to"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "mode", "place.country", "title")

    type: Literal["meeting"] = required("the sort of event", "meeting")
    status: Literal["planned", "expected", "held", "postponed", "cancelled"] = required(
        "how real it is", "held"
    )
    mode: Literal["in-person", "call", "video", "hybrid"] | None = optional("how they met", "call")
    format: Literal["bilateral", "plurilateral", "multilateral"] | None = optional(
        "how many sides met", "bilateral"
    )
    place: Place | None = optional("where they met")
    participants: Some[Person] | None = optional("who took part")
    count: Count | None = optional("how many sides took part, as exact as the source has it")
    agenda: Prose | None = optional("what it was to be about")
    outcome: Outcome | None = optional("what came of it")
    readouts: Some[Readout] | None = optional("each side's account of it")


EXAMPLE = """\
id: 2025-10-17-us-bessent-and-he-lifeng-speak
type: meeting
title: Bessent and He Lifeng speak by video ahead of talks in Malaysia
date: 2025-10-17
tz: America/New_York
date_stated: Friday evening
status: held
actors:
  - US/treasury
  - CN/state-council
mode: video
format: bilateral
participants:
  - name: Scott Bessent
    office: Secretary of the Treasury
    actor: US/treasury
  - name: He Lifeng
    office: Vice Premier
    actor: CN/state-council
sources:
  - title: Chinese officials try to ease global concerns over rare earth export curbs
    publisher: unnamed news outlet
    published: 2025-10-18
    kind: press
"""
