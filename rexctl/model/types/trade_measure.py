"""A trade measure: any other measure, such as a port fee, a subsidy or an import ban."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from rexctl.model.fields import Currency, Date, Kind, Number, Prose, Text, optional, required
from rexctl.model.measure import Clause, Entity, Measure, Threshold
from rexctl.model.shape import Shape, Some

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
    unit: Text | None = optional("the unit of the figure", "voyages")
    per: Text | None = optional("the period or object that it applies to", "vessel and year")


class Charge(Shape):
    """An amount that is charged, step by step."""

    head: ClassVar[str] = "currency"
    currency: Currency | None = optional("the currency code", "CNY")
    per: Text | None = optional("the unit that is charged for", "net ton")
    steps: Some[Step] | None = optional("the amounts, each from its first day")
    cap: Cap | None = optional("the maximum that is charged")


class TradeMeasureTerms(Shape):
    """The terms of a trade measure or of one clause of it."""

    category: MastChapter | None = optional(
        "the chapter of the MAST classification of non-tariff measures", "mast-2019:F"
    )
    charge: Charge | None = optional("the charge")
    thresholds: Some[Threshold] | None = optional("the thresholds from which it applies")
    exemptions: Some[Prose] | None = optional("what is exempt, one entry each")
    entities: Some[Entity] | None = optional("the firms, bodies, persons or vessels it names")


class TradeMeasureClause(TradeMeasureTerms, Clause):
    """A clause of a trade measure."""


class TradeMeasure(TradeMeasureTerms, Measure):
    """Any other measure: a port fee, a seizure order, a subsidy, an import ban."""

    caption: ClassVar[str] = "any other measure: a port fee, a subsidy, an import ban"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "category", "effective.from", "title")

    type: Literal["trade-measure"] = required(
        "the type of event, which decides its other fields", "trade-measure"
    )
    clauses: Some[TradeMeasureClause] | None = optional(
        "clauses with a window or terms of their own"
    )
