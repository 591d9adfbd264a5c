"""An export control: a licence, ban or condition on what leaves a country; a list of names is a sanction."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.fields import Actor, ActorOrAll, Integer, Prose, Text, optional, required
from rexctl.model.measure import Clause, Entity, Measure, Threshold
from rexctl.model.shape import Shape, Some

Control = Literal[
    "licence", "prohibition", "quota", "tax", "end-use", "end-user", "extraterritorial",
    "technology", "decontrol",
]  # fmt: skip


class Licence(Shape):
    """The licence that is required."""

    head: ClassVar[str] = "authority"
    authority: Actor | None = optional("the authority that grants it", "CN/mofcom")
    policy: Prose | None = optional("how applications are decided")
    general_licence: Text | None = optional("the name of a general licence that may be used")
    review_days: Integer | None = optional("the number of working days for a decision", "45")


class ExportControlTerms(Shape):
    """The terms of an export control or of one clause of it."""

    controls: Some[Control] | None = optional("the kinds of control", ["licence"])
    thresholds: Some[Threshold] | None = optional("the thresholds from which it applies")
    reach: Some[Literal["content", "technology", "origin", "ownership"]] | None = optional(
        "the connection by which it applies to goods made abroad", ["content"]
    )
    licence: Licence | None = optional("the licence that is required")
    exemptions: Some[Prose] | None = optional("what is exempt, one entry each")
    destinations: Some[ActorOrAll] | None = optional(
        "the countries of destination, or all", ["all"]
    )
    end_users: Some[Text] | None = optional("the end users it applies to")
    entities: Some[Entity] | None = optional("the firms or bodies it names, where it names them")


class ExportControlClause(ExportControlTerms, Clause):
    """A clause of an export control."""


class ExportControl(ExportControlTerms, Measure):
    """A licence, ban or condition on what leaves a country."""

    caption: ClassVar[str] = "a licence, ban or condition on what leaves a country"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "controls", "effective.from", "title")

    type: Literal["export-control"] = required(
        "the type of event, which decides its other fields", "export-control"
    )
    clauses: Some[ExportControlClause] | None = optional(
        "clauses with a window or terms of their own"
    )
