"""An investigation: an authority examines trade practices; a measure that follows is an event of its own."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event, event_type
from rexctl.model.schema import Actor, Date, Text, optional, required

InvestigationKind = Literal[
    "anti-dumping", "countervailing", "safeguard", "s301", "s232", "antitrust",
    "anti-discrimination", "circumvention",
]  # fmt: skip


class Investigation(Event):
    """An authority examines trade practices."""

    columns: ClassVar[tuple[str, ...]] = ("id", "status", "kind", "authority", "title")
    span: ClassVar[tuple[str, ...]] = ("date", "due")

    type: Literal["investigation"] = event_type("investigation")
    status: Literal["initiated", "preliminary", "final", "suspended", "terminated"] = required(
        "the stage that it has reached", "initiated"
    )
    authority: Actor = optional("the authority that investigates", "US/ustr")
    kind: InvestigationKind = optional("the kind of investigation", "s301")
    petitioner: Text = optional("who requested it")
    filed: Date = optional("the day on which it was requested", "2025-03-12")
    period: Date = optional("the period under investigation", "2024-01-01/2024-12-31")
    injury_period: Date = optional(
        "the period in which injury is examined", "2022-01-01/2024-12-31"
    )
    due: Date = optional("the day on which the next stage is due", "2026-04")
    extension_until: Date = optional("the day until which `due` may be put off", "2026-10")
