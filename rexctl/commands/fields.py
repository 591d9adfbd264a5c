"""List the fields that a query, -F and --sort may name.

Examples:
  rexctl fields
  rexctl fields tariff -f jsonl
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.errors import unknown_name
from rexctl.model.tables import ALIASES, FIELDS
from rexctl.model.types import TYPES
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    type_: Annotated[
        str | None, options.argument("[TYPE]", values="type", help="Only the fields of this type.")
    ] = None,
    form: options.RowFormat = None,
) -> None:
    """Write each field with its kind and what it means."""
    if type_ and type_ not in TYPES:
        raise unknown_name("type", type_, TYPES, see=", ".join(TYPES))
    short = {whole: one for one, whole in ALIASES.items()}
    rows = (
        Row({k: v for k, v in {
            "field": name, "short": short.get(name, ""), "kind": field.kind,
            "values": list(field.values), "help": field.help,
        }.items() if v})
        for name, field in FIELDS.items() if not type_ or type_ in field.types
    )  # fmt: skip
    columns = ("field", "short", "kind", "values", "help")
    context.emit(Table(columns, rows), context.row_format(form))
