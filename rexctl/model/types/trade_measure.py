"""A trade measure: any measure that is no tariff, export control or sanction, such as a port fee."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.fields import Currency, Date, Number, Prose, Text, optional, required
from rexctl.model.measure import Clause, Entity, Measure, Threshold
from rexctl.model.shape import Shape, Some

# UNCTAD, International Classification of Non-Tariff Measures (2019): its chapters.
MastChapter = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O",
                      "P"]  # fmt: skip


class Step(Shape):
    """One step of a charge that rises by the calendar."""

    head: ClassVar[str] = "value"
    known_by: ClassVar[tuple[str, ...]] = ("from",)
    from_: Date = required("its first day", "2026-04-17", alias="from")
    value: Number = required("the amount", "400")


class Cap(Shape):
    """The most that is charged."""

    head: ClassVar[str] = "value"
    value: Number = required("the figure", "5")
    unit: Text | None = optional("what is counted", "voyages")
    per: Text | None = optional("in which time or for what", "vessel and year")


class Charge(Shape):
    """An amount that is charged, step by step."""

    head: ClassVar[str] = "currency"
    currency: Currency | None = optional("the currency", "CNY")
    per: Text | None = optional("for what", "net ton")
    steps: Some[Step] | None = optional("the amounts, each from its day on")
    cap: Cap | None = optional("the most that is charged")


class TradeMeasureTerms(Shape):
    """The terms of a trade measure or of one clause of it."""

    category: MastChapter | None = optional("the chapter of the MAST classification", "F")
    charge: Charge | None = optional("what is charged")
    thresholds: Some[Threshold] | None = optional("the lines above which it applies")
    exemptions: Some[Prose] | None = optional("what is exempt")
    entities: Some[Entity] | None = optional("whom it names")


class TradeMeasureClause(TradeMeasureTerms, Clause):
    """A clause of a trade measure."""


class TradeMeasure(TradeMeasureTerms, Measure):
    """Any other measure: a port fee, a seizure order, a subsidy, an import ban."""

    caption: ClassVar[str] = "any other measure: a port fee, a subsidy, an import ban"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "category", "effective.from", "title")

    type: Literal["trade-measure"] = required("the sort of event", "trade-measure")
    clauses: Some[TradeMeasureClause] | None = optional("its parts with windows of their own")


EXAMPLE = """\
id: 2025-10-10-cn-mot-special-port-fee-on-us-vessels
type: trade-measure
title: China sets a special port fee on vessels tied to the United States
date: 2025-10-10
status: adopted
actors:
  - CN
affected:
  - US
category: F
charge:
  currency: CNY
  per: net ton
  steps:
    - from: 2025-10-14
      value: 400
    - from: 2026-04-17
      value: 640
effective:
  from: 2025-10-14
sources:
  - title: Announcement No. 54 of 2025 on a special port fee for vessels of the United States
    publisher: Ministry of Transport of the People's Republic of China
    published: 2025-10-10
    kind: instrument
"""
