"""A tariff: a duty on imports or exports; another fee is a trade-measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from rexctl.model.event import Clause, Entity, Measure, Product, event_type
from rexctl.model.schema import (
    Actor,
    ActorOrAll,
    Currency,
    Law,
    Number,
    ProductCode,
    Prose,
    Shape,
    Some,
    Text,
    optional,
    required,
)


class Rate(Shape):
    """A rate of duty."""

    head: ClassVar[str] = "value"
    usual: ClassVar[Mapping[str, str]] = {"unit": "percent"}
    value: Number = required("the figure", "100")
    unit: Literal["percent", "percentage-points", "specific"] = required(
        "percent of the value, percentage points on a rate, or an amount per unit", "percent"
    )
    per: Text = optional("the unit of quantity of a specific rate", "kg")
    currency: Currency = optional("the currency of a specific rate", "USD")
    qualifier: Literal["exactly", "up-to", "at-least"] = optional(
        "how precise the number is", "up-to"
    )
    prior: Number = optional("the previous rate, if the source gives it", "30")
    of: Text = optional("the part of the value that it is charged on", "steel content")


class Exclusion(Shape):
    """Goods, origins, firms or laws to which the tariff does not apply; all that one entry names must hold."""

    head: ClassVar[str] = "text"
    products: Some[ProductCode | Product] = optional("the goods that are excluded")
    origin: Some[Actor] = optional("the origins that are excluded", ["CA"])
    legal_basis: Some[Law] = optional("goods that already pay a duty under these laws")
    entities: Some[Text] = optional("the names of firms whose goods are excluded")
    text: Prose = optional("a condition that cannot be computed, in your own words")


class Quota(Shape):
    """A quantity that passes at another rate."""

    head: ClassVar[str] = "value"
    value: Number = optional("the quantity", "50000")
    rate: Number = optional("the rate in percent within the quota, in place of `rates`", "0")
    unit: Text = optional("the unit of the quantity", "t")
    period: Text = optional("the period of the quota", "calendar year")
    text: Prose = optional("the quota, in your own words")


class TariffTerms(Shape):
    """The terms of a tariff or of one clause of it."""

    rates: Some[Rate] = optional("the rates of duty")
    combine: Literal["sum", "higher", "lower", "either"] = optional(
        "which of several rates is charged; default: their sum", "higher"
    )
    entities: Some[Entity] = optional("the firms that the rate is for, where it names them")
    stacking: Literal["additional", "replaces", "all-in"] = optional(
        "how it adds up with other duties; default: additional", "replaces"
    )
    origin: Some[ActorOrAll] = optional(
        "the origin of the goods; default: the affected actors", ["CN"]
    )
    exclusions: Some[Exclusion] = optional(
        "goods, origins, firms or laws to which it does not apply"
    )
    quota: Quota = optional("a quantity that passes at another rate")


class TariffClause(TariffTerms, Clause):
    """A clause of a tariff."""


class Tariff(TariffTerms, Measure):
    """A duty on goods that cross a border."""

    type: Literal["tariff"] = event_type("tariff")
    clauses: Some[TariffClause] = optional("clauses with a window or terms of their own")
