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
    OneOf,
    ProductCode,
    Prose,
    Slug,
    Text,
    Url,
    needed,
    said,
)
from rexctl.model.shape import Fault, Rule, Shape, Some
from rexctl.model.words import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Attribution = Literal[
    "official-document", "on-record", "named-secondhand", "anonymous", "author-judgement"
]
SourceKind = Literal[
    "instrument", "official-statement", "readout", "wire", "press", "social", "analyst", "dataset"
]


class AlsoDated(Shape):
    """Another date that somebody gives for the same event."""

    head: ClassVar[str] = "date"
    date: Date = needed("the other date", "2025-10-18")
    by: Text | None = said("who dates it so, or in which zone", "Asia/Shanghai")


class Instrument(Shape):
    """The paper by which an act was done."""

    head: ClassVar[str] = "number"
    issuer: Actor | None = said("who issued it", "CN/mofcom")
    kind: Slug | None = said("what sort of paper it is", "announcement")
    number: Text | None = said("its number as the issuer writes it", "61")
    year: Integer | None = said("the year of its number", "2025")
    title: Text | None = said("its title, translated where needed")
    url: Url | None = said("where its text stands", "https://www.federalregister.gov/d/2025-19001")


class Product(Shape):
    """A product code with what it is there for."""

    head: ClassVar[str] = "code"
    code: ProductCode = needed("scheme and code", "hs:2846")
    role: Literal["legal-scope", "reference", "inferred"] | None = said(
        "whether the law names it (legal-scope, the default), or it is a reference or inferred",
        "inferred",
    )
    text: Text | None = said("the product in words", "compounds of rare-earth metals")


class Link(Shape):
    """How this event bears on another one."""

    head: ClassVar[str] = "to"
    # An act may suspend one clause of a measure and extend another.
    known_by: ClassVar[tuple[str, ...]] = ("rel", "to", "clause", "via")
    rel: Annotated[str, OneOf(*RELATIONS), Kind("word")] = needed("the relation", "suspends")
    to: Id = needed("the id of the other event", "2025-10-09-cn-mofcom-61")
    clause: Text | None = said("the one clause or commitment of the other event", "1(1)")
    via: Text | None = said("the clause of this act that does it")
    asserted_by: Some[Actor] | None = said("who says so", ["CN"])
    disputed_by: Some[Actor] | None = said("who denies it", ["firm/rhodium"])
    note: Prose | None = said("a remark on the link")


class Claim(Shape):
    """What somebody put forward, apart from what the record asserts."""

    head: ClassVar[str] = "text"
    text: Prose = needed("the claim, in own words")
    by: Actor | None = said("who makes it", "CN")
    attribution: Attribution | None = said("how it is known", "anonymous")
    source: Text | None = said("the url or title of the one of `sources` that has it")


def _can_be_found(source: Mapping[str, Any]) -> Iterator[Fault]:
    if "url" in source:
        return
    if lacking := [key for key in ("title", "publisher", "published") if key not in source]:
        yield Fault((), "source-not-found", "a source has a url, or a title, publisher and date",
                    f"add url, or {', '.join(lacking)}", on="key")  # fmt: skip


class Source(Shape):
    """Where it is known from: a url, or a title with publisher and date."""

    head: ClassVar[str] = "url"
    rules: ClassVar[tuple[Rule, ...]] = (_can_be_found,)
    url: Url | None = said("its address", "https://example.org/x")
    title: Text | None = said("its title")
    publisher: Text | None = said("who published it", "Reuters")
    published: Date | None = said("when it was published", "2025-10-18")
    accessed: Day | None = said("when it was read", "2025-10-18")
    kind: SourceKind | None = said("what sort of source it is", "wire")
    attribution: Attribution | None = said("how the source knows it", "on-record")
    locator: Text | None = said("where in it: page, paragraph, time", "para. 4")
    quote: Prose | None = said("the words it rests on, where the law allows to keep them")
    lang: Lang | None = said("its language", "zh")
    archived: Url | None = said("an archived copy")
    supports: Some[Text] | None = said("the fields it supports", ["date", "rates"])


class Allow(Shape):
    """A finding accepted for this event, with the reason."""

    head: ClassVar[str] = "check"
    check: Slug = needed("the code of the check", "near-duplicates")
    reason: Prose = needed("why it is right here")


class Person(Shape):
    """Somebody who spoke or took part."""

    head: ClassVar[str] = "name"
    name: Text | None = said("the name", "Wang Wentao")
    office: Text | None = said("the office held at the time", "Minister of Commerce")
    actor: Actor | None = said("for whom", "CN/mofcom")


class Count(Shape):
    """A number of things as exact as the source has it."""

    head: ClassVar[str] = "value"
    qualifier: Literal["exactly", "at-least", "about"] | None = said("how exact", "at-least")
    value: Integer = needed("how many", "7")


class Place(Shape):
    """Where it happened."""

    head: ClassVar[str] = "city"
    country: Country | None = said("the country", "MY")
    city: Text | None = said("the city", "Kuala Lumpur")
    venue: Text | None = said("the house or room")
