"""Count events by the values of a field, by time, or by what their codes belong to.

Times are year, quarter, month, week and day; `bloc` counts an event for each bloc that an actor is a
member of on its date, `hs-chapter` and `material` go by its products. `state` is that of measures today;
what is no measure of its own, such as an act on one, is counted under `(no state)`.

An event with several values is counted under each; one without a value under `(none)`, and one whose
date is not in one month under `(spans months)`. In JSON both are null.

Examples:
  rexctl stats --by month actor:CN
  rexctl stats --by state type:tariff
  rexctl stats --by bloc,hs-chapter --sum rates.value date:2025
"""

from __future__ import annotations

from typing import Annotated, Any

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.options import argument, option
from rexctl.cli.query_options import value_field_named
from rexctl.cli.row_options import RowOptions
from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model.tables import ALIASES, FIELDS
from rexctl.query import hides_retracted
from rexctl.query.counts import KEYS, TIMES
from rexctl.query.sql import STATE
from rexctl.records import Row, Table
from rexctl.values.suggest import nearest
from rexctl.values.text import count_of, split_commas


def run(
    context: Context,
    words: options.Query = None,
    by: Annotated[
        str, option("Count by these fields, or by year, month, bloc, state ...", "by")
    ] = "type",
    total: Annotated[
        str | None, option("Add up the numbers of this field.", "fields", long="--sum")
    ] = None,
    ids: options.Ids = None,
    retracted: options.Retracted = False,
    lenient: options.Lenient = False,
    at: options.At = None,
    *,
    row_options: RowOptions = RowOptions(),
) -> int:
    """Count and write the counts."""
    keys = tuple(map(_key, split_commas(by)))
    if not keys:
        raise UsageError("--by: the field is missing", "write --by month, for example")
    summed = _number(total) if total else ""
    form = row_options.form(context)
    snapshot = context.snapshot(at)
    query = context.parse_query(snapshot, words, ids, lenient=lenient)
    hidden = hides_retracted(query) and not retracted
    counts = snapshot.count_by(keys, query, total=summed, retracted=not hidden)
    columns = (*keys, "events", *(("sum",) if summed else ()))
    if form not in ("json", "jsonl"):
        counts = map(_name_missing, counts)
    table = Table(columns, map(Row, counts), right=("events", "sum"), bar="events")
    notes = []
    if form == "table" and context.terminal:
        number = snapshot.count(query, retracted=not hidden)
        notes += [count_of(number, "event")] if number else []
    if STATE in keys and (times := [key for key in keys if key in TIMES]):
        notes.append(f"{times[0]} is that of the date of an event, state that of {context.today}; for the "
                     f"measures in force at the end of each: rexctl timeline --each {times[0]}")  # fmt: skip
    return row_options.write(
        context, table, "no events", notes, snapshot, query=query, lenient=lenient
    )


def _name_missing(counts: dict[str, Any]) -> dict[str, Any]:
    """Return a row with a name in place of each key that the events lack."""
    names = {STATE: "(no state)"} | {key: f"(spans {key}s)" for key in TIMES}
    return {key: names.get(key, "(none)") if value is None else value
            for key, value in counts.items()}  # fmt: skip


def _key(name: str) -> str:
    if name in KEYS:
        return name
    if name in ALIASES or name in FIELDS or (near := nearest(name, KEYS)) is None:
        return value_field_named(name)
    raise unknown_name("field", name, [near])


def _number(name: str) -> str:
    field = value_field_named(name)
    kind = FIELDS[field].kind if field in FIELDS else "extra"
    if kind not in ("number", "integer"):
        raise bad_value(
            f"--sum {name}", f"a {kind} has no sum", "write a field of numbers, such as rates.value"
        )
    return field


def count_values(
    context: Context,
    field: Annotated[str, argument("FIELD", "A field, as rexctl fields lists it.", "fields")],
    words: options.Query = None,
    ids: options.Ids = None,
    lenient: options.Lenient = False,
    at: options.At = None,
    *,
    row_options: RowOptions = RowOptions(),
) -> int:
    """Count events by the values of a field: the same as stats --by FIELD.

    Examples:
      rexctl values actor
      rexctl values tag type:tariff
    """
    return run(context, words, field, None, ids, False, lenient, at, row_options=row_options)
