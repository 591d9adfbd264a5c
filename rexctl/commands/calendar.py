"""Show what changes or comes due: states and rates of measures, deadlines, plans, reviews.

By default the next 90 days. A change of state is at its instant, on the clock of the measure.

Examples:
  rexctl calendar
  rexctl calendar --since 2026-11-01 --until 2026-11-30 actor:CN
"""

from __future__ import annotations

from datetime import date

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.row_options import RowOptions
from rexctl.commands.in_force import notes_left, parse_window
from rexctl.errors import bad_value
from rexctl.query import Query
from rexctl.snapshot.states import changing, gaps_on, load_fold
from rexctl.views import calendar as view
from rexctl.views import in_force, outcomes

_DAYS = 90


def run(
    context: Context,
    words: options.Query = None,
    since: options.Since = None,
    until: options.Until = None,
    ids: options.Ids = None,
    at: options.At = None,
    *,
    row_options: RowOptions,
) -> int:
    """Collect the entries and write them."""
    form = row_options.form(context)
    first, last = parse_window(since, until, context)
    first = first if since else context.today.toordinal()
    last = last if until else first + _DAYS
    if last < first:
        hint = "add --since for days that have passed"
        raise bad_value(f"--until {until}", "is before today", hint)
    snapshot = context.snapshot(at)
    query = context.parse_query(snapshot, words, ids)
    events = [row.data for row in snapshot.select(query)]
    every = snapshot.select(Query()) if words or ids else ()
    settling = outcomes.settled([row.data for row in every] or events)
    fold = load_fold(snapshot, blobs=changing(first, last))
    table = view.calendar(fold, events, settling, context.today, first, last)
    if form == "table" and not any("clause" in row.data for row in table.rows):
        table = table._replace(columns=view.COLUMNS[:-1])
    days = " to ".join(date.fromordinal(day).isoformat() for day in (first, last))
    day = context.today.toordinal()
    names = {str(event["id"]) for event in events}
    left = in_force.count_left(gaps_on(snapshot, day, None), names)
    notes = notes_left(context, left, day)
    return row_options.write(context, table, f"nothing from {days}", notes, snapshot, query=query)
