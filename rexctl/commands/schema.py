"""Show the types, the JSON Schema of one or of all, or the contract of an output.

Examples:
  rexctl schema
  rexctl schema tariff
  rexctl schema --all > data/schema/event.schema.json
  rexctl schema --output list
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, format_option, option
from rexctl.errors import unknown_name
from rexctl.model import codebook, json_schema, output_contract
from rexctl.model.legal import TYPES
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    type_: Annotated[
        str | None,
        argument("[TYPE]", help="One type.", kind="type"),
    ] = None,
    every: Annotated[bool, option("--all", help="The schema that editors use.")] = False,
    output: Annotated[
        str | None, option("--output", metavar="COMMAND", help="What a command's JSONL holds.")
    ] = None,
    pages: Annotated[bool, option("--codebook", help="All fields, as Markdown.")] = False,
    form: Annotated[
        str | None, format_option("For the list of types.")
    ] = None,
) -> None:  # fmt: skip
    """Show what was asked for."""
    if output:
        if output not in output_contract.COMMANDS:
            raise unknown_name("output", output, output_contract.COMMANDS)
        _json(call, output_contract.of(output))
    elif pages:
        call.emit_text(codebook.page().removesuffix("\n"))
    elif every:
        _json(call, json_schema.schema_of_all())
    elif type_:
        if type_ not in TYPES:
            raise unknown_name("type", type_, TYPES, see=", ".join(TYPES))
        _json(call, json_schema.schema_of(type_))
    else:
        rows = (Row({"type": name, "status": list(info.status), "what": info.caption})
                for name, info in TYPES.items())  # fmt: skip
        sheet = Table(("type", "status", "what"), rows)
        call.emit(sheet, call.rows_format(form))


def _json(call: Call, data: object) -> None:
    call.emit_text(json.dumps(data, indent=2, ensure_ascii=False))
