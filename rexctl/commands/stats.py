"""Count events by the values of a field, or by year, quarter, month or day.

An event with several values is counted under each; one without a value under an empty key.

Examples:
  rexctl stats --by month actor:CN
  rexctl stats --by type,status --sum rates.value date:2025
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.query_options import value_field_named
from rexctl.errors import UsageError, bad_value
from rexctl.model.tables import FIELDS
from rexctl.query import hides_retracted
from rexctl.query.counts import TIMES
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    words: options.Query = None,
    by: Annotated[
        str,
        options.option(
            "--by", metavar="F,F", values="fields",
            help="Count by these fields, or by year, quarter, month or day.",
        ),
    ] = "type",
    total: Annotated[
        str | None,
        options.option(
            "--sum", metavar="FIELD", values="fields", help="Add up the numbers of this field."
        ),
    ] = None,
    form: options.RowFormat = None,
    retracted: options.Retracted = False,
    at: options.At = None,
) -> int:  # fmt: skip
    """Count and write the counts."""
    keys = tuple(_key(one.strip()) for one in by.split(",") if one.strip())
    if not keys:
        raise UsageError("--by: the field is missing", "write --by month, for example")
    summed = _number(total) if total else ""
    form = context.row_format(form)
    snapshot = context.snapshot(at)
    asked = snapshot.parse_query(words or (), context.today)
    hidden = hides_retracted(asked) and not retracted
    found = snapshot.count_by(keys, asked, total=summed, retracted=not hidden)
    columns = (*keys, "events", *(("sum",) if summed else ()))
    table = Table(columns, map(Row, found), right=("events", "sum"), bar="events")
    if not context.emit(table, form) and form == "table":
        context.note("no events")
    return 6 if context.report_unparsed(snapshot) else 0


def _key(name: str) -> str:
    return name if name in TIMES else value_field_named(name)


def _number(name: str) -> str:
    whole = value_field_named(name)
    kind = FIELDS[whole].kind if whole in FIELDS else "extra"
    if kind not in ("number", "integer"):
        raise bad_value(
            f"--sum {name}", f"a {kind} has no sum", "write a field of numbers, such as rates.value"
        )
    return whole
