"""Change fields of events: FIELD=VALUE sets, FIELD+=VALUE adds to a list, FIELD-=VALUE removes.

A field may be nested (`effective.until`), and an item of a list is named by its chief field or its
number from 0 (`clauses.1(1).effective.from`, `sources.0.accessed`). An empty value removes the
field. Only the lines that change are rewritten; comments stay.

Examples:
  rexctl set 2025-11-07-cn-mofcom-70 effective.until=2026-11-10
  rexctl set tag:gallium tags+=critical-minerals --dry-run
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli import assignments
from rexctl.cli.context import Context
from rexctl.cli.edit_events import EventEditor, Plain
from rexctl.cli.options import DryRun, Ids, LenientIds, Yes, argument, option
from rexctl.errors import UsageError, bad_value
from rexctl.values.codes import is_id


def run(
    context: Context,
    words: Annotated[
        list[str],
        argument(
            "ID|QUERY... FIELD=VALUE...", "Ids, instruments or terms, and what to change.", "change"
        ),
    ],
    ids: Ids = None,
    lenient: LenientIds = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    rewrite: Annotated[
        bool, option("Rewrite the whole file where a field cannot be changed in place.")
    ] = False,
) -> int:
    """Change each selected event, and write all of them or none."""
    changes = [parsed for word in words if (parsed := assignments.parse(word))]
    assignments.refuse_repeated(changes)
    which = [word for word in words if not assignments.parse(word)]
    if not changes:
        raise UsageError("missing FIELD=VALUE", "write ID effective.until=2026-11-10, for example")
    if any(one.steps[0] == "id" for one in changes):
        raise bad_value("id", "is the name of the file, and other events link to it",
                            "rexctl mv ID NEWID renames an event")  # fmt: skip

    editor = EventEditor(context)
    renames: list[str] = []

    def change(event: Plain) -> Plain:
        old = str(event.get("date", ""))
        for one in changes:
            event = assignments.apply(event, one, read_items=editor.read_items)
        name, date = str(event.get("id", "")), str(event.get("date", ""))
        if old != date and name.startswith(f"{old}-") and is_id(f"{date}-x"):
            renames.append(
                f"the id has the old date: rexctl mv {name} {date}{name.removeprefix(old)}"
            )
        return event

    # `+=` and `-=` are right whatever another process has written to the list meanwhile.
    repeatable = all(one.op != "=" for one in changes)
    code = editor.change(which, ids, change, dry_run=dry_run, yes=yes, rewrite=rewrite,
                         repeatable=repeatable, lenient=lenient)  # fmt: skip
    for line in dict.fromkeys(renames) if code == 0 else ():
        context.note(line)
    return code
