"""What all measures share: the window in which they apply, and clauses with windows of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from rexctl.model.event import Event
from rexctl.model.fields import (
    Affected,
    Country,
    Date,
    Law,
    Number,
    ProductCode,
    Text,
    Time,
    Zone,
    needed,
    said,
)
from rexctl.model.parts import Product
from rexctl.model.shape import Fault, Rule, Shape, Some
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MeasureStatus = Literal["threatened", "proposed", "adopted", "withdrawn"]


def _one_end(window: Mapping[str, Any]) -> Iterator[Fault]:
    if "until" in window and "through" in window:
        yield Fault(("through",), "two-ends", "has until and through",
                    "until is the first day without it, through the last day with it: keep one",
                    on="key")  # fmt: skip
    for hour, day in (("time", "from"), ("until_time", "until")):
        if hour in window and day not in window:
            yield Fault((hour,), "time-without-day", f"{hour} has no {day} to belong to",
                        f"add {day}, or leave {hour} out", on="key")  # fmt: skip


def _ends_after_it_starts(window: Mapping[str, Any]) -> Iterator[Fault]:
    for end in ("until", "through") if "from" in window else ():
        if end not in window:
            continue
        try:
            first = dates.span(str(window["from"]))[0]
            last = dates.span(str(window[end]))[1]
        except ValueError:
            continue
        if last < first:
            yield Fault((end,), "ends-before-start", f"{window[end]} is before {window['from']}")


class Effective(Shape):
    """The window in which a measure, a clause or a lifecycle act applies."""

    head: ClassVar[str] = "from"
    rules: ClassVar[tuple[Rule, ...]] = (_one_end, _ends_after_it_starts)
    from_: Date | None = Field(
        default=None, alias="from", description="the first day", examples=["2025-12-01"]
    )
    time: Time | None = said("the hour of from; absent: 00:00", "00:01")
    until: Date | None = said("the end, exclusive: it no longer applies on this day", "2026-11-10")
    until_time: Time | None = said("the hour of until; absent: 00:00", "00:01")
    through: Date | None = said("the last day, inclusive: it ends at 24:00", "2026-11-09")
    tz: Zone | None = said("the zone of both hours; absent: the event's", "Asia/Shanghai")
    on_expiry: Literal["reverts", "ends"] | None = said(
        "what happens at the end; absent: reverts", "ends"
    )


class Threshold(Shape):
    """A line above or below which the measure applies."""

    head: ClassVar[str] = "value"
    metric: Literal["content-value", "ownership", "purity"] = needed("what is measured",
                                                                   "content-value")  # fmt: skip
    op: Literal["ge", "gt", "le", "lt", "eq"] | None = said("how it compares", "ge")
    value: Number | None = said("the figure; absent where the source gives none", "0.1")
    unit: Text | None = said("its unit", "percent")
    of: Text | None = said("of what", "value of the foreign-made item")


class Entity(Shape):
    """A firm, body, person or vessel that a measure names."""

    head: ClassVar[str] = "name"
    name: Text = needed("the name in Latin letters", "TechInsights")
    original: Text | None = said("the name in its own script")
    aliases: Some[Text] | None = said("other names")
    country: Country | None = said("the country", "CA")


def _clauses_have_names_of_their_own(event: Mapping[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    clauses = event.get("clauses")
    for n, clause in enumerate(clauses if isinstance(clauses, list) else []):
        name = clause.get("id") if isinstance(clause, dict) else None
        if isinstance(name, str) and name in seen:
            yield Fault(("clauses", n, "id"), "clause-twice", f"{name}: names two clauses")
        seen.add(str(name))


class Clause(Shape):
    """A part of a measure with a window or terms of its own; the rest it inherits."""

    head: ClassVar[str] = "id"
    id: Text = needed("its name in the instrument", "1(1)")
    title: Text | None = said("what it covers, in one line")
    affected: Some[Affected] | None = said("whom it touches, or all", ["all"])
    legal_basis: Some[Law] | None = said("the law it rests on")
    products: Some[ProductCode | Product] | None = said("what goods it is about")
    effective: Effective | None = said("its own window")


class Measure(Event):
    """An event that can change what is in force."""

    rules: ClassVar[tuple[Rule, ...]] = (*Event.rules, _clauses_have_names_of_their_own)
    span: ClassVar[tuple[str, ...]] = ("effective.from", "effective.until")
    status: MeasureStatus = needed("how real the act is",
                                   "adopted")  # fmt: skip
    effective: Effective | None = said("the window in which it applies")
