"""A ruling: a decision of a court, a panel or a tribunal; it may suspend, revoke or resume measures."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import Actor, Prose, Text, optional, required
from rexctl.model.measure import Act, Clause
from rexctl.model.shape import Rule, Shape, Some


class Case(Shape):
    """The case that was decided."""

    head: ClassVar[str] = "name"
    name: Text | None = optional("the names of the parties", "V.O.S. Selections v. United States")
    number: Text | None = optional("the number that the forum gave it", "25-00066")


class RulingClause(Clause):
    """A part of a ruling with a window or links of its own."""


class Ruling(Act, Event):
    """A decision of a court, a panel or a tribunal.

    It has no row among the measures in force: its `suspends`, `revokes` and `resumes` act on theirs.
    One that binds only its parties carries none of them and is `about` the measure.
    """

    rules: ClassVar[tuple[Rule, ...]] = (*Event.rules, *Act.rules)
    caption: ClassVar[str] = "a decision of a court, a panel or a tribunal"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "forum", "relief", "title")
    span: ClassVar[tuple[str, ...]] = ("date", "effective.until")

    type: Literal["ruling"] = required(
        "the type of event, which decides its other fields", "ruling"
    )
    status: Literal["decided", "stayed", "reversed", "settled"] = required(
        "the stage that it has reached", "decided"
    )
    forum: Actor | None = optional(
        "the court, panel or tribunal that decided", "US/court-of-international-trade"
    )
    case: Case | None = optional("the case that was decided")
    relief: (
        Some[Literal["vacates", "enjoins", "upholds", "remands", "authorises-countermeasures"]]
        | None
    ) = optional("what the ruling orders", ["vacates"])
    holding: Prose | None = optional("what was decided, in your own words")
    clauses: Some[RulingClause] | None = optional("parts with a window or links of their own")
