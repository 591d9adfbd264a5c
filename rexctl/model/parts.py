"""The parts that events of every type share: links, claims, sources, instruments and the rest."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from rexctl.model.relations import RELATIONS
from rexctl.model.schema import (
    Actor,
    Country,
    Date,
    Day,
    Id,
    Integer,
    Kind,
    ProductCode,
    Prose,
    Shape,
    Slug,
    Some,
    Text,
    Url,
    optional,
    required,
)

Attribution = Literal[
    "official-document", "on-record", "named-secondhand", "anonymous", "author-judgement"
]
SourceKind = Literal[
    "instrument", "official-statement", "readout", "wire", "press", "social", "analyst", "dataset"
]


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


class Link(Shape):
    """A relation of this event to another one."""

    head: ClassVar[str] = "to"
    # An act may suspend one clause of a measure and extend another.
    known_by: ClassVar[tuple[str, ...]] = ("rel", "to", "clause", "via")
    rel: Annotated[str, Kind("word", values=tuple(RELATIONS))] = required(
        "the relation to the other event", "suspends"
    )
    to: Id = required("the id of the other event", "2025-10-09-cn-mofcom-61")
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
