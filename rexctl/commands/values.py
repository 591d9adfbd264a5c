"""Count the values that a field has in the log.

Examples:
  rexctl values actor
  rexctl values tag type:tariff
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, at_option, format_option
from rexctl.cli.query_options import leaf_named
from rexctl.cli.reading import Reading
from rexctl.index import select
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    field: Annotated[
        str, argument("FIELD", help="A name that `rexctl fields` lists.",
                            kind="fields"),
    ],
    words: Annotated[
        list[str] | None,
        argument("[QUERY]...", help="Only among these events.",
                       kind="query"),
    ] = None,
    form: Annotated[
        str | None, format_option("table, jsonl, csv, ...")
    ] = None,
    at: Annotated[str | None, at_option()] = None,
) -> int:  # fmt: skip
    """Ask the index for distinct values, the most frequent first."""
    name = leaf_named(field)
    form = call.rows_format(form)
    reading = Reading(call, at)
    asked = reading.query(words or ())
    found = reading.proved(lambda: select.distinct(reading.index, name, asked))
    rows = (Row({"value": value, "events": count}) for value, count in found)
    sheet = Table(("value", "events"), rows, right=("events",))
    if not call.emit(sheet, form) and form == "table":
        call.say("no values")
    return 6 if reading.bad() else 0
