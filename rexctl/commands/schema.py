"""Show the types, the JSON Schema of one or of all, or the contract of an output.

Examples:
  rexctl schema
  rexctl schema tariff
  rexctl schema --all > data/schema/event.schema.json
  rexctl schema --output list
"""

from __future__ import annotations

import json
from typing import Annotated

import typer

from rexctl.commands.complete import complete
from rexctl.derive import codebook, contract, jsonschema
from rexctl.plain.errors import UnknownWordError
from rexctl.plain.legal import TYPES
from rexctl.plain.sheet import Row, Sheet


def run(
    ctx: typer.Context,
    type_: Annotated[
        str | None,
        typer.Argument(metavar="[TYPE]", help="One type.", autocompletion=complete("type")),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="The schema that editors use.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", metavar="COMMAND", help="What a command's JSONL holds.")
    ] = None,
    pages: Annotated[bool, typer.Option("--codebook", help="All fields, as Markdown.")] = False,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="FORMAT", help="For the list of types.")
    ] = None,
) -> None:  # fmt: skip
    """Show what was asked for."""
    if output:
        if output not in contract.COMMANDS:
            raise UnknownWordError("output", output, contract.COMMANDS)
        _json(ctx, contract.of(output))
    elif pages:
        ctx.obj.emit_text(codebook.page().removesuffix("\n"))
    elif every:
        _json(ctx, jsonschema.schema_of_all())
    elif type_:
        if type_ not in TYPES:
            raise UnknownWordError("type", type_, TYPES, see=", ".join(TYPES))
        _json(ctx, jsonschema.schema_of(type_))
    else:
        rows = (Row({"type": name, "status": list(info.status), "what": info.caption})
                for name, info in TYPES.items())  # fmt: skip
        sheet = Sheet(("type", "status", "what"), rows, caption="types")
        ctx.obj.emit(sheet, ctx.obj.rows_format(form))


def _json(ctx: typer.Context, data: object) -> None:
    ctx.obj.emit_text(json.dumps(data, indent=2, ensure_ascii=False))
