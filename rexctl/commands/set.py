"""Change fields of events: FIELD=VALUE sets, FIELD+=VALUE adds to a list, FIELD-=VALUE takes out of it.

A field may be nested (`effective.until`), and an item of a list is named by its chief field or its
number from 0 (`clauses.1(1).effective.from`, `sources.0.accessed`). An empty value takes the field
away. Only the lines of what changes are touched; comments stay.

Examples:
  rexctl set 2025-11-07-cn-mofcom-70 effective.until=2026-11-10
  rexctl set tag:gallium tags+=critical-minerals --dry-run
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rexctl.cli.change_events import Altering
from rexctl.cli.options import argument, many_agreed, only_shown, option
from rexctl.errors import UsageError, bad_value
from rexctl.store import assigning

if TYPE_CHECKING:
    from rexctl.cli.context import Call

    Plain = dict[str, Any]


def run(
    call: Call,
    words: Annotated[
        list[str], argument("ID|QUERY... FIELD=VALUE...", help="Which events, and what is to change.")
    ],
    dry_run: Annotated[bool, only_shown()] = False,
    yes: Annotated[bool, many_agreed()] = False,
    rewrite: Annotated[
        bool, option("--rewrite", help="What cannot be changed in place is written anew.")
    ] = False,
) -> int:  # fmt: skip
    """Alter each event that is meant, and write all of them or none."""
    asked = [found for word in words if (found := assigning.read(word))]
    which = [word for word in words if not assigning.read(word)]
    if not asked or not which:
        raise UsageError("which events, and what of them?", "such as ID effective.until=2026-11-10")
    if any(one.steps[0] == "id" for one in asked):
        raise bad_value(
            "id", "is the name of the file, and other events link to it", "rename the file"
        )
    altering = Altering(call)

    def alter(event: Plain) -> Plain:
        for one in asked:
            event = assigning.applied(event, one)
        return event

    changes = [altering.altered(path, alter, anew=rewrite) for path in altering.targets(which)]
    return altering.finish(changes, dry_run=dry_run, yes=yes)
