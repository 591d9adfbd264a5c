"""What all measures share: the window in which they apply, and clauses with windows of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import (
    ActorOrAll,
    Country,
    Date,
    Law,
    Number,
    ProductCode,
    Text,
    Time,
    Zone,
    optional,
    required,
)
from rexctl.model.parts import Product
from rexctl.model.shape import Rule, Shape, Some, finding_at
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.records import Finding

MeasureStatus = Literal["threatened", "proposed", "adopted", "withdrawn"]


def _one_end(window: Mapping[str, Any]) -> Iterator[Finding]:
    if "until" in window and "through" in window:
        yield finding_at(("through",), "two-ends", "has until and through",
                    "until is the first day without it, through the last day with it: keep one",
                    on="key")  # fmt: skip
    for hour, day in (("time", "from"), ("until_time", "until")):
        if hour in window and day not in window:
            yield finding_at((hour,), "time-without-day", f"{hour} has no {day} to belong to",
                        f"add {day}, or leave {hour} out", on="key")  # fmt: skip


def _ends_after_it_starts(window: Mapping[str, Any]) -> Iterator[Finding]:
    for end in ("until", "through") if "from" in window else ():
        if end not in window:
            continue
        try:
            first = dates.span(str(window["from"]))[0]
            last = dates.span(str(window[end]))[1]
        except ValueError:
            continue
        if last < first:
            yield finding_at(
                (end,), "ends-before-start", f"{window[end]} is before {window['from']}"
            )


class Effective(Shape):
    """The window in which a measure, a clause or a lifecycle act applies."""

    head: ClassVar[str] = "from"
    rules: ClassVar[tuple[Rule, ...]] = (_one_end, _ends_after_it_starts)
    from_: Date | None = optional("the first day", "2025-12-01", alias="from")
    time: Time | None = optional("the hour of from; absent: 00:00", "00:01")
    until: Date | None = optional(
        "the end, exclusive: it no longer applies on this day", "2026-11-10"
    )
    until_time: Time | None = optional("the hour of until; absent: 00:00", "00:01")
    through: Date | None = optional("the last day, inclusive: it ends at 24:00", "2026-11-09")
    tz: Zone | None = optional("the zone of both hours; absent: the event's", "Asia/Shanghai")
    on_expiry: Literal["reverts", "ends"] | None = optional(
        "what happens at the end; absent: reverts", "ends"
    )


class Threshold(Shape):
    """A line above or below which the measure applies."""

    head: ClassVar[str] = "value"
    metric: Literal["content-value", "ownership", "purity"] = required("what is measured",
                                                                   "content-value")  # fmt: skip
    op: Literal["ge", "gt", "le", "lt", "eq"] | None = optional("how it compares", "ge")
    value: Number | None = optional("the figure; absent where the source gives none", "0.1")
    unit: Text | None = optional("its unit", "percent")
    of: Text | None = optional("of what", "value of the foreign-made item")


class Entity(Shape):
    """A firm, body, person or vessel that a measure names."""

    head: ClassVar[str] = "name"
    name: Text = required("the name in Latin letters", "TechInsights")
    original: Text | None = optional("the name in its own script")
    aliases: Some[Text] | None = optional("other names")
    country: Country | None = optional("the country", "CA")


def _clauses_have_names_of_their_own(event: Mapping[str, Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    clauses = event.get("clauses")
    for n, clause in enumerate(clauses if isinstance(clauses, list) else []):
        name = clause.get("id") if isinstance(clause, dict) else None
        if isinstance(name, str) and name in seen:
            yield finding_at(("clauses", n, "id"), "clause-twice", f"{name}: names two clauses")
        seen.add(str(name))


class Clause(Shape):
    """A part of a measure with a window or terms of its own; the rest it inherits."""

    head: ClassVar[str] = "id"
    id: Text = required("its name in the instrument", "1(1)")
    title: Text | None = optional("what it covers, in one line")
    affected: Some[ActorOrAll] | None = optional("whom it touches, or all", ["all"])
    legal_basis: Some[Law] | None = optional("the law it rests on")
    products: Some[ProductCode | Product] | None = optional("what goods it is about")
    effective: Effective | None = optional("its own window")


class Measure(Event):
    """An event that can change what is in force."""

    rules: ClassVar[tuple[Rule, ...]] = (*Event.rules, _clauses_have_names_of_their_own)
    span: ClassVar[tuple[str, ...]] = ("effective.from", "effective.until")
    status: MeasureStatus = required("how real the act is",
                                   "adopted")  # fmt: skip
    effective: Effective | None = optional("the window in which it applies")
