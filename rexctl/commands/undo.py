"""Undo the last write of rexctl in this log, if nothing has changed since; repeat to go further back.

Examples:
  rexctl undo --dry-run
  rexctl undo
"""

from __future__ import annotations

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.store import undo, writer


def run(
    context: Context,
    dry_run: options.DryRun = False,
) -> int:
    """Write every file of the last step back, all or none."""
    log = context.log()
    log.require_writable()
    step = undo.last_step(log)
    paths = "\n".join(log.shown(path) for path, _, _ in step.files)
    if dry_run:
        context.emit_text(paths)
        context.note(f"would undo: {step.description}; nothing written")
        return 0
    writer.change_batch(log.root, step.files)
    undo.forget(step.record)
    context.emit_result(paths)
    context.note(f"undid: {step.description}")
    return 0
