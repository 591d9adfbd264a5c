"""Count events by what they share: a field, or year, quarter, month or day.

An event with several values counts under each; one that has none is counted where the key is empty.

Examples:
  rexctl stats --by month actor:CN
  rexctl stats --by type,status --sum rates.value date:2025
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, at_option, format_option, option
from rexctl.cli.query_options import leaf_named
from rexctl.cli.reading import Reading
from rexctl.errors import UsageError, bad_value
from rexctl.index import counts
from rexctl.model.legal import FIELDS
from rexctl.query import hides_retracted
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    words: Annotated[
        list[str] | None, argument("[QUERY]...", help="Only these events.", kind="query")
    ] = None,
    by: Annotated[
        str, option("--by", metavar="F,F", kind="fields",
                    help="Fields, or year, quarter, month, day.")
    ] = "type",
    total: Annotated[
        str | None, option("--sum", metavar="FIELD", kind="fields", help="Sum these numbers too.")
    ] = None,
    form: Annotated[
        str | None, format_option("table, jsonl, csv, ...")
    ] = None,
    retracted: Annotated[bool, option("--retracted", help="Retracted events too.")] = False,
    at: Annotated[str | None, at_option()] = None,
) -> int:  # fmt: skip
    """Ask the index for counts."""
    keys = tuple(_key(one.strip()) for one in by.split(",") if one.strip())
    if not keys:
        raise UsageError("--by names no field", "such as --by month")
    summed = _number(total) if total else ""
    form = call.rows_format(form)
    reading = Reading(call, at)
    asked = reading.query(words or ())
    hidden = hides_retracted(asked) and not retracted
    found = reading.proved(
        lambda: counts.counted(reading.index, asked, keys, total=summed, retracted=not hidden)
    )
    columns = (*keys, "events", *(("sum",) if summed else ()))
    sheet = Table(columns, map(Row, found), right=("events", "sum"), bar="events")
    if not call.emit(sheet, form) and form == "table":
        call.say("no events")
    return 6 if reading.bad() else 0


def _key(name: str) -> str:
    return name if name in counts.TIMES else leaf_named(name)


def _number(name: str) -> str:
    whole = leaf_named(name)
    kind = FIELDS[whole].kind if whole in FIELDS else "extra"
    if kind not in ("number", "integer"):
        raise bad_value(f"--sum {name}", f"is a {kind}, which has no sum", "such as rates.value")
    return whole
