"""A sanction: named firms, bodies, persons or vessels put on a list or taken off it."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Clause, Count, Entity, Measure, event_type
from rexctl.model.schema import ListCode, Number, Shape, Some, optional


class SanctionTerms(Shape):
    """The terms of a sanction or of one clause of it."""

    list: ListCode = optional("the sanctions list, as jurisdiction/name", "us/entity-list")
    change: Literal["add", "remove", "modify"] = optional("what happens to the entries", "add")
    entities: Some[Entity] = optional("the firms, bodies, persons or vessels it names")
    count: Count = optional("the number of names, if not all are recorded")
    ownership_threshold: Number = optional(
        "the percentage of ownership from which a subsidiary is covered", "50"
    )


class SanctionClause(SanctionTerms, Clause):
    """A clause of a sanction."""


class Sanction(SanctionTerms, Measure):
    """Names put on a list or taken off it."""

    columns: ClassVar[tuple[str, ...]] = ("id", "status", "list", "change", "title")

    type: Literal["sanction"] = event_type("sanction")
    clauses: Some[SanctionClause] = optional("clauses with a window or terms of their own")
