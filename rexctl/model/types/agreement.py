"""An agreement: what two or more actors undertook; the meeting where they did is its own event."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import Actor, Date, Prose, Text, optional, required
from rexctl.model.shape import Shape, Some


class Commitment(Shape):
    """One thing that one side undertook; whether it was done is computed from `implements` links."""

    head: ClassVar[str] = "id"
    id: Text = required("its name in this agreement", "suspend-61")
    by: Actor | None = optional("who undertook it", "CN")
    what: Prose = required("what was undertaken, in own words")
    due: Date | None = optional("by when", "2025-11-10")
    told_by: Some[Actor] | None = optional("whose account has it", ["US"])


class Agreement(Event):
    """What two or more actors undertook."""

    caption: ClassVar[str] = "what two or more actors undertook"
    columns: ClassVar[tuple[str, ...]] = ("id", "status", "actors", "title")

    type: Literal["agreement"] = required("the sort of event", "agreement")
    status: Literal["in-principle", "announced", "signed", "ended"] = required(
        "how far it has come", "announced"
    )
    commitments: Some[Commitment] | None = optional("what each side undertook")
    text_public: Literal["yes", "no"] | None = optional("whether its text is public", "no")


EXAMPLE = """\
id: 2025-10-30-us-one-year-truce
type: agreement
title: Trump and Xi announce a truce of one year
date: 2025-10-30
status: announced
actors:
  - US
  - CN
commitments:
  - id: export-controls
    by: CN
    what: |
      Suspend the export controls of 9 October 2025 for a year.
text_public: "no"
sources:
  - title: Remarks after the meeting in Busan
    publisher: The White House
    published: 2025-10-30
    kind: official-statement
"""
