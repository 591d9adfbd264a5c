"""What all measures share: the window in which they apply, and clauses with windows of their own."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.parts import Product
from rexctl.model.schema import (
    ActorOrAll,
    Country,
    Date,
    Law,
    Number,
    ProductCode,
    Shape,
    Some,
    Text,
    Time,
    Zone,
    optional,
    required,
)

MeasureStatus = Literal["threatened", "proposed", "adopted", "withdrawn"]


class Effective(Shape):
    """The window in which a measure, a clause or a lifecycle act applies."""

    head: ClassVar[str] = "from"
    from_: Date = optional("the first day", "2025-12-01", alias="from")
    time: Time = optional("the time of day on from; default: 00:00", "00:01")
    until: Date = optional("the first day on which it no longer applies", "2026-11-10")
    until_time: Time = optional("the time of day on until; default: 00:00", "00:01")
    through: Date = optional("the last day on which it applies", "2026-11-09")
    tz: Zone = optional("the time zone of both times; default: that of the event", "Asia/Shanghai")
    on_expiry: Literal["reverts", "ends"] = optional(
        "what happens at the end: the earlier state returns (reverts, the default) or not (ends)",
        "ends",
    )


class Threshold(Shape):
    """A threshold from which, or up to which, the measure applies."""

    head: ClassVar[str] = "value"
    metric: Literal["content-value", "ownership", "purity"] = required("what is measured",
                                                                   "content-value")  # fmt: skip
    op: Literal["ge", "gt", "le", "lt", "eq"] = optional(
        "the comparison: at least (ge), more (gt), at most (le), less (lt), exactly (eq)", "ge"
    )
    value: Number = optional("the figure, if the source gives one", "0.1")
    unit: Text = optional("the unit of the figure", "percent")
    of: Text = optional("what the figure is a part of", "value of the foreign-made item")


class Entity(Shape):
    """A firm, body, person or vessel that a measure names."""

    head: ClassVar[str] = "name"
    name: Text = required("the name in Latin letters", "TechInsights")
    original: Text = optional("the name in its original script")
    aliases: Some[Text] = optional("other names")
    country: Country = optional("the country code", "CA")


class Clause(Shape):
    """A part of a measure with a window or terms of its own; it inherits the rest."""

    head: ClassVar[str] = "id"
    id: Text = required("its number in the instrument", "1(1)")
    title: Text = optional("what it covers, on one line")
    affected: Some[ActorOrAll] = optional("the actors that it affects, or all", ["all"])
    legal_basis: Some[Law] = optional("the laws it is based on")
    products: Some[ProductCode | Product] = optional("the goods it is about, as product codes")
    effective: Effective = optional("the window of this clause, if it differs")


class Measure(Event):
    """An event that can change what is in force."""

    span: ClassVar[tuple[str, ...]] = ("effective.from", "effective.until")
    status: MeasureStatus = required("the stage of the measure",
                                   "adopted")  # fmt: skip
    effective: Effective = optional("the window in which it applies")
