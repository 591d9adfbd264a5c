"""Count the values that a field has in the log.

Examples:
  rexctl values actor
  rexctl values tag type:tariff
"""

from __future__ import annotations

from typing import Annotated

import typer

from rexctl.commands.asked import leaf_named
from rexctl.commands.complete import complete
from rexctl.index import lexicon, select
from rexctl.plain import query
from rexctl.plain.sheet import Row, Sheet


def run(
    ctx: typer.Context,
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="A name that `rexctl fields` lists.",
                            autocompletion=complete("fields")),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]...", help="Only among these events.",
                       autocompletion=complete("query")),
    ] = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="FORMAT", help="table, jsonl, csv, ...")
    ] = None,
) -> int:  # fmt: skip
    """Ask the index for distinct values, the most frequent first."""
    name = leaf_named(field)
    form = ctx.obj.rows_format(form)
    log = ctx.obj.log()
    index = ctx.obj.index(log)
    asked = query.parse(words or (), lexicon.of(index), ctx.obj.today)
    rows = (Row({"value": value, "events": count})
            for value, count in select.distinct(index, name, asked))  # fmt: skip
    sheet = Sheet(("value", "events"), rows, caption=name, right=("events",))
    if not ctx.obj.emit(sheet, form) and form == "table":
        ctx.obj.say("no values")
    return 6 if ctx.obj.tell_bad_files(log, index) else 0
