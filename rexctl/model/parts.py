"""The parts that events of every type share: links, claims, sources, instruments and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from rexctl.model.fields import (
    Actor,
    Country,
    Date,
    Day,
    Id,
    Integer,
    Kind,
    Lang,
    ProductCode,
    Prose,
    Slug,
    Text,
    Url,
    optional,
    required,
)
from rexctl.model.relations import RELATIONS
from rexctl.model.shape import Rule, Shape, Some, finding_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding

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
    by: Text | None = optional(
        "who gives this date, or the time zone in which it is true", "Asia/Shanghai"
    )


class Instrument(Shape):
    """The legal document by which an act was done."""

    head: ClassVar[str] = "number"
    issuer: Actor | None = optional("the actor that issued it", "CN/mofcom")
    kind: Slug | None = optional("the kind of document", "announcement")
    number: Text | None = optional("its number, as the issuer writes it", "61")
    year: Integer | None = optional("the year of its number", "2025")
    title: Text | None = optional("its title, translated where needed")
    url: Url | None = optional(
        "the address of its text", "https://www.federalregister.gov/d/2025-19001"
    )


class Product(Shape):
    """A product code with its role."""

    head: ClassVar[str] = "code"
    code: ProductCode = required("the scheme, a colon and the code", "hs:2846")
    role: Literal["legal-scope", "reference", "inferred"] | None = optional(
        "whether the law names it (legal-scope, the default), a source does (reference), or it is inferred",
        "inferred",
    )
    text: Text | None = optional("the product in words", "compounds of rare-earth metals")


class OutsideAct(Shape):
    """An act that is not in the log, named by its legal document."""

    head: ClassVar[str] = "number"
    issuer: Actor = required("the actor that issued it", "US/president")
    number: Text | None = optional("its number, as the issuer writes it", "14257")
    year: Integer | None = optional("the year of its number", "2025")
    title: Text | None = optional("its title, translated where needed")


def _has_one_target(link: Mapping[str, Any]) -> Iterator[Finding]:
    """A link leads to an event of the log or to an act outside it."""
    if "to" in link and "instrument" in link:
        yield finding_at(("instrument",), "two-targets", "has to and instrument",
                    "to is an event of the log, instrument an act that is not in it: keep one",
                    on="key")  # fmt: skip
    elif "to" not in link and "instrument" not in link:
        yield finding_at(("to",), "missing-field", "to is missing",
                    "the id of the other event, or instrument for an act that is not in the log",
                    "key")  # fmt: skip


class Link(Shape):
    """A relation of this event to another one, or to an act that is not in the log."""

    head: ClassVar[str] = "to"
    # An act may suspend one clause of a measure and extend another.
    known_by: ClassVar[tuple[str, ...]] = ("rel", "to", "instrument", "clause", "via")
    rules: ClassVar[tuple[Rule, ...]] = (_has_one_target,)
    rel: Annotated[str, Kind("word", values=tuple(RELATIONS))] = required(
        "the relation to the other event", "suspends"
    )
    to: Id | None = optional("the id of the other event", "2025-10-09-cn-mofcom-61")
    instrument: OutsideAct | None = optional(
        "in place of `to`: the legal document of an act that is not in the log"
    )
    clause: Text | None = optional(
        "the clause or commitment of the other event, if not all of it", "1(1)"
    )
    via: Text | None = optional("the clause of this event that has the effect")
    asserted_by: Some[Actor] | None = optional("who says so: actors, or press", ["CN"])
    disputed_by: Some[Actor] | None = optional("who disputes it", ["firm/rhodium"])
    note: Prose | None = optional("a remark on the link")


class Claim(Shape):
    """A claim by somebody, which the log does not assert itself."""

    head: ClassVar[str] = "text"
    text: Prose = required("the claim, in your own words")
    by: Actor | None = optional("who makes the claim", "CN")
    attribution: Attribution | None = optional("how the claim is known", "anonymous")
    source: Text | None = optional("the url or title of one of the event's sources")
    about: Id | None = optional("the event that the claim is about", "2025-10-09-cn-mofcom-61")
    disputed_by: Some[Actor] | None = optional("who disputes it", ["US/treasury"])


def _can_be_found(source: Mapping[str, Any]) -> Iterator[Finding]:
    if "url" in source:
        return
    if lacking := [key for key in ("title", "publisher", "published") if key not in source]:
        yield finding_at((), "source-not-found", "a source has a url, or a title, publisher and date",
                    f"add url, or {', '.join(lacking)}", on="key")  # fmt: skip


class Source(Shape):
    """A source: a url, or a title with publisher and date."""

    head: ClassVar[str] = "url"
    rules: ClassVar[tuple[Rule, ...]] = (_can_be_found,)
    url: Url | None = optional("the web address", "https://example.org/x")
    title: Text | None = optional("the title")
    publisher: Text | None = optional("who published it", "Reuters")
    published: Date | None = optional("the day it was published", "2025-10-18")
    accessed: Day | None = optional("the day it was read", "2025-10-18")
    kind: SourceKind | None = optional("the kind of source", "wire")
    attribution: Attribution | None = optional("how the source knows it", "on-record")
    locator: Text | None = optional("the page, paragraph or minute in the source", "para. 4")
    quote: Prose | None = optional("the relevant words, where the law allows to store them")
    lang: Lang | None = optional("the language code", "zh")
    archived: Url | None = optional("the address of an archived copy")
    supports: Some[Text] | None = optional(
        "the fields of the event that it supports", ["date", "rates"]
    )


class Allow(Shape):
    """A check that this event may fail, with the reason."""

    head: ClassVar[str] = "check"
    check: Slug = required("the code of the check", "near-duplicate")
    reason: Prose = required("why the finding is acceptable here")


class Person(Shape):
    """A person who spoke or took part."""

    head: ClassVar[str] = "name"
    name: Text | None = optional("the name of the person", "Wang Wentao")
    office: Text | None = optional("the office held at the time", "Minister of Commerce")
    actor: Actor | None = optional("the actor that the person speaks for", "CN/mofcom")


class Count(Shape):
    """A number, as precise as the source says."""

    head: ClassVar[str] = "value"
    qualifier: Literal["exactly", "at-least", "about"] | None = optional(
        "how precise the number is", "at-least"
    )
    value: Integer = required("the number", "7")


class Place(Shape):
    """The place of an event."""

    head: ClassVar[str] = "city"
    country: Country | None = optional("the country code", "MY")
    city: Text | None = optional("the city", "Kuala Lumpur")
    venue: Text | None = optional("the building or room")
