"""Take back what the last change of rexctl wrote, if nothing has changed since.

Examples:
  rexctl undo --dry-run
  rexctl undo
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.commands.options import option
from rexctl.store import writer
from rexctl.store.changing import undoing

if TYPE_CHECKING:
    from rexctl.commands.call import Call


def run(
    call: Call,
    dry_run: Annotated[
        bool, option("--dry-run", help="Name the files, and write nothing.")
    ] = False,
) -> int:
    """Put every file back, all or none."""
    log = call.log()
    files = undoing.last(log)
    for path, _, _ in files:
        call.emit_text(log.shown(path))
    if dry_run:
        call.say(f"{len(files)} would be put back; nothing written")
        return 0
    writer.change_batch(log.root, files)
    undoing.forget(log)
    call.say(f"{len(files)} put back")
    return 0
