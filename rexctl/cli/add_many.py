"""Many events from a file or from standard input: all of them, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.cli.add_events import Adding
from rexctl.errors import bad_value
from rexctl.importers import detect
from rexctl.store import safe_open

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(call: Call, source: str, form: str, *, dry_run: bool) -> None:
    """Read, judge, write; each id goes to stdout, with `same` behind one already there."""
    log = call.log()
    data = _bytes_of(call, source)
    batch = Adding.of(log, call.index(log))
    batch.judge(detect.records(data, source, form))
    if not dry_run:
        batch.write()
        batch.indexed()
    said = "would be added" if dry_run else "added"
    same = sum(new.same for new in batch.news)
    lines = [f"{new.name}\t{'same' if new.same else said}" for new in batch.news]
    call.emit_text("\n".join(lines) if lines else "")
    call.say(f"{len(batch.news) - same} {said}, {same} the same")


def _bytes_of(call: Call, source: str) -> bytes:
    if source == "-":
        return call.input().read()
    try:
        return safe_open.whole(source)
    except OSError as fault:
        raise bad_value(source, (fault.strerror or str(fault)).lower()) from None
