"""Undo the last write of rexctl in this log, if nothing has changed since; repeat to go further back.

Examples:
  rexctl undo --dry-run
  rexctl undo
"""

from __future__ import annotations

from typing import Any

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.records import Finding
from rexctl.store import layout, undo, writer
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile.parse import parse


def run(context: Context, dry_run: options.DryRun = False) -> int:
    """Write every file of the last step back, all or none."""
    log = context.log()
    log.require_writable()
    step = undo.last_step(log)
    pairs = [(_event_of(read_bytes(log.root / path, path)), _event_of(data))
             for path, data, _ in step.files if layout.id_of(path)]  # fmt: skip
    paths = [log.shown(path) for path, _, _ in step.files]
    report = "\n".join([*paths, *filter(None, [context.describe_changes(pairs)])])
    if not dry_run:
        writer.change_batch(log.root, step.files)
        undo.forget(step.record)
    context.emit_result(report, dry_run=dry_run)
    verb, rest = ("would undo", "; nothing written") if dry_run else ("undid", "")
    context.note(f"{verb}: {step.description}{rest}")
    with context.snapshot() as snapshot:
        context.note_effect(snapshot, pairs)
    return 0


def _event_of(data: bytes | Finding | None) -> dict[str, Any] | None:
    """Return the event in the content of a file; None where there is no file, or it does not parse."""
    return parse(data).event if isinstance(data, bytes) else None
