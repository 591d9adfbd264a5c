"""Count the values that a field has in the log.

Examples:
  rexctl values actor
  rexctl values tag type:tariff
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.query_options import value_field_named
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    field: Annotated[
        str, options.argument("FIELD", values="fields", help="A field, as rexctl fields lists it.")
    ],
    words: options.Query = None,
    form: options.RowFormat = None,
    at: options.At = None,
) -> int:
    """Count the values and write them, the most frequent first."""
    name = value_field_named(field)
    form = context.row_format(form)
    snapshot = context.snapshot(at)
    query = snapshot.parse_query(words or (), context.today)
    rows = (Row({"value": value, "events": count}) for value, count in snapshot.values(name, query))
    sheet = Table(("value", "events"), rows, right=("events",))
    if not context.emit(sheet, form) and form == "table":
        context.note("no values")
    return 6 if context.report_unparsed(snapshot) else 0
