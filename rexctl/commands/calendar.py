"""Show what changes or comes due: states and rates of measures, deadlines, plans, reviews.

By default 90 days, from today or from --since, in the order of the first days; `days_left` are those to the
last. A change is at its instant, on the clock of the measure, and `until` is when the state or the rate
changes next: a measure that starts while it is suspended stays so, `never-took-effect` in rows alone. That
an act puts off an end is an entry too, on the day of the act. In a table, measures that an act changes alike
are one row; `--all` shows each of them.

`--today` moves only the clock: what came later still counts. `--known-by DAY` shows the calendar as one
knew it at the end of that day, from that day.

Examples:
  rexctl calendar
  rexctl calendar --since 2026-11-01 --until 2026-11-30 actor:CN
  rexctl calendar --known-by 2025-10-15
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.days import as_of, notes_later, notes_on, selected_ids
from rexctl.cli.options import option
from rexctl.cli.row_options import RowOptions
from rexctl.cli.selection import parse_window
from rexctl.errors import bad_value
from rexctl.snapshot.states import changing, load_fold, load_pending
from rexctl.views import calendar as view
from rexctl.views import outcomes

_DAYS = 90


def run(
    context: Context,
    words: options.Query = None,
    since: options.Since = None,
    until: options.Until = None,
    every: Annotated[
        bool, option("Show each measure that an act changes on its own.", long="--all")
    ] = False,
    known_by: options.KnownBy = None,
    ids: options.Ids = None,
    at: options.At = None,
    *,
    row_options: RowOptions = RowOptions(),
) -> int:
    """Collect the entries and write them."""
    form = row_options.form(context)
    known, today = as_of(context, known_by)
    first, last = parse_window(since, until, context.today)
    first = first if since else today.toordinal()
    last = last if until else first + _DAYS
    if last < first:
        hint = "add --since for days that have passed"
        raise bad_value(f"--until {until}", f"is before {today if known else 'today'}", hint)
    snapshot = context.snapshot(at)
    query, only = selected_ids(context, snapshot, words, ids)
    events, links = load_pending(snapshot, outcomes.SETTLING, only, known, (first, last))
    blobs = None if known else changing(first, last)
    fold = load_fold(snapshot, known_by=known, blobs=blobs)
    settled = outcomes.settled(events, links)
    table = view.calendar(fold, only, events, settled, today, (first, last))
    if form == "table":
        table = view.in_words(table, fold, every=every)
    days = " to ".join(date.fromordinal(day).isoformat() for day in (first, last))
    left = notes_on(context, snapshot, today.toordinal(), only, fold if known else None)
    notes = [*notes_later(context, snapshot, known), *left]
    return row_options.write(
        context, table, f"nothing from {days}", notes, snapshot, query=query, noun="entry"
    )
