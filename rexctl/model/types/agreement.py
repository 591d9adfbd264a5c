"""An agreement: the commitments of two or more actors; the meeting about them is an event of its own."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event, event_type
from rexctl.model.schema import Actor, Date, Prose, Shape, Some, Text, optional, required


class Commitment(Shape):
    """A commitment of one side; links `implements` show whether it was kept."""

    head: ClassVar[str] = "id"
    id: Text = required("a short name, unique in the agreement", "suspend-61")
    by: Actor = optional("the actor that made the commitment", "CN")
    what: Prose = required("what the actor committed to, in your own words")
    due: Date = optional("the day by which it is due", "2025-11-10")
    told_by: Some[Actor] = optional("the actors whose accounts mention it", ["US"])


class Agreement(Event):
    """The commitments of two or more actors."""

    type: Literal["agreement"] = event_type("agreement")
    status: Literal["in-principle", "announced", "signed", "ended"] = required(
        "the stage that it has reached", "announced"
    )
    commitments: Some[Commitment] = optional("what each side committed to")
    text_public: Literal["yes", "no"] = optional("whether the text is public", "no")
