"""An investigation: an authority looks into trade practices; what it leads to is a measure."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import Actor, Date, Text, optional, required


class Investigation(Event):
    """An authority looks into trade practices."""

    caption: ClassVar[str] = "an authority looks into trade practices"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "kind", "authority", "title")
    span: ClassVar[tuple[str, ...]] = ("date", "due")

    type: Literal["investigation"] = required("the sort of event", "investigation")
    status: Literal["initiated", "preliminary", "final", "suspended", "terminated"] = required(
        "how far it has come", "initiated"
    )
    authority: Actor | None = optional("who investigates", "US/ustr")
    kind: (
        Literal[
            "anti-dumping", "countervailing", "safeguard", "s301", "s232", "antitrust",
            "anti-discrimination", "circumvention",
        ]
        | None
    ) = optional("under which sort of rule", "s301")  # fmt: skip
    petitioner: Text | None = optional("who asked for it")
    period: Date | None = optional("the time looked into", "2024-01-01/2024-12-31")
    due: Date | None = optional("when the next stage is due", "2026-04")


EXAMPLE = """\
id: 2025-10-24-us-ustr-phase-one-s301
type: investigation
title: USTR opens a Section 301 investigation into how China kept the Phase One agreement
date: 2025-10-24
status: initiated
actors:
  - US/ustr
affected:
  - CN
legal_basis:
  - us/s301
authority: US/ustr
kind: s301
sources:
  - title: USTR initiates Section 301 investigation of China's implementation of commitments
    publisher: Office of the United States Trade Representative
    published: 2025-10-24
    kind: official-statement
"""
