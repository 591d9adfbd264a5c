"""Draw events and the states of measures over time.

On a terminal, a line for each measure with its states as a bar, then a line for each other event with
its date, or its id, which begins with that. An act that changes one measure alone has its line below it.
After the log's newest event and after today, what is computed is drawn lighter than what is recorded.
`-F id -f chart` names the lines by ids in place of titles. `-o FILE.svg` or `FILE.png` draws a picture;
this needs altair and vl-convert-python.

In a pipe, a row for each event (`start` and `end` are the first and the last day of its date), and of a
measure one for each run: the time for which it stays in a state (`end` is the first instant after it,
on the clock of the measure; `possibly` are other states that imprecise dates allow), and one for each act
on it (`by`, from `start` on). What reaches into the days from --since to --until is shown.

`--each quarter` counts instead: a row for each quarter with the number of measures in each state at its
end, from --since or the first event until --until or today (`day`, in rows; `possibly`: those whose dates
allow another state). `--known-by DAY` draws or counts what one knew at the end of that day.

Examples:
  rexctl timeline episode:rare-earths-2025 --since 2025-09 --until 2025-12
  rexctl timeline type:tariff -o tariffs.svg
  rexctl timeline type:export-control actor:CN --each quarter
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.days import as_of, notes_on
from rexctl.cli.options import option
from rexctl.cli.query_options import shortener
from rexctl.cli.row_options import RowOptions
from rexctl.cli.selection import parse_window
from rexctl.errors import UsageError, bad_value, require_name
from rexctl.measures import spans
from rexctl.output import formats_of
from rexctl.records import ROWS, TIMELINE
from rexctl.snapshot import states
from rexctl.snapshot.states import load_fold, public_by
from rexctl.views import timeline as view

_PICTURES = ("svg", "png")


def run(
    context: Context,
    words: options.Query = None,
    since: options.Since = None,
    until: options.Until = None,
    each: Annotated[
        str | None,
        option("Count measures by state at the end of each.", "UNIT", words=view.UNITS),
    ] = None,
    clauses: options.Clauses = False,
    output: options.Output = None,
    dark: Annotated[bool, option("Draw the picture on a dark background.")] = False,
    known_by: options.KnownBy = None,
    ids: options.Ids = None,
    at: options.At = None,
    *,
    row_options: RowOptions = RowOptions(formats_of(TIMELINE), "chart"),
) -> int:
    """Collect the rows, and draw or write them."""
    window = parse_window(since, until, context.today)
    if each:
        require_name("unit", each, view.UNITS)
        row_options.formats, row_options.default = formats_of(ROWS), "table"
    form = row_options.form(context, output)
    if form == "png" and not output and context.terminal:
        raise UsageError("-f png: a picture is no text", "use -o FILE.png")
    if dark and form not in _PICTURES:
        raise bad_value("--dark", f"is for a picture, and the format is {form}", "use -o FILE.svg")
    snapshot = context.snapshot(at)
    known, today = as_of(context, known_by)
    query = context.parse_query(snapshot, words, ids)
    events = list(public_by((row.data for row in snapshot.select(query)), known))
    names = {str(event["id"]) for event in events}
    day = today.toordinal()
    fold = load_fold(snapshot, known_by=known) if known or not each else None
    if each:
        other = spans.MADE if clauses else spans.CLAUSE
        all_spans = spans.spans_of(fold) if fold else states.every_span(snapshot)
        all_spans = (span for span in all_spans if span.level != other)
        table = view.stock(all_spans, names, each, view.days_of(events, window, day))
        keys = (each, *view.COUNTED)
        table = table._replace(more=keys, columns=table.columns if form == "table" else keys)
    elif fold:
        newest = states.newest_day(snapshot, day) or day
        table = view.timeline(fold, events, today, window, clauses=clauses, newest=newest)
        by = f" known by {today}" if known else ""
        heading = f"The log's newest event{by}: {date.fromordinal(newest)}"
        table = table._replace(shorten=shortener(snapshot), heading=(heading,), more=view.KEYS)
    if form in _PICTURES and not table.rows:
        context.note("no events: no picture was written")
        return context.report_unparsed(snapshot)
    last = table.heading if form == "table" and each and row_options.fields is None else ()
    notes = [*last, *notes_on(context, snapshot, day, names, fold if known else None)]
    return row_options.write(context, table, "no events", notes, snapshot, query=query,
                             output=output, dark=dark)  # fmt: skip
