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
from rexctl.model.shape import Rule, Shape, Some, finding_at
from rexctl.model.words import RELATIONS

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
    by: Text | None = optional("who dates it so, or in which zone", "Asia/Shanghai")


class Instrument(Shape):
    """The paper by which an act was done."""

    head: ClassVar[str] = "number"
    issuer: Actor | None = optional("who issued it", "CN/mofcom")
    kind: Slug | None = optional("what sort of paper it is", "announcement")
    number: Text | None = optional("its number as the issuer writes it", "61")
    year: Integer | None = optional("the year of its number", "2025")
    title: Text | None = optional("its title, translated where needed")
    url: Url | None = optional(
        "where its text stands", "https://www.federalregister.gov/d/2025-19001"
    )


class Product(Shape):
    """A product code with what it is there for."""

    head: ClassVar[str] = "code"
    code: ProductCode = required("scheme and code", "hs:2846")
    role: Literal["legal-scope", "reference", "inferred"] | None = optional(
        "whether the law names it (legal-scope, the default), or it is a reference or inferred",
        "inferred",
    )
    text: Text | None = optional("the product in words", "compounds of rare-earth metals")


class Link(Shape):
    """How this event bears on another one."""

    head: ClassVar[str] = "to"
    # An act may suspend one clause of a measure and extend another.
    known_by: ClassVar[tuple[str, ...]] = ("rel", "to", "clause", "via")
    rel: Annotated[str, Kind("word", values=tuple(RELATIONS))] = required(
        "the relation", "suspends"
    )
    to: Id = required("the id of the other event", "2025-10-09-cn-mofcom-61")
    clause: Text | None = optional("the one clause or commitment of the other event", "1(1)")
    via: Text | None = optional("the clause of this act that does it")
    asserted_by: Some[Actor] | None = optional("who says so", ["CN"])
    disputed_by: Some[Actor] | None = optional("who denies it", ["firm/rhodium"])
    note: Prose | None = optional("a remark on the link")


class Claim(Shape):
    """What somebody put forward, apart from what the record asserts."""

    head: ClassVar[str] = "text"
    text: Prose = required("the claim, in own words")
    by: Actor | None = optional("who makes it", "CN")
    attribution: Attribution | None = optional("how it is known", "anonymous")
    source: Text | None = optional("the url or title of the one of `sources` that has it")


def _can_be_found(source: Mapping[str, Any]) -> Iterator[Finding]:
    if "url" in source:
        return
    if lacking := [key for key in ("title", "publisher", "published") if key not in source]:
        yield finding_at((), "source-not-found", "a source has a url, or a title, publisher and date",
                    f"add url, or {', '.join(lacking)}", on="key")  # fmt: skip


class Source(Shape):
    """Where it is known from: a url, or a title with publisher and date."""

    head: ClassVar[str] = "url"
    rules: ClassVar[tuple[Rule, ...]] = (_can_be_found,)
    url: Url | None = optional("its address", "https://example.org/x")
    title: Text | None = optional("its title")
    publisher: Text | None = optional("who published it", "Reuters")
    published: Date | None = optional("when it was published", "2025-10-18")
    accessed: Day | None = optional("when it was read", "2025-10-18")
    kind: SourceKind | None = optional("what sort of source it is", "wire")
    attribution: Attribution | None = optional("how the source knows it", "on-record")
    locator: Text | None = optional("where in it: page, paragraph, time", "para. 4")
    quote: Prose | None = optional("the words it rests on, where the law allows to keep them")
    lang: Lang | None = optional("its language", "zh")
    archived: Url | None = optional("an archived copy")
    supports: Some[Text] | None = optional("the fields it supports", ["date", "rates"])


class Allow(Shape):
    """A finding accepted for this event, with the reason."""

    head: ClassVar[str] = "check"
    check: Slug = required("the code of the check", "near-duplicate")
    reason: Prose = required("why it is right here")


class Person(Shape):
    """Somebody who spoke or took part."""

    head: ClassVar[str] = "name"
    name: Text | None = optional("the name", "Wang Wentao")
    office: Text | None = optional("the office held at the time", "Minister of Commerce")
    actor: Actor | None = optional("for whom", "CN/mofcom")


class Count(Shape):
    """A number of things as exact as the source has it."""

    head: ClassVar[str] = "value"
    qualifier: Literal["exactly", "at-least", "about"] | None = optional("how exact", "at-least")
    value: Integer = required("how many", "7")


class Place(Shape):
    """Where it happened."""

    head: ClassVar[str] = "city"
    country: Country | None = optional("the country", "MY")
    city: Text | None = optional("the city", "Kuala Lumpur")
    venue: Text | None = optional("the house or room")
