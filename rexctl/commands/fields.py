"""List the names that a query, -F and --sort may use.

Examples:
  rexctl fields
  rexctl fields tariff -f jsonl
"""

from __future__ import annotations

from typing import Annotated

import typer

from rexctl.commands.complete import complete
from rexctl.plain import register
from rexctl.plain.errors import UnknownWordError
from rexctl.plain.legal import ALIASES, FIELDS
from rexctl.plain.sheet import Row, Sheet


def run(
    ctx: typer.Context,
    type_: Annotated[
        str | None,
        typer.Argument(metavar="[TYPE]", help="Only those of this type.",
                       autocompletion=complete("type")),
    ] = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="FORMAT", help="table, jsonl, csv, ...")
    ] = None,
) -> None:  # fmt: skip
    """Show each name with its kind and its sentence."""
    if type_ and type_ not in register.TYPES:
        raise UnknownWordError("type", type_, register.TYPES, see=", ".join(register.TYPES))
    short = {whole: one for one, whole in ALIASES.items()}
    rows = (
        Row({k: v for k, v in {
            "field": name, "short": short.get(name, ""), "kind": field.kind,
            "values": list(field.values), "help": field.help,
        }.items() if v})
        for name, field in FIELDS.items() if not type_ or type_ in field.types
    )  # fmt: skip
    columns = ("field", "short", "kind", "values", "help")
    ctx.obj.emit(Sheet(columns, rows, caption="fields"), ctx.obj.rows_format(form))
