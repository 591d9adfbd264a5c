"""Retract events: they stay in the log with the reason, and stand in no list unless asked for.

Examples:
  rexctl retract 2025-10-10-us-duty-threat --reason "The post was a forgery."
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rexctl.cli.change_events import Altering
from rexctl.cli.options import argument, many_agreed, only_shown, option
from rexctl.errors import bad_value

if TYPE_CHECKING:
    from rexctl.cli.context import Call

    Plain = dict[str, Any]


def run(
    call: Call,
    words: Annotated[list[str], argument("ID|QUERY...", help="Which events.", kind="id")],
    reason: Annotated[str, option("--reason", metavar="TEXT", help="Why; it is kept in the note.")],
    dry_run: Annotated[bool, only_shown()] = False,
    yes: Annotated[bool, many_agreed()] = False,
) -> int:  # fmt: skip
    """Set the confidence, and put the reason into the note."""
    if not reason.strip():
        raise bad_value("--reason", "is empty", "say why, in a sentence")
    altering = Altering(call)

    def alter(event: Plain) -> Plain:
        if event.get("confidence") == "retracted":
            return event
        note = f"{event['note'].strip()}\n\n{reason}" if "note" in event else reason
        return {**event, "note": note, "confidence": "retracted"}

    changes = [altering.altered(path, alter) for path in altering.targets(words)]
    return altering.finish(changes, dry_run=dry_run, yes=yes)
