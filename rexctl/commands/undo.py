"""Undo the last write of rexctl in this log, if nothing has changed since; repeat to go further back.

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
    """Write every file of the last step back, all or none."""
    log = call.log()
    step = undo.last_step(log)
    for path, _, _ in step.files:
        call.emit_text(log.shown(path))
    if dry_run:
        call.say(f"would undo: {step.description}; nothing written")
        return 0
    writer.change_batch(log.root, step.files)
    undo.forget(step.record)
    call.say(f"undid: {step.description}")
    return 0
