"""Retract events: they stay in the log with the reason, and lists leave them out.

Examples:
  rexctl retract 2025-10-10-us-duty-threat --reason "The post was a forgery."
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.edit_events import EventEditor, Plain
from rexctl.cli.options import DryRun, Events, Ids, LenientIds, Yes, option
from rexctl.errors import bad_value


def run(
    context: Context,
    reason: Annotated[str, option("Why; it is added to the note.", "TEXT")],
    words: Events = None,
    ids: Ids = None,
    lenient: LenientIds = False,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> int:
    """Set the confidence to retracted, and add the reason to the note."""
    if not reason.strip():
        raise bad_value("--reason", "is empty", "write the reason in a sentence")

    def change(event: Plain) -> Plain:
        if event.get("confidence") == "retracted":
            return event
        note = f"{event['note'].strip()}\n\n{reason}" if "note" in event else reason
        return {**event, "note": note, "confidence": "retracted"}

    return EventEditor(context).change(
        words, ids, change, dry_run=dry_run, yes=yes, lenient=lenient
    )
