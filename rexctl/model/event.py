"""What every event has, whatever its type."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from rexctl.model.parts import Allow, AlsoDated, Claim, Instrument, Link, Product, Source
from rexctl.model.schema import (
    Actor,
    ActorOrAll,
    Date,
    Day,
    Id,
    Law,
    ProductCode,
    Prose,
    Shape,
    Slug,
    Some,
    Text,
    Time,
    Zone,
    optional,
    required,
)

Confidence = Literal["confirmed", "likely", "possible", "disputed", "retracted"]


def event_type(name: str) -> Any:
    """Declare the field `type` of the type with this name."""
    return required("the type of event, which decides its other fields", name)


class Event(Shape):
    """One thing that happened, was planned or was threatened, with its sources."""

    caption: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ("id", "type", "status", "title")
    span: ClassVar[tuple[str, ...]] = ("date",)

    @classmethod
    def field_names(cls) -> list[str]:
        """Return the names; a type's own fields follow `products`, with window and clauses last."""
        common = list(Event.model_fields)
        border = common.index("products") + 1
        own = [name for name in cls.model_fields if name not in common]
        own.sort(key=("effective", "clauses").__contains__)
        return common[:border] + own + common[border:]

    id: Id = required("the unique name of the event, also of its file; made from date, first actor and title",
                    "2025-10-09-cn-mofcom-61")  # fmt: skip
    type: Text = event_type("export-control")
    title: Text = required("what happened, on one line of at most 140 characters")
    date: Date = required(
        "the day it happened, in local time; also a month, a year or a span", "2025-10-09"
    )
    time: Time = optional("the time of day on date, in the zone of tz", "20:30")
    tz: Zone = optional("the time zone of date and time; default: that of the first actor's capital",
                           "America/New_York")  # fmt: skip
    disclosed: Date = optional("the day it became public, if later than date", "2025-10-10")
    date_stated: Text = optional("the date as the source words it", "Friday evening")
    also_dated: Some[AlsoDated] = optional("other dates that are given for the same event")
    status: Text = required(
        "the stage of the event: planned, made, threatened, adopted and so on, by type", "adopted"
    )
    actors: Some[Actor] = required(
        "who acts; the first one decides the default time zone", ["CN/mofcom"]
    )
    affected: Some[ActorOrAll] = optional("the actors that it affects, or all", ["US"])
    summary: Prose = optional("what happened, in your own words")
    instrument: Instrument = optional("the legal document by which it was done")
    legal_basis: Some[Law] = optional("the laws it is based on", ["us/ieepa/fentanyl"])
    products: Some[ProductCode | Product] = optional(
        "the goods it is about, as product codes", ["hs:2846"]
    )
    links: Some[Link] = optional("how the event relates to other events")
    claims: Some[Claim] = optional("what somebody claims, which the log does not assert itself")
    sources: Some[Source] = required("where the information comes from; at least one")
    note: Prose = optional("a remark for readers of the log")
    confidence: Confidence = optional("how certain the event is; default: confirmed", "likely")
    episode: Slug = optional("the episode it belongs to", "rare-earths-2025")
    tags: Some[Slug] = optional("keywords of the log's vocabulary", ["rare-earths"])
    review_by: Day = optional(
        "the day after which `check` reports the event for review", "2026-11-10"
    )
    allow: Some[Allow] = optional("checks that this event may fail, with the reason")
    aliases: Some[Id] = optional("former ids of the event; links to them still work")
