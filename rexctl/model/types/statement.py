"""A statement: somebody said something for the record or to a reporter; an act is never a statement."""

from __future__ import annotations

from typing import ClassVar, Literal

from rexctl.model.event import Event
from rexctl.model.fields import Text, optional, required
from rexctl.model.parts import Person


class Statement(Event):
    """Somebody said something for the record or to a reporter."""

    caption: ClassVar[str] = "somebody said something for the record or to a reporter"
    columns: ClassVar[tuple[str, ...]] = ("id", "act", "speaker.name", "title")

    type: Literal["statement"] = required("the sort of event", "statement")
    status: Literal["made"] = required("a statement is made", "made")
    speaker: Person | None = optional("who spoke")
    act: (
        Literal["announce", "threaten", "deny", "blame", "reassure", "demand", "offer", "comment"]
        | None
    ) = optional("what the words do", "blame")
    channel: Text | None = optional("where it was said", "press conference")
    stance: Literal["supports", "opposes", "neutral", "mixed"] | None = optional(
        "how the speaker stands to the linked events", "opposes"
    )


EXAMPLE = """\
id: 2025-10-15-jp-mof-kato-urges-g7-unity
type: statement
title: Kato criticises the Chinese controls and asks the G7 to stand together
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
