"""A statement: a person or an institution said something in public or to a reporter."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.parts import Person
from rexctl.model.schema import Text, optional, required


class Statement(Event):
    """A person or an institution said something in public or to a reporter."""

    caption: ClassVar[str] = "a person or an institution said something in public or to a reporter"
    columns: ClassVar[tuple[str, ...]] = ("id", "act", "speaker.name", "title")

    type: Literal["statement"] = required(
        "the type of event, which decides its other fields", "statement"
    )
    status: Literal["made"] = required(
        "always made: what is planned or denied is another event", "made"
    )
    speaker: Person | None = optional("the person who spoke")
    act: (
        Literal["announce", "threaten", "deny", "blame", "reassure", "demand", "offer", "comment"]
        | None
    ) = optional("the purpose of the words", "blame")
    channel: Text | None = optional("where or how it was said", "press conference")
    stance: Literal["supports", "opposes", "neutral", "mixed"] | None = optional(
        "the speaker's position on the linked events", "opposes"
    )
