"""An export control: a licence, ban or condition on what leaves a country; a named firm list is a sanction."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.fields import Actor, ActorOrAll, Integer, Prose, Text, optional, required
from rexctl.model.measure import Clause, Measure, Threshold
from rexctl.model.shape import Shape, Some

Control = Literal[
    "licence", "prohibition", "quota", "tax", "end-use", "end-user", "extraterritorial",
    "technology", "decontrol",
]  # fmt: skip


class Licence(Shape):
    """The permit that is asked for."""

    head: ClassVar[str] = "authority"
    authority: Actor | None = optional("who grants it", "CN/mofcom")
    policy: Prose | None = optional("how applications are judged")
    general_licence: Text | None = optional("a licence that covers many shipments at once")
    review_days: Integer | None = optional("in how many working days it is decided", "45")


class ExportControlTerms(Shape):
    """The terms of an export control or of one clause of it."""

    controls: Some[Control] | None = optional("what sort of control it is", ["licence"])
    thresholds: Some[Threshold] | None = optional("the lines above which it applies")
    reach: Some[Literal["content", "technology", "origin", "ownership"]] | None = optional(
        "by what it reaches goods made abroad", ["content"]
    )
    licence: Licence | None = optional("the permit that is asked for")
    exemptions: Some[Prose] | None = optional("what is exempt")
    destinations: Some[ActorOrAll] | None = optional("where the goods go", ["all"])
    end_users: Some[Text] | None = optional("who receives them")


class ExportControlClause(ExportControlTerms, Clause):
    """A clause of an export control."""


class ExportControl(ExportControlTerms, Measure):
    """A licence, ban or condition on what leaves a country."""

    caption: ClassVar[str] = "a licence, ban or condition on what leaves a country"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "controls", "effective.from", "title")

    type: Literal["export-control"] = required("the sort of event", "export-control")
    clauses: Some[ExportControlClause] | None = optional("its parts with windows of their own")


EXAMPLE = """\
id: 2025-10-09-cn-mofcom-61
type: export-control
title: Announcement 61 puts rare-earth items made abroad under Chinese export licence
date: 2025-10-09
status: adopted
actors:
  - CN/mofcom
affected:
  - all
instrument:
  issuer: CN/mofcom
  kind: announcement
  number: 61
  year: 2025
controls:
  - licence
  - extraterritorial
clauses:
  - id: 1(1)
    title: Chinese content worth 0.1% or more of an item made abroad
    effective:
      from: 2025-12-01
    thresholds:
      - metric: content-value
        op: ge
        value: 0.1
        unit: percent
    reach:
      - content
  - id: 1(3)
    title: items of Chinese origin
    effective:
      from: 2025-10-09
    reach:
      - origin
sources:
  - title: Announcement No. 61 of 2025
    publisher: Ministry of Commerce of the People's Republic of China
    published: 2025-10-09
    kind: instrument
    attribution: official-document
    lang: zh
"""
