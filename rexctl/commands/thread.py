"""Show what answered what: the events that links join to one event, back and forward.

Each line says what its event does to the one above, `it`: `which answers it`, or `which it answers` for a
link in the other direction; then who says so, and the days between where both dates are exact. Each event
has one place; where another one is linked to it too, it is named again (`also above`). In rows `relation`
reads from the event to that one (`above`), `lag` is these days, `depth` the links away, and `also` has the
other events shown that links join to it. Graphs have every link.

Examples:
  rexctl thread 2025-10-09-cn-mofcom-61
  rexctl thread 2025-10-09-cn-mofcom-61 --as-told-by CN -f mermaid
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.options import option
from rexctl.cli.row_options import RowOptions
from rexctl.cli.selection import resolve_code, select_ids
from rexctl.errors import bad_value
from rexctl.output import formats_of
from rexctl.output.terminal import wrap
from rexctl.records import ROWS
from rexctl.values.text import count_of
from rexctl.views import thread as view

_MIN_WIDTH = 24  # columns of a text beside the lines of the tree
_TEXTS = {"tree": view.as_tree, "dot": view.as_dot, "mermaid": view.as_mermaid}


def run(
    context: Context,
    words: options.Events = None,
    ids: options.Ids = None,
    depth: Annotated[str, option("Follow at most N links.", "N")] = "3",
    told_by: Annotated[
        str | None, option("Only causes that this actor asserts.", "actor", long="--as-told-by")
    ] = None,
    at: options.At = None,
    *,
    row_options: RowOptions = RowOptions((*_TEXTS, *formats_of(ROWS))),
) -> int:
    """Follow the links and write the thread."""
    form = row_options.form(context)
    if not depth.isdecimal() or len(depth) > 4:
        raise bad_value(f"--depth {depth}", "not a number of links", "write 0 or more")
    snapshot = context.snapshot(at)
    actor = (resolve_code(snapshot.vocabulary, "actor", told_by, "--as-told-by")
             if told_by else "")  # fmt: skip
    names = select_ids(context, snapshot, words, ids)
    nodes, more = view.thread(snapshot, names, int(depth), actor)
    notes = [f"{count_of(more, 'more event')}: --depth {int(depth) + 1}"] if more else []
    width = context.width if context.terminal else 0

    def fold(text: str, indent: int) -> list[str]:
        return wrap(text, max(width - indent, _MIN_WIDTH)) if width else [text]

    def draw() -> None:
        context.emit_text("\n".join(_TEXTS[form](nodes, actor, fold)))

    return row_options.write(context, view.as_table(nodes), "no events", notes, snapshot,
                             draw=draw if form in _TEXTS else None)  # fmt: skip
