"""A sanction: named firms, bodies, persons or vessels put on a list or taken off it."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Clause, Entity, Measure, event_type
from rexctl.model.schema import Country, Integer, ListCode, Number, Shape, Some, optional, required


class Names(Shape):
    """How many names were put on the list or taken off it, in all or of one country."""

    head: ClassVar[str] = "value"
    known_by: ClassVar[tuple[str, ...]] = ("of",)
    value: Integer = required("the number", "7")
    qualifier: Literal["exactly", "at-least", "about"] = optional(
        "how precise the number is", "at-least"
    )
    of: Country = optional("the country of these names; absent: all", "CN")


class SanctionTerms(Shape):
    """The terms of a sanction or of one clause of it."""

    list: ListCode = optional("the sanctions list, as jurisdiction/name", "us/entity-list")
    change: Literal["add", "remove", "modify"] = optional("what happens to the entries", "add")
    entities: Some[Entity] = optional("the firms, bodies, persons or vessels it names")
    counts: Some[Names] = optional("the number of names, if not all are recorded")
    ownership_threshold: Number = optional(
        "the percentage of ownership from which a subsidiary is covered", "50"
    )


class SanctionClause(SanctionTerms, Clause):
    """A clause of a sanction."""


class Sanction(SanctionTerms, Measure):
    """Names put on a list or taken off it."""

    type: Literal["sanction"] = event_type("sanction")
    clauses: Some[SanctionClause] = optional("clauses with a window or terms of their own")
