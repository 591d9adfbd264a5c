"""A trade measure: any other measure, such as a port fee, a subsidy or an import ban."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from rexctl.model.event import Clause, Entity, Measure, Threshold, event_type
from rexctl.model.schema import (
    Currency,
    Date,
    Kind,
    Number,
    Prose,
    Shape,
    Some,
    Text,
    optional,
    required,
)

# UNCTAD, International Classification of Non-Tariff Measures, editions of 2012 and 2019: chapter P
# was renumbered, so that a chapter is named with its edition.
CHAPTERS = tuple(
    f"mast-{year}:{chapter}" for year in (2019, 2012) for chapter in "ABCDEFGHIJKLMNOP"
)
MastChapter = Annotated[str, Kind("word", values=CHAPTERS)]


class Step(Shape):
    """One step of a charge that rises by the calendar."""

    head: ClassVar[str] = "value"
    known_by: ClassVar[tuple[str, ...]] = ("from",)
    from_: Date = required("the first day of the step", "2026-04-17", alias="from")
    value: Number = required("the amount", "400")


class Cap(Shape):
    """The maximum that is charged."""

    head: ClassVar[str] = "value"
    value: Number = required("the figure", "5")
    unit: Text = optional("the unit of the figure", "voyages")
    per: Text = optional("the period or object that it applies to", "vessel and year")


class Charge(Shape):
    """An amount that is charged, step by step."""

    head: ClassVar[str] = "currency"
    currency: Currency = optional("the currency code", "CNY")
    per: Text = optional("the unit that is charged for", "net ton")
    steps: Some[Step] = optional("the amounts, each from its first day")
    cap: Cap = optional("the maximum that is charged")


class TradeMeasureTerms(Shape):
    """The terms of a trade measure or of one clause of it."""

    category: MastChapter = optional(
        "the chapter of the MAST classification of non-tariff measures", "mast-2019:F"
    )
    charge: Charge = optional("the charge")
    thresholds: Some[Threshold] = optional("the thresholds from which it applies")
    exemptions: Some[Prose] = optional("what is exempt, one entry each")
    entities: Some[Entity] = optional("the firms, bodies, persons or vessels it names")


class TradeMeasureClause(TradeMeasureTerms, Clause):
    """A clause of a trade measure."""


class TradeMeasure(TradeMeasureTerms, Measure):
    """Any other measure: a port fee, a subsidy, an import ban."""

    columns: ClassVar[tuple[str, ...]] = ("id", "status", "category", "effective.from", "title")

    type: Literal["trade-measure"] = event_type("trade-measure")
    clauses: Some[TradeMeasureClause] = optional("clauses with a window or terms of their own")
