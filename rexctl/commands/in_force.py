"""Show the measures in force on a day: today, or DAY.

What is in force is computed from the events: the adopted measures, and the acts that suspend, amend,
extend, replace, resume or revoke them. A row that depends on an imprecise date shows the other states
that it may have under `possibly`. DAY may be an instant, such as 2025-11-10T13:01+08:00. A state in the
query is that on DAY; `rexctl help states` explains the states and the columns.

--why ID, or ID#CLAUSE, shows the acts over a measure: what each does, its window, its source, and
whether it makes the measure what it is on that day. As rows: a first one for the measure or clause
(`row`) with its state, then one for each thing that an act (`act`) `does`, and `active`: yes or no.

Examples:
  rexctl in-force 2025-10-18 actor:CN
  rexctl in-force 2025-12-02 --clauses --all-states
  rexctl in-force 2025-12-02 --why 2025-10-09-cn-mofcom-61
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.days import as_of, notes_left, parse_day
from rexctl.cli.options import At, Clauses, Ids, KnownBy, argument, option
from rexctl.cli.row_options import RowOptions
from rexctl.cli.selection import resolve_event
from rexctl.errors import UsageError, bad_value, require_name
from rexctl.measures import spans
from rexctl.query import Term
from rexctl.query.sql import STATE
from rexctl.snapshot import states
from rexctl.views import in_force

# A word that begins so may be DAY.
_DAY = re.compile(r"[-+]?\d|today$|yesterday$|tomorrow$|(this|last|next)-|\w+day$")
_OTHER = re.compile(r"\d{4}-.*[a-z…]|\d{1,3}$")  # an id, or a number in a title


def run(
    context: Context,
    words: Annotated[
        list[str] | None, argument("[DAY] [QUERY]...", "A day, then terms.", "query")
    ] = None,
    clauses: Clauses = False,
    all_states: Annotated[bool, option("Show measures of every state.")] = False,
    known_by: KnownBy = None,
    why: Annotated[
        str | None, option("Show the acts over this measure, and what each does.", "id")
    ] = None,
    ids: Ids = None,
    at: At = None,
    *,
    row_options: RowOptions = RowOptions(),
) -> int:
    """Compute and write the rows, then what they leave out."""
    terms = list(words or ())
    day, instant = _take_day(terms, context)
    form = row_options.form(context)
    snapshot = context.snapshot(at)
    known, _ = as_of(context, known_by)
    if why and (terms or ids is not None):
        message = "--why excludes a query: it has every act on the measure"
        raise UsageError(message, "give one of them")
    if why:
        name, _, clause = why.partition("#")
        name = resolve_event(snapshot, name)
        fold = states.load_fold_around(snapshot, name, known)
        keys = [key for key in fold.acts.rows if key.event == name]
        if not keys:
            raise bad_value(f"--why {why}", "has no state of its own",
                            "name a measure: an act on one is shown with its target")  # fmt: skip
        if clause:
            names = [key.clause for key in keys if key.clause]
            require_name("clause", clause, names, see=f"it has {', '.join(names) or 'none'}")
            keys = [key for key in keys if key.clause == clause]
        table = in_force.why(fold, keys, day, instant)
        if form != "table" or row_options.fields is not None:
            return row_options.write(context, table)
        with context.paged(no_pager=row_options.no_pager):
            context.emit_lines(in_force.why_lines(table, day, instant))
            return context.report_unparsed(snapshot)
    only, query, of_state = None, None, list[Term]()
    if terms or ids is not None:
        query = context.parse_query(snapshot, terms, ids)
        of_state = [term for term in query.terms if term.field == STATE]
        query = query._replace(terms=tuple(term for term in query.terms if term.field != STATE))
        only = {str(row.data["id"]) for row in snapshot.select(query, columns=("id",))}
    if known is None:
        pairs = states.spans_on(snapshot, day, instant, clauses=clauses)
        gaps = states.gaps_on(snapshot, day, instant)
    else:
        fold = states.load_fold(snapshot, known_by=known)
        pairs = spans.spans_on(fold, day, instant, clauses=clauses)
        gaps = spans.gaps_on(fold, day, instant)
    every = (one for one in pairs if only is None or one[0].event in only)
    is_told = form == "table" and context.terminal and not all_states
    stock = list(every) if is_told else []
    matches = (one for one in (stock if is_told else every)
             if all(_matches(term, one[0].state) for term in of_state))  # fmt: skip
    table = in_force.measures(
        matches, day, instant, clauses=clauses, all_states=all_states or bool(of_state)
    )
    notes = [*notes_left(context, gaps.among(only), day, snapshot)]
    if form == "table" and context.terminal and table.rows:
        notes.insert(0, in_force.count_states(table))
    if is_told:
        notes[1:1] = in_force.held_back((span.state for span, _ in stock), of_state=bool(of_state))
    return row_options.write(context, table, "no measures", notes, snapshot, query=query)


def _matches(term: Term, state: str) -> bool:
    """Return whether the state of a row on the day of the query matches a term."""
    values = [value.text for value in term.values]
    same = all(one == state for one in values) if term.op in ("all", "has") else state in values
    return same != term.negated


def _take_day(terms: list[str], context: Context) -> tuple[int, int | None]:
    """Take the day or the instant out of the words; today without one. Raises UsageError."""
    moments: list[tuple[int, int | None]] = []
    for number, text in enumerate(list(terms)):
        if not _DAY.match(text):
            continue
        try:
            instant = _parse_instant(text)
            day = instant.toordinal() if instant else parse_day(text, context)
        except UsageError:
            if re.fullmatch(r"\d{4}-[\d-]+", text) or not (number or _OTHER.match(text)):
                raise
            continue
        if moments:
            raise bad_value(text, "a second day", "rexctl in-force takes one; to select by date"
                            f" write date:{text}")  # fmt: skip
        terms.remove(text)
        moments.append((day, int(instant.timestamp()) if instant else None))
    return moments[0] if moments else (context.today.toordinal(), None)


def _parse_instant(text: str) -> datetime | None:
    """Return the instant of a text that begins as one; None for another text. Raises UsageError."""
    if not re.match(r"[\d-]+T\d", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise bad_value(text, "not an instant", "write 2025-11-10T13:01+08:00") from None
    if moment.tzinfo is None:
        raise bad_value(text, "has no offset from UTC", f"write {text}+00:00, for example")
    return moment
