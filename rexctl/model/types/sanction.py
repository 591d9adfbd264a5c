"""A sanction: named firms, bodies, persons or vessels put on a list or taken off it."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.fields import Country, Integer, Law, Number, optional, required
from rexctl.model.measure import Clause, Entity, Measure
from rexctl.model.shape import Shape, Some


class Names(Shape):
    """How many names were put on the list or taken off it, in all or of one country."""

    head: ClassVar[str] = "value"
    known_by: ClassVar[tuple[str, ...]] = ("of",)
    value: Integer = required("the number", "7")
    qualifier: Literal["exactly", "at-least", "about"] | None = optional(
        "how precise the number is", "at-least"
    )
    of: Country | None = optional("the country of these names; absent: all", "CN")


class SanctionTerms(Shape):
    """The terms of a sanction or of one clause of it."""

    list: Law | None = optional("the sanctions list, as jurisdiction/name", "us/entity-list")
    change: Literal["add", "remove", "modify"] | None = optional(
        "what happens to the entries", "add"
    )
    entities: Some[Entity] | None = optional("the firms, bodies, persons or vessels it names")
    counts: Some[Names] | None = optional("the number of names, if not all are recorded")
    ownership_threshold: Number | None = optional(
        "the percentage of ownership from which a subsidiary is covered", "50"
    )


class SanctionClause(SanctionTerms, Clause):
    """A clause of a sanction."""


class Sanction(SanctionTerms, Measure):
    """Names put on a list or taken off it."""

    caption: ClassVar[str] = "names put on a list or taken off it"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "list", "change", "title")

    type: Literal["sanction"] = required(
        "the type of event, which decides its other fields", "sanction"
    )
    clauses: Some[SanctionClause] | None = optional("clauses with a window or terms of their own")
