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

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.options import option
from rexctl.cli.row_options import RowOptions
from rexctl.commands.in_force import notes_left, parse_day
from rexctl.errors import require_name
from rexctl.query import Query
from rexctl.snapshot.snapshot import Snapshot
from rexctl.snapshot.states import count_later, load_pending
from rexctl.values.text import count_of
from rexctl.views import in_force
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
    left = in_force.Left(0, 0, view.count_outside(links))
    notes = [
        *notes_later(context, snapshot, known),
        *notes_left(context, left, today.toordinal(), snapshot),
    ]
    noun = f"{kind}s" if kind else "threats, plans or commitments"
    return row_options.write(
        context, table, f"no {noun}", notes, snapshot, query=query, noun=kind or "outcome"
    )


def selected_ids(
    context: Context, snapshot: Snapshot, words: Sequence[str] | None, ids: str | None
) -> tuple[Query, set[str] | None]:
    """Return the query, and the ids of its events; None without terms, for all that are not retracted."""
    query = context.parse_query(snapshot, words, ids)
    if not words and ids is None:
        return query, None
    return query, {str(row.data["id"]) for row in snapshot.select(query, columns=("id",))}


def as_of(context: Context, known_by: str | None) -> tuple[int | None, date]:
    """Return the ordinal of the day of `--known-by`, and the day from which days are counted.

    That is today, or the earlier day of `--known-by`. Raises UsageError.
    """
    if not known_by:
        return None, context.today
    known = parse_day(known_by, context)
    return known, min(context.today, date.fromordinal(known))


def notes_later(context: Context, snapshot: Snapshot, known: int | None) -> Iterator[str]:
    """Yield that an answer counts events after the day of `--today`, if it does."""
    day = context.today
    if known is None and (number := count_later(snapshot, day.toordinal())):
        verb = "counts" if number == 1 else "count"
        yield (f"{count_of(number, 'later event')} {verb} here: --known-by {day} leaves out what became "
               "public after that day")  # fmt: skip
