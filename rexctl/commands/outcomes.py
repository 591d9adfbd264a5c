"""Show what came of threats, plans and commitments.

Each is carried out, averted, called off, lapsed (a threat whose day has passed), overdue (a plan or a
commitment whose day has passed) or open; with the event that settled it, the days between, and who
says so. Links make it so: `carries-out`, `implements`, `averts` and `calls-off`.

Examples:
  rexctl outcomes --kind threat actor:US
  rexctl outcomes date:2025-10
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.options import option
from rexctl.cli.row_options import RowOptions
from rexctl.commands.in_force import notes_left
from rexctl.errors import require_name
from rexctl.query import Query
from rexctl.views import in_force
from rexctl.views import outcomes as view


def run(
    context: Context,
    words: options.Query = None,
    kind: Annotated[
        str | None,
        option(
            "Only these: threat, plan or commitment.",
            "KIND",
            words=("threat", "plan", "commitment"),
        ),
    ] = None,
    ids: options.Ids = None,
    at: options.At = None,
    *,
    row_options: RowOptions,
) -> int:
    """Find the outcomes and write them."""
    if kind:
        require_name("kind", kind, view.KINDS)
    form = row_options.form(context)
    snapshot = context.snapshot(at)
    everything = [row.data for row in snapshot.select(Query())]
    settling = view.settled(everything)
    query = context.parse_query(snapshot, words, ids)
    events = (row.data for row in snapshot.select(query))
    table = view.outcomes(events, settling, context.today, kind or "")
    if form != "table":
        table = table._replace(columns=view.EVERY_COLUMN)
    left = in_force.Left(0, 0, view.count_outside(everything))
    notes = notes_left(context, left, context.today.toordinal())
    return row_options.write(
        context, table, "no threats, plans or commitments", notes, snapshot, query=query
    )
