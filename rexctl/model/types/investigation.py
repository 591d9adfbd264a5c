"""An investigation: an authority examines trade practices; a measure that follows is an event of its own."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import Actor, Date, Text, optional, required


class Investigation(Event):
    """An authority examines trade practices."""

    caption: ClassVar[str] = "an authority examines trade practices"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "kind", "authority", "title")
    span: ClassVar[tuple[str, ...]] = ("date", "due")

    type: Literal["investigation"] = required(
        "the type of event, which decides its other fields", "investigation"
    )
    status: Literal["initiated", "preliminary", "final", "suspended", "terminated"] = required(
        "the stage that it has reached", "initiated"
    )
    authority: Actor | None = optional("the authority that investigates", "US/ustr")
    kind: (
        Literal[
            "anti-dumping", "countervailing", "safeguard", "s301", "s232", "antitrust",
            "anti-discrimination", "circumvention",
        ]
        | None
    ) = optional("the kind of investigation", "s301")  # fmt: skip
    petitioner: Text | None = optional("who requested it")
    filed: Date | None = optional("the day on which it was requested", "2025-03-12")
    period: Date | None = optional("the period under investigation", "2024-01-01/2024-12-31")
    injury_period: Date | None = optional(
        "the period in which injury is examined", "2022-01-01/2024-12-31"
    )
    due: Date | None = optional("the day on which the next stage is due", "2026-04")
    extension_until: Date | None = optional("the day until which `due` may be put off", "2026-10")
