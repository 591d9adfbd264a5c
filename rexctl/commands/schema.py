"""Show the event types, the JSON Schema of one or all, or the schema of an output.

Examples:
  rexctl schema
  rexctl schema tariff
  rexctl schema --all > data/schema/event.schema.json
  rexctl schema --output list
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from rexctl.errors import unknown_name
from rexctl.model import codebook, json_schema, output_contract
from rexctl.model.tables import TYPES
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    type_: Annotated[
        str | None,
        options.argument("[TYPE]", values="type", help="Show the JSON Schema of this type."),
    ] = None,
    every: Annotated[
        bool, options.option("--all", help="Show the JSON Schema of all types, as editors use it.")
    ] = False,
    output: Annotated[
        str | None,
        options.option(
            "--output", metavar="COMMAND", help="Show the schema of a command's JSON lines."
        ),
    ] = None,
    pages: Annotated[
        bool, options.option("--codebook", help="Show all fields, as Markdown.")
    ] = False,
    form: options.RowFormat = None,
) -> None:
    """Write the list of types, a schema or the codebook."""
    if output:
        if output not in output_contract.COMMANDS:
            raise unknown_name("output", output, output_contract.COMMANDS)
        _json(context, output_contract.of(output))
    elif pages:
        context.emit_text(codebook.page().removesuffix("\n"))
    elif every:
        _json(context, json_schema.schema_of_all())
    elif type_:
        if type_ not in TYPES:
            raise unknown_name("type", type_, TYPES, see=", ".join(TYPES))
        _json(context, json_schema.schema_of(type_))
    else:
        rows = (Row({"type": name, "status": list(info.status), "what": info.caption})
                for name, info in TYPES.items())  # fmt: skip
        sheet = Table(("type", "status", "what"), rows)
        context.emit(sheet, context.row_format(form))


def _json(context: Context, data: object) -> None:
    context.emit_text(json.dumps(data, indent=2, ensure_ascii=False))
