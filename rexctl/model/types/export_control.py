"""An export control: a licence, ban or condition on what leaves a country; a list of names is a sanction."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Clause, Entity, Measure, Threshold, event_type
from rexctl.model.schema import (
    Actor,
    ActorOrAll,
    Integer,
    Prose,
    Shape,
    Some,
    Text,
    optional,
)

Control = Literal[
    "licence", "prohibition", "quota", "tax", "end-use", "end-user", "extraterritorial",
    "technology", "decontrol",
]  # fmt: skip


class Licence(Shape):
    """The licence that is required."""

    head: ClassVar[str] = "authority"
    authority: Actor = optional("the authority that grants it", "CN/mofcom")
    policy: Prose = optional("how applications are decided")
    general_licence: Text = optional("the name of a general licence that may be used")
    review_days: Integer = optional("the number of working days for a decision", "45")


class ExportControlTerms(Shape):
    """The terms of an export control or of one clause of it."""

    controls: Some[Control] = optional("the kinds of control", ["licence"])
    thresholds: Some[Threshold] = optional("the thresholds from which it applies")
    reach: Some[Literal["content", "technology", "origin", "ownership"]] = optional(
        "the connection by which it applies to goods made abroad", ["content"]
    )
    licence: Licence = optional("the licence that is required")
    exemptions: Some[Prose] = optional("what is exempt, one entry each")
    destinations: Some[ActorOrAll] = optional("the countries of destination, or all", ["all"])
    end_users: Some[Text] = optional("the end users it applies to")
    entities: Some[Entity] = optional("the firms or bodies it binds, where it names them")


class ExportControlClause(ExportControlTerms, Clause):
    """A clause of an export control."""


class ExportControl(ExportControlTerms, Measure):
    """A licence, ban or condition on what leaves a country."""

    columns: ClassVar[tuple[str, ...]] = ("id", "status", "controls", "effective.from", "title")

    type: Literal["export-control"] = event_type("export-control")
    clauses: Some[ExportControlClause] = optional("clauses with a window or terms of their own")
