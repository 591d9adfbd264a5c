"""Show what changes or comes due: states and rates of measures, deadlines, plans, reviews.

By default the next 90 days. A change of state is at its instant, on the clock of the measure.

Examples:
  rexctl calendar
  rexctl calendar --since 2026-11-01 --until 2026-11-30 actor:CN
"""

from __future__ import annotations

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.commands.in_force import parse_day
from rexctl.query import Query
from rexctl.snapshot.states import load_fold
from rexctl.views import calendar as view
from rexctl.views import outcomes

_DAYS = 90


def run(
    context: Context,
    words: options.Query = None,
    since: options.Since = None,
    until: options.Until = None,
    form: options.RowFormat = None,
    at: options.At = None,
) -> int:
    """Collect the entries and write them."""
    form = context.row_format(form)
    first = parse_day(since, context) if since else context.today.toordinal()
    last = parse_day(until, context) if until else first + _DAYS
    snapshot = context.snapshot(at)
    settling = outcomes.settled(row.data for row in snapshot.select(Query()))
    query = snapshot.parse_query(words or (), context.today)
    events = [row.data for row in snapshot.select(query)]
    fold = load_fold(snapshot)
    table = view.calendar(fold, events, settling, context.today, first, last)
    return context.answer(table, form, snapshot, "nothing in these days")
