"""What events share: their parts, the fields of every event, and those of every measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from rexctl.model.schema import (
    Actor,
    ActorOrAll,
    Country,
    Date,
    Day,
    Id,
    Integer,
    Kind,
    Law,
    Number,
    ProductCode,
    Prose,
    Shape,
    Slug,
    Some,
    Text,
    Time,
    Url,
    Zone,
    optional,
    required,
)
from rexctl.model.tables import RELATIONS

Attribution = Literal[
    "official-document", "on-record", "named-secondhand", "anonymous", "author-judgement"
]
SourceKind = Literal[
    "instrument", "official-statement", "readout", "wire", "press", "social", "analyst", "dataset"
]
Confidence = Literal["confirmed", "likely", "possible", "disputed", "retracted"]
MeasureStatus = Literal["threatened", "proposed", "adopted", "withdrawn"]


class AlsoDated(Shape):
    """Another date that somebody gives for the same event."""

    head: ClassVar[str] = "date"
    date: Date = required("the other date", "2025-10-18")
    by: Text = optional(
        "who gives this date, or the time zone in which it is true", "Asia/Shanghai"
    )


class Instrument(Shape):
    """The legal document by which an act was done."""

    head: ClassVar[str] = "number"
    issuer: Actor = optional("the actor that issued it", "CN/mofcom")
    kind: Slug = optional("the kind of document", "announcement")
    number: Text = optional("its number, as the issuer writes it", "61")
    year: Integer = optional("the year of its number", "2025")
    title: Text = optional("its title, translated where needed")
    url: Url = optional("the address of its text", "https://www.federalregister.gov/d/2025-19001")


class Product(Shape):
    """A product code with its role."""

    head: ClassVar[str] = "code"
    code: ProductCode = required("the scheme, a colon and the code", "hs:2846")
    role: Literal["legal-scope", "reference", "inferred"] = optional(
        "whether the law names it (legal-scope, the default), a source does (reference), or it is inferred",
        "inferred",
    )
    text: Text = optional("the product in words", "compounds of rare-earth metals")


class OutsideAct(Shape):
    """An act that is not in the log, named by its legal document."""

    head: ClassVar[str] = "number"
    issuer: Actor = required("the actor that issued it", "US/president")
    number: Text = optional("its number, as the issuer writes it", "14257")
    year: Integer = optional("the year of its number", "2025")
    title: Text = optional("its title, translated where needed")


class Link(Shape):
    """A relation of this event to another one, or to an act that is not in the log."""

    head: ClassVar[str] = "to"
    # An act may suspend one clause of a measure and extend another.
    known_by: ClassVar[tuple[str, ...]] = ("rel", "to", "instrument", "clause", "via")
    rel: Annotated[str, Kind("word", values=tuple(RELATIONS))] = required(
        "the relation to the other event", "suspends"
    )
    to: Id = optional("the id of the other event", "2025-10-09-cn-mofcom-61")
    instrument: OutsideAct = optional(
        "in place of `to`: the legal document of an act that is not in the log"
    )
    clause: Text = optional("the clause or commitment of the other event, if not all of it", "1(1)")
    via: Text = optional("the clause of this event that has the effect")
    asserted_by: Some[Actor] = optional("who says so: actors, or press", ["CN"])
    disputed_by: Some[Actor] = optional("who disputes it", ["firm/rhodium"])
    note: Prose = optional("a remark on the link")


class Claim(Shape):
    """A claim by somebody, which the log does not assert itself."""

    head: ClassVar[str] = "text"
    text: Prose = required("the claim, in your own words")
    by: Actor = optional("who makes the claim", "CN")
    attribution: Attribution = optional("how the claim is known", "anonymous")
    source: Text = optional("the url or title of one of the event's sources")
    about: Id = optional("the event that the claim is about", "2025-10-09-cn-mofcom-61")
    disputed_by: Some[Actor] = optional("who disputes it", ["US/treasury"])


class Source(Shape):
    """A source: a url, or a title with publisher and date."""

    head: ClassVar[str] = "url"
    url: Url = optional("the web address", "https://example.org/x")
    title: Text = optional("the title")
    publisher: Text = optional("who published it", "Reuters")
    published: Date = optional("the day it was published", "2025-10-18")
    accessed: Day = optional("the day it was read", "2025-10-18")
    kind: SourceKind = optional("the kind of source", "wire")
    attribution: Attribution = optional("how the source knows it", "on-record")
    locator: Text = optional("the page, paragraph or minute in the source", "para. 4")
    quote: Prose = optional("the relevant words, where the law allows to store them")
    lang: Text = optional("the language code", "zh")
    archived: Url = optional("the address of an archived copy")
    supports: Some[Text] = optional("the fields of the event that it supports", ["date", "rates"])


class Allow(Shape):
    """A check that this event may fail, with the reason."""

    head: ClassVar[str] = "check"
    check: Slug = required("the code of the check", "near-duplicate")
    reason: Prose = required("why the finding is acceptable here")


class Person(Shape):
    """A person who spoke or took part."""

    head: ClassVar[str] = "name"
    name: Text = optional("the name of the person", "Wang Wentao")
    office: Text = optional("the office held at the time", "Minister of Commerce")
    actor: Actor = optional("the actor that the person speaks for", "CN/mofcom")


class Count(Shape):
    """A number, as precise as the source says."""

    head: ClassVar[str] = "value"
    qualifier: Literal["exactly", "at-least", "about"] = optional(
        "how precise the number is", "at-least"
    )
    value: Integer = required("the number", "7")


class Place(Shape):
    """The place of an event."""

    head: ClassVar[str] = "city"
    country: Country = optional("the country code", "MY")
    city: Text = optional("the city", "Kuala Lumpur")
    venue: Text = optional("the building or room")


def event_type(name: str) -> Any:
    """Declare the field `type` of the type with this name."""
    return required("the type of event, which decides its other fields", name)


class Event(Shape):
    """One thing that happened, was planned or was threatened, with its sources."""

    span: ClassVar[tuple[str, ...]] = ("date",)

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
    condition: Prose = optional("what it depends on: unless, if, subject to")
    deadline: Date = optional(
        "the day by which the other side must act on a threat or a demand", "2025-11-01"
    )
    told_by: Some[Actor] = optional(
        "the actors that confirmed a planned or expected event", ["US/treasury"]
    )
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


class Effective(Shape):
    """The window in which a measure, a clause or a lifecycle act applies."""

    head: ClassVar[str] = "from"
    from_: Date = optional("the first day", "2025-12-01", alias="from")
    time: Time = optional("the time of day on from; default: 00:00", "00:01")
    until: Date = optional("the first day on which it no longer applies", "2026-11-10")
    until_time: Time = optional("the time of day on until; default: 00:00", "00:01")
    through: Date = optional("the last day on which it applies", "2026-11-09")
    tz: Zone = optional("the time zone of both times; default: that of the event", "Asia/Shanghai")


class Threshold(Shape):
    """A threshold from which, or up to which, the measure applies."""

    head: ClassVar[str] = "value"
    usual: ClassVar[Mapping[str, str]] = {"unit": "percent"}
    metric: Literal["content-value", "ownership", "purity", "price"] = required("what is measured",
                                                                   "content-value")  # fmt: skip
    op: Literal["ge", "gt", "le", "lt", "eq"] = optional(
        "the comparison: at least (ge), more (gt), at most (le), less (lt), exactly (eq)", "ge"
    )
    value: Number = optional("the figure, if the source gives one", "0.1")
    unit: Text = optional("the unit of the figure; percent unless given", "percent")
    of: Text = optional("what the figure is a part of", "value of the foreign-made item")


class Entity(Shape):
    """A firm, body, person or vessel that a measure names."""

    head: ClassVar[str] = "name"
    name: Text = required("the name in Latin letters", "TechInsights")
    original: Text = optional("the name in its original script")
    aliases: Some[Text] = optional("other names")
    country: Country = optional("the country code", "CA")
    parent: Text = optional("the firm or body that it belongs to", "Huawei")
    with_subsidiaries: Literal["yes", "no"] = optional(
        "whether its subsidiaries are covered too", "yes"
    )


class Clause(Shape):
    """A part of a measure with a window or terms of its own; it inherits the rest."""

    head: ClassVar[str] = "id"
    id: Text = required("its number in the instrument", "1(1)")
    title: Text = optional("what it covers, on one line")
    affected: Some[ActorOrAll] = optional("the actors that it affects, or all", ["all"])
    legal_basis: Some[Law] = optional("the laws it is based on")
    products: Some[ProductCode | Product] = optional("the goods it is about, as product codes")
    condition: Prose = optional(
        "what it depends on, if not all of the event does: unless, if, where"
    )
    effective: Effective = optional("the window of this clause, if it differs")


class Act(Event):
    """An event that can change what is in force: a measure, or a ruling on one."""

    effective: Effective = optional("when it applies")


class Measure(Act):
    """An event that can be in force."""

    span: ClassVar[tuple[str, ...]] = ("effective.from", "effective.until")
    status: MeasureStatus = required("the stage of the measure",
                                   "adopted")  # fmt: skip
