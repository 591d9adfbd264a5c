"""A ruling: a decision of a court, a panel or a tribunal; it may suspend, revoke or resume measures."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Act, Clause, event_type
from rexctl.model.schema import Actor, Prose, Shape, Some, Text, optional, required

Relief = Literal[
    "vacates", "enjoins", "upholds", "remands", "refunds", "authorises-countermeasures"
]


class Case(Shape):
    """The case that was decided."""

    head: ClassVar[str] = "name"
    name: Text = optional("the names of the parties", "V.O.S. Selections v. United States")
    number: Text = optional("the number that the forum gave it", "25-00066")


class RulingClause(Clause):
    """A part of a ruling with a window of its own."""


class Ruling(Act):
    """A decision of a court, a panel or a tribunal."""

    # It has no row among the measures in force. One that binds only its parties carries no link
    # that changes a measure; it is `about` the measure.
    span: ClassVar[tuple[str, ...]] = ("date", "effective.until")

    type: Literal["ruling"] = event_type("ruling")
    status: Literal["decided", "stayed", "reversed", "settled"] = required(
        "the stage that it has reached", "decided"
    )
    forum: Actor = optional(
        "the court, panel or tribunal that decided", "US/court-of-international-trade"
    )
    case: Case = optional("the case that was decided")
    relief: Some[Relief] = optional("what the ruling orders", ["vacates"])
    holding: Prose = optional("what was decided, in your own words")
    clauses: Some[RulingClause] = optional("parts with a window of their own")
