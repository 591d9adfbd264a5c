"""Count events by the values of a field, or by year, quarter, month or day.

An event with several values is counted under each; one without a value under an empty key.

Examples:
  rexctl stats --by month actor:CN
  rexctl stats --by type,status --sum rates.value date:2025
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.query_options import value_field_named
from rexctl.cli.selection import with_listed_ids
from rexctl.errors import UsageError, bad_value
from rexctl.model.tables import FIELDS
from rexctl.query import hides_retracted
from rexctl.query.counts import TIMES
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.cli.options import argument, option
    from rexctl.snapshot.snapshot import Snapshot


def run(
    context: Context,
    words: options.Query = None,
    by: Annotated[
        str,
        option("Count by these fields, or by year, quarter, month or day.", "F,F", "fields"),
    ] = "type",
    total: Annotated[
        str | None,
        option("Add up the numbers of this field.", "FIELD", "fields", long="--sum"),
    ] = None,
    form: options.RowFormat = None,
    jsonl: options.Jsonl = False,
    ids: options.Ids = None,
    retracted: options.Retracted = False,
    lenient: options.Lenient = False,
    at: options.At = None,
) -> int:
    """Count and write the counts."""
    keys = tuple(_key(one.strip()) for one in by.split(",") if one.strip())
    if not keys:
        raise UsageError("--by: the field is missing", "write --by month, for example")
    summed = _number(total) if total else ""
    form = context.row_format(form, jsonl=jsonl)
    snapshot = context.snapshot(at)
    query = snapshot.parse_query(words or (), context.today)
    query = with_listed_ids(context, snapshot, query, ids, lenient=lenient)
    hidden = hides_retracted(query) and not retracted
    counts = snapshot.count_by(keys, query, total=summed, retracted=not hidden)
    columns = (*keys, "events", *(("sum",) if summed else ()))
    table = Table(columns, map(Row, counts), right=("events", "sum"), bar="events")
    return _write(context, snapshot, table, form, "no events", lenient=lenient)


def _key(name: str) -> str:
    return name if name in TIMES else value_field_named(name)


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
    form: options.RowFormat = None,
    jsonl: options.Jsonl = False,
    ids: options.Ids = None,
    lenient: options.Lenient = False,
    at: options.At = None,
) -> int:
    """Count the values that a field has in the log.

    Examples:
      rexctl values actor
      rexctl values tag type:tariff
    """
    name = value_field_named(field)
    form = context.row_format(form, jsonl=jsonl)
    snapshot = context.snapshot(at)
    query = snapshot.parse_query(words or (), context.today)
    query = with_listed_ids(context, snapshot, query, ids, lenient=lenient)
    rows = (Row({"value": value, "events": count}) for value, count in snapshot.values(name, query))
    table = Table(("value", "events"), rows, right=("events",))
    return _write(context, snapshot, table, form, "no values", lenient=lenient)


def _write(
    context: Context, snapshot: Snapshot, table: Table, form: str, empty: str, *, lenient: bool
) -> int:
    """Write a table, or the note `empty` on a terminal, and return the exit code."""
    if not context.emit(table, form) and form == "table":
        context.note(empty)
    return 6 if context.report_unparsed(snapshot) and not lenient else 0
