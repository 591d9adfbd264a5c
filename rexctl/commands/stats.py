"""Count events by what they share: a field, or year, quarter, month or day.

An event with several values counts under each; one that has none is counted where the key is empty.

Examples:
  rexctl stats --by month actor:CN
  rexctl stats --by type,status --sum rates.value date:2025
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rexctl.cli.options import argument, at_option, format_option, option
from rexctl.cli.query_options import leaf_named
from rexctl.cli.reading import Reading
from rexctl.errors import AskedWronglyError, BadValueError
from rexctl.index import counts
from rexctl.model.legal import FIELDS
from rexctl.query import hides_retracted
from rexctl.records import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.cli.context import Call

_WIDEST = 30  # columns of the longest bar


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
        raise AskedWronglyError("--by names no field", "such as --by month")
    summed = _number(total) if total else ""
    form = call.rows_format(form)
    reading = Reading(call, at)
    asked = reading.query(words or ())
    hidden = hides_retracted(asked) and not retracted
    found = reading.proved(
        lambda: counts.counted(reading.index, asked, keys, total=summed, retracted=not hidden)
    )
    columns = (*keys, "events", *(("sum",) if summed else ()))
    rows: Iterable[dict[str, Any]] = found
    if form == "table" and call.terminal:
        rows, columns = _barred(list(found)), (*columns, "bar")
    sheet = Sheet(columns, map(Row, rows), caption="counts", right=("events", "sum"))
    if not call.emit(sheet, form) and form == "table":
        call.say("no events")
    return 6 if reading.bad() else 0


def _key(name: str) -> str:
    return name if name in counts.TIMES else leaf_named(name)


def _number(name: str) -> str:
    whole = leaf_named(name)
    kind = FIELDS[whole].kind if whole in FIELDS else "extra"
    if kind not in ("number", "integer"):
        raise BadValueError(
            f"--sum {name}", f"is a {kind}, which has no sum", "such as rates.value"
        )
    return whole


def _barred(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each row with a bar as long as its count."""
    most = max((int(row["events"]) for row in rows), default=1)
    for row in rows:
        yield row | {"bar": "▇" * max(round(_WIDEST * int(row["events"]) / most), 1)}
