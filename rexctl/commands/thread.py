"""Show what answered what: the events that links join to one event, back and forward.

Each line has the relation to the event above it, who says so, and the days between.

Examples:
  rexctl thread 2025-10-09-cn-mofcom-61
  rexctl thread 2025-10-09-cn-mofcom-61 --as-told-by CN -f mermaid
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import At, Event, format_option, option
from rexctl.cli.selection import resolve_code, resolve_event
from rexctl.errors import bad_value, require_name
from rexctl.output import formats_of
from rexctl.records import ROWS
from rexctl.views import thread as view

_TEXTS = {"tree": view.as_tree, "dot": view.as_dot, "mermaid": view.as_mermaid}


def run(
    context: Context,
    event: Event,
    depth: Annotated[str, option("Follow at most N links.", "N")] = "3",
    told_by: Annotated[
        str | None, option("Only causes that this actor asserts.", "actor", long="--as-told-by")
    ] = None,
    form: Annotated[str | None, format_option("tree, dot, mermaid, table, jsonl, csv ...")] = None,
    at: At = None,
) -> int:
    """Follow the links and write the thread."""
    form = form or ("tree" if context.terminal else "jsonl")
    require_name("format", form, [*_TEXTS, *formats_of(ROWS)])
    if not depth.isdecimal() or len(depth) > 4:
        raise bad_value(f"--depth {depth}", "not a number of links", "write 0 or more")
    snapshot = context.snapshot(at)
    actor = (resolve_code(snapshot.vocabulary, "actor", told_by, "--as-told-by")
             if told_by else "")  # fmt: skip
    nodes = view.thread(snapshot, resolve_event(snapshot, event), int(depth), actor)
    if form in _TEXTS:
        context.emit_text("\n".join(_TEXTS[form](nodes)))
        return context.report_unparsed(snapshot)
    return context.answer(view.as_table(nodes), form, snapshot, "no events")
