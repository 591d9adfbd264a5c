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

from rexctl.errors import require_name, unknown_name
from rexctl.model import json_schema
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.cli.options import argument, option


def run(
    context: Context,
    type_: Annotated[
        str | None, argument("[TYPE]", "Show the JSON Schema of this type.", "type")
    ] = None,
    every: Annotated[
        bool, option("Show the JSON Schema of all types, as editors use it.", long="--all")
    ] = False,
    output: Annotated[
        str | None, option("Show the schema of a command's JSON lines.", "COMMAND")
    ] = None,
    pages: Annotated[bool, option("Show all fields, as Markdown.", long="--codebook")] = False,
    form: options.RowFormat = None,
    jsonl: options.Jsonl = False,
) -> None:
    """Write the list of types, a schema or the codebook."""
    if output:
        if output not in json_schema.OUTPUTS:
            raise unknown_name("output", output, json_schema.OUTPUTS)
        _json(context, json_schema.schema_of_output(output))
    elif pages:
        context.emit_text(json_schema.codebook_text().removesuffix("\n"))
    elif every:
        context.emit_text(json_schema.file_schema_text().removesuffix("\n"))
    elif type_:
        _json(context, json_schema.schema_of(require_name("type", type_, TYPES)))
    else:
        rows = (Row({"type": name, "status": list(info.status), "what": info.caption})
                for name, info in TYPES.items())  # fmt: skip
        context.emit(Table(("type", "status", "what"), rows), context.row_format(form, jsonl=jsonl))


def _json(context: Context, data: object) -> None:
    context.emit_text(json.dumps(data, indent=2, ensure_ascii=False))


def list_fields(
    context: Context,
    type_: Annotated[
        str | None, argument("[TYPE]", "Only the fields of this type.", "type")
    ] = None,
    form: options.RowFormat = None,
    jsonl: options.Jsonl = False,
) -> None:
    """List the fields that a query, -F and --sort may name.

    Examples:
      rexctl fields
      rexctl fields tariff -f jsonl
    """
    if type_:
        require_name("type", type_, TYPES)
    short = {full: alias for alias, full in ALIASES.items()}
    rows = (
        Row({k: v for k, v in {
            "field": name, "short": short.get(name, ""), "kind": field.kind,
            "values": list(field.values), "help": field.help,
        }.items() if v})
        for name, field in FIELDS.items() if not type_ or type_ in field.types
    )  # fmt: skip
    columns = ("field", "short", "kind", "values", "help")
    context.emit(Table(columns, rows), context.row_format(form, jsonl=jsonl))
