"""A statement: a person or an institution said something in public or to a reporter."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import Text, optional, required
from rexctl.model.parts import Person


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


EXAMPLE = """\
id: 2025-10-15-jp-mof-kato-urges-g7-unity
type: statement
title: Kato criticises the Chinese controls and calls for unity of the G7
date: 2025-10-15
status: made
actors:
  - JP/mof
speaker:
  name: Katsunobu Kato
  office: Minister of Finance
  actor: JP/mof
act: demand
sources:
  - title: Chinese officials try to ease global concerns over rare earth export curbs
    publisher: unnamed news outlet
    published: 2025-10-18
    kind: press
    attribution: on-record
"""
