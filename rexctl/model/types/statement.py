"""A statement: a person or an institution said something in public or to a reporter."""

from __future__ import annotations

from typing import Literal

from rexctl.model.event import Event, Person, event_type
from rexctl.model.schema import Text, optional, required

Act = Literal["announce", "threaten", "deny", "blame", "reassure", "demand", "offer", "comment"]


class Statement(Event):
    """A person or an institution said something in public or to a reporter."""

    type: Literal["statement"] = event_type("statement")
    status: Literal["made"] = required(
        "always made: what is planned or denied is another event", "made"
    )
    speaker: Person = optional("the person who spoke")
    act: Act = optional("the purpose of the words", "blame")
    channel: Text = optional("where or how it was said", "press conference")
    stance: Literal["supports", "opposes", "neutral", "mixed"] = optional(
        "the speaker's position on the linked events", "opposes"
    )
