"""Take back what the last change of rexctl wrote, if nothing has changed since.

Examples:
  rexctl undo --dry-run
  rexctl undo
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import option
from rexctl.store import undo, writer

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    dry_run: Annotated[
        bool, option("--dry-run", help="Name the files, and write nothing.")
    ] = False,
) -> int:
    """Put every file back, all or none."""
    log = call.log()
    files = undo.last(log)
    for path, _, _ in files:
        call.emit_text(log.shown(path))
    if dry_run:
        call.say(f"{len(files)} would be put back; nothing written")
        return 0
    writer.change_batch(log.root, files)
    undo.forget(log)
    call.say(f"{len(files)} put back")
    return 0
