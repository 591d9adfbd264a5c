"""A tariff: a duty on imports or exports; another fee is a trade-measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from rexctl.model.fields import (
    Actor,
    ActorOrAll,
    Currency,
    Law,
    Number,
    ProductCode,
    Prose,
    Text,
    optional,
    required,
)
from rexctl.model.measure import Clause, Entity, Measure
from rexctl.model.parts import Product
from rexctl.model.shape import Shape, Some


class Rate(Shape):
    """A rate of duty."""

    head: ClassVar[str] = "value"
    usual: ClassVar[Mapping[str, str]] = {"unit": "percent"}
    value: Number = required("the figure", "100")
    unit: Literal["percent", "percentage-points", "specific"] = required(
        "percent of the value, percentage points on a rate, or an amount per unit", "percent"
    )
    per: Text | None = optional("the unit of quantity of a specific rate", "kg")
    currency: Currency | None = optional("the currency of a specific rate", "USD")
    qualifier: Literal["exactly", "up-to", "at-least"] | None = optional(
        "how precise the number is", "up-to"
    )
    prior: Number | None = optional("the previous rate, if the source gives it", "30")
    of: Text | None = optional("the part of the value that it is charged on", "steel content")


class Exclusion(Shape):
    """Goods, origins or laws to which the tariff does not apply; all that one entry names must hold."""

    head: ClassVar[str] = "text"
    products: Some[ProductCode | Product] | None = optional("the goods that are excluded")
    origin: Some[Actor] | None = optional("the origins that are excluded", ["CA"])
    legal_basis: Some[Law] | None = optional("goods that already pay a duty under these laws")
    text: Prose | None = optional("a condition that cannot be computed, in your own words")


class Quota(Shape):
    """A quantity that passes at another rate."""

    head: ClassVar[str] = "value"
    value: Number | None = optional("the quantity", "50000")
    unit: Text | None = optional("the unit of the quantity", "t")
    period: Text | None = optional("the period of the quota", "calendar year")
    text: Prose | None = optional("the quota, in your own words")


class TariffTerms(Shape):
    """The terms of a tariff or of one clause of it."""

    rates: Some[Rate] | None = optional("the rates of duty")
    entities: Some[Entity] | None = optional("the firms that the rate is for, where it names them")
    stacking: Literal["additional", "replaces", "all-in"] | None = optional(
        "added to other duties (additional, the default), in place of the other clauses (replaces), "
        "or the total with the base rate (all-in)",
        "replaces",
    )
    origin: Some[ActorOrAll] | None = optional(
        "the origin of the goods; default: the affected actors", ["CN"]
    )
    exclusions: Some[Exclusion] | None = optional("goods or laws to which it does not apply")
    quota: Quota | None = optional("a quantity that passes at another rate")


class TariffClause(TariffTerms, Clause):
    """A clause of a tariff."""


class Tariff(TariffTerms, Measure):
    """A duty on goods that cross a border."""

    caption: ClassVar[str] = "a duty on goods that cross a border"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "rates", "affected", "title")

    type: Literal["tariff"] = required(
        "the type of event, which decides its other fields", "tariff"
    )
    clauses: Some[TariffClause] | None = optional("clauses with a window or terms of their own")
