"""Show what came of threats, plans and commitments.

Each is carried out, averted, called off, lapsed (a threat whose day has passed), overdue (a plan or a
commitment whose day has passed) or open; with the event that settled it, the days between, and who
says so. Links make it so: `carries-out`, `implements`, `averts` and `calls-off`. Days are counted from
the threat, the agreement or the announcement of the plan: its `disclosed`, else its first source.

`--today` moves only the clock: what came later still settles things. `--known-by DAY` shows what one knew
at the end of that day, and counts days from it.

Examples:
  rexctl outcomes --kind threat actor:US
  rexctl outcomes date:2025-10
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.days import as_of, notes_later, notes_left, selected_ids
from rexctl.cli.options import option
from rexctl.cli.row_options import RowOptions
from rexctl.errors import require_name
from rexctl.measures.spans import Gaps
from rexctl.snapshot.states import load_pending
from rexctl.views import outcomes as view


def run(
    context: Context,
    words: options.Query = None,
    kind: Annotated[
        str | None,
        option("Only these: threat, plan or commitment.", "KIND", words=view.KINDS),
    ] = None,
    ids: options.Ids = None,
    known_by: options.KnownBy = None,
    at: options.At = None,
    *,
    row_options: RowOptions,
) -> int:
    """Find the outcomes and write them."""
    if kind:
        require_name("kind", kind, view.KINDS)
    form = row_options.form(context)
    snapshot = context.snapshot(at)
    known, today = as_of(context, known_by)
    query, only = selected_ids(context, snapshot, words, ids)
    events, links = load_pending(snapshot, view.SETTLING, only, known)
    table = view.outcomes(events, view.settled(events, links), today, kind or "")
    if form != "table":
        table = table._replace(columns=view.EVERY_COLUMN)
    gaps = Gaps(frozenset(), (), view.links_outside(links))
    notes = [
        *notes_later(context, snapshot, known),
        *notes_left(context, gaps, today.toordinal(), snapshot),
    ]
    noun = f"{kind}s" if kind else "threats, plans or commitments"
    return row_options.write(
        context, table, f"no {noun}", notes, snapshot, query=query, noun=kind or "outcome"
    )
