"""List the names that a query, -F and --sort may use.

Examples:
  rexctl fields
  rexctl fields tariff -f jsonl
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, format_option
from rexctl.errors import UnknownWordError
from rexctl.model.legal import ALIASES, FIELDS
from rexctl.model.types import MODULES
from rexctl.records import Row, Sheet

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    type_: Annotated[
        str | None,
        argument("[TYPE]", help="Only those of this type.",
                       kind="type"),
    ] = None,
    form: Annotated[
        str | None, format_option("table, jsonl, csv, ...")
    ] = None,
) -> None:  # fmt: skip
    """Show each name with its kind and its sentence."""
    if type_ and type_ not in MODULES:
        raise UnknownWordError("type", type_, MODULES, see=", ".join(MODULES))
    short = {whole: one for one, whole in ALIASES.items()}
    rows = (
        Row({k: v for k, v in {
            "field": name, "short": short.get(name, ""), "kind": field.kind,
            "values": list(field.values), "help": field.help,
        }.items() if v})
        for name, field in FIELDS.items() if not type_ or type_ in field.types
    )  # fmt: skip
    columns = ("field", "short", "kind", "values", "help")
    call.emit(Sheet(columns, rows, caption="fields"), call.rows_format(form))
