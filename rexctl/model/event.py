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
from rexctl.values import ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding


def _sources_are_named(event: Mapping[str, Any]) -> Iterator[Finding]:
    """A claim or a readout names one of the event's own sources, by url or by title."""
    if "claims" not in event and "readouts" not in event:
        return
    sources = list(_mappings(event.get("sources")))
    given = [s.get(key) for s in sources for key in ("url", "title")]
    names = {name for name in given if isinstance(name, str)}
    for field in ("claims", "readouts"):
        for n, part in enumerate(_listed(event.get(field))):
            source = part.get("source") if isinstance(part, dict) else None
            if isinstance(source, str) and source not in names:
                yield finding_at((field, n, "source"), "unknown-source",
                            f"{source}: is not the url or title of one of the sources")  # fmt: skip


def _a_time_needs_a_day(event: Mapping[str, Any]) -> Iterator[Finding]:
    date = event.get("date")
    if "time" in event and isinstance(date, str) and len(date.rstrip("~?")) != 10:
        yield finding_at(("time",), "time-without-day", f"{date} is not one day, so it has no hour",
                    "give the day, or leave the time out")  # fmt: skip


def _a_retraction_gives_its_reason(event: Mapping[str, Any]) -> Iterator[Finding]:
    if event.get("confidence") == "retracted" and "note" not in event:
        yield finding_at(("confidence",), "retracted-without-reason", "retracted, and no note says why",
                    "give the reason in note")  # fmt: skip


def _the_id_claims_no_month_of_another_year(event: Mapping[str, Any]) -> Iterator[Finding]:
    name, date = event.get("id"), event.get("date")
    if isinstance(name, str) and isinstance(date, str) and (why := ids.astray(name, date)):
        yield finding_at(("id",), "id-and-date", why,
                    f"name the year alone: {ids.with_year_alone(name)}, and keep the old id in aliases")  # fmt: skip


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    return (part for part in _listed(value) if isinstance(part, dict))


class Event(Shape):
    """One thing that happened, was planned or was threatened, with its sources."""

    rules: ClassVar[tuple[Rule, ...]] = (
        _sources_are_named, _a_time_needs_a_day, _a_retraction_gives_its_reason,
        _the_id_claims_no_month_of_another_year,
    )  # fmt: skip
    caption: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ("id", "type", "status", "title")
    span: ClassVar[tuple[str, ...]] = ("date",)
    # A type's own fields stand after this one in a file, before those that tell how it is known.
    own_fields_follow: ClassVar[str] = "products"

    id: Id = required("the name of the file, made from date, first actor and title",
                    "2025-10-09-cn-mofcom-61")  # fmt: skip
    type: Text = required("the sort of event", "export-control")
    title: Title = required("what happened, in one line of at most 140 characters")
    date: Date = required("when it happened, local to the place or first actor", "2025-10-09")
    time: Time | None = optional("the hour, on the clock of tz", "20:30")
    tz: Zone | None = optional("the zone of time; absent: that of the first actor's capital",
                           "America/New_York")  # fmt: skip
    disclosed: Date | None = optional("when it became public, if later than date", "2025-10-10")
    date_stated: Text | None = optional("the date in the source's words", "Friday evening")
    also_dated: Some[AlsoDated] | None = optional("other dates given for the same event")
    status: Text = required("how real the act is", "adopted")
    actors: Some[Actor] = required(
        "who acts; the first one's capital gives the zone", ["CN/mofcom"]
    )
    affected: Some[ActorOrAll] | None = optional("whom it touches, or all", ["US"])
    summary: Prose | None = optional("what happened, in own words")
    instrument: Instrument | None = optional("the paper by which it was done")
    legal_basis: Some[Law] | None = optional("the law it rests on", ["us/ieepa/fentanyl"])
    products: Some[ProductCode | Product] | None = optional("what goods it is about", ["hs:2846"])
    links: Some[Link] | None = optional("how it bears on other events")
    claims: Some[Claim] | None = optional(
        "what somebody put forward, apart from what the log asserts"
    )
    sources: Some[Source] = required("where it is known from")
    note: Prose | None = optional("a remark for the next reader")
    confidence: Literal["confirmed", "likely", "possible", "disputed", "retracted"] | None = (
        optional("how sure; absent: confirmed", "likely")
    )
    episode: Slug | None = optional("the story it belongs to", "rare-earths-2025")
    tags: Some[Slug] | None = optional("words to find it by", ["rare-earths"])
    review_by: Day | None = optional("after this day `check` asks for another look", "2026-11-10")
    allow: Some[Allow] | None = optional("findings accepted for this event, with the reason")
    aliases: Some[Id] | None = optional("former ids")
