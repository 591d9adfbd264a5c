"""What every event has, whatever its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rexctl.model.fields import (
    Actor,
    ActorOrAll,
    Date,
    Day,
    Id,
    Law,
    ProductCode,
    Prose,
    Slug,
    Text,
    Time,
    Title,
    Zone,
    optional,
    required,
)
from rexctl.model.parts import Allow, AlsoDated, Claim, Instrument, Link, Product, Source
from rexctl.model.shape import Rule, Shape, Some, finding_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding


def _require_own_sources(event: Mapping[str, Any]) -> Iterator[Finding]:
    """A claim or a readout names one of the event's own sources, by url or by title."""
    if "claims" not in event and "readouts" not in event:
        return
    sources = list(_mappings(event.get("sources")))
    texts = [source.get(key) for source in sources for key in ("url", "title")]
    names = {text for text in texts if isinstance(text, str)}
    for field in ("claims", "readouts"):
        for n, part in enumerate(_listed(event.get(field))):
            source = part.get("source") if isinstance(part, dict) else None
            if isinstance(source, str) and source not in names:
                yield finding_at((field, n, "source"), "unknown-source",
                            f"{source}: is not the url or title of one of the sources")  # fmt: skip


def _require_day_for_time(event: Mapping[str, Any]) -> Iterator[Finding]:
    date = event.get("date")
    if "time" in event and isinstance(date, str) and len(date.rstrip("~?")) != 10:
        yield finding_at(("time",), "time-without-day", f"{date} is not one day, so it has no hour",
                    "give the day, or leave the time out")  # fmt: skip


def _require_reason_for_retraction(event: Mapping[str, Any]) -> Iterator[Finding]:
    if event.get("confidence") == "retracted" and "note" not in event:
        yield finding_at(("confidence",), "retracted-without-reason", "retracted, and no note says why",
                    "give the reason in note")  # fmt: skip


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    return (part for part in _listed(value) if isinstance(part, dict))


class Event(Shape):
    """One thing that happened, was planned or was threatened, with its sources."""

    rules: ClassVar[tuple[Rule, ...]] = (
        _require_own_sources, _require_day_for_time, _require_reason_for_retraction,
    )  # fmt: skip
    caption: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ("id", "type", "status", "title")
    span: ClassVar[tuple[str, ...]] = ("date",)
    # A type's own fields stand after this one in a file, before those about how it is known.
    own_fields_follow: ClassVar[str] = "products"

    id: Id = required("the unique name of the event, also of its file; made from date, first actor and title",
                    "2025-10-09-cn-mofcom-61")  # fmt: skip
    type: Text = required("the type of event, which decides its other fields", "export-control")
    title: Title = required("what happened, on one line of at most 140 characters")
    date: Date = required(
        "the day it happened, in local time; also a month, a year or a span", "2025-10-09"
    )
    time: Time | None = optional("the time of day on date, in the zone of tz", "20:30")
    tz: Zone | None = optional("the time zone of date and time; default: that of the first actor's capital",
                           "America/New_York")  # fmt: skip
    disclosed: Date | None = optional("the day it became public, if later than date", "2025-10-10")
    date_stated: Text | None = optional("the date as the source words it", "Friday evening")
    also_dated: Some[AlsoDated] | None = optional("other dates that are given for the same event")
    condition: Prose | None = optional("what it depends on: unless, if, subject to")
    deadline: Date | None = optional(
        "the day by which the other side must act on a threat or a demand", "2025-11-01"
    )
    told_by: Some[Actor] | None = optional(
        "the actors that confirmed a planned or expected event", ["US/treasury"]
    )
    status: Text = required(
        "the stage of the event: planned, made, threatened, adopted and so on, by type", "adopted"
    )
    actors: Some[Actor] = required(
        "who acts; the first one decides the default time zone", ["CN/mofcom"]
    )
    affected: Some[ActorOrAll] | None = optional("the actors that it affects, or all", ["US"])
    summary: Prose | None = optional("what happened, in your own words")
    instrument: Instrument | None = optional("the legal document by which it was done")
    legal_basis: Some[Law] | None = optional("the laws it is based on", ["us/ieepa/fentanyl"])
    products: Some[ProductCode | Product] | None = optional(
        "the goods it is about, as product codes", ["hs:2846"]
    )
    links: Some[Link] | None = optional("how the event relates to other events")
    claims: Some[Claim] | None = optional(
        "what somebody claims, which the log does not assert itself"
    )
    sources: Some[Source] = required("where the information comes from; at least one")
    note: Prose | None = optional("a remark for readers of the log")
    confidence: Literal["confirmed", "likely", "possible", "disputed", "retracted"] | None = (
        optional("how certain the event is; default: confirmed", "likely")
    )
    episode: Slug | None = optional("the episode it belongs to", "rare-earths-2025")
    tags: Some[Slug] | None = optional("keywords of the log's vocabulary", ["rare-earths"])
    review_by: Day | None = optional(
        "the day after which `check` reports the event for review", "2026-11-10"
    )
    allow: Some[Allow] | None = optional("checks that this event may fail, with the reason")
    aliases: Some[Id] | None = optional("former ids of the event; links to them still work")
