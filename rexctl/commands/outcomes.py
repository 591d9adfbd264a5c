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
from rexctl.errors import require_name
from rexctl.query import Query
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
    form: options.RowFormat = None,
    at: options.At = None,
) -> int:
    """Find the outcomes and write them."""
    if kind:
        require_name("kind", kind, view.KINDS)
    form = context.row_format(form)
    snapshot = context.snapshot(at)
    settling = view.settled(row.data for row in snapshot.select(Query()))
    query = snapshot.parse_query(words or (), context.today)
    events = (row.data for row in snapshot.select(query))
    table = view.outcomes(events, settling, context.today, kind or "")
    return context.answer(table, form, snapshot, "no threats, plans or commitments")
