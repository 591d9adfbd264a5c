"""Show the event types, the fields of one, JSON Schema, or the schema of an output.

The fields of a type are a table on a terminal, and the type's JSON Schema in a pipe.

Examples:
  rexctl schema
  rexctl schema tariff
  rexctl schema --all > data/schema/event.schema.json
  rexctl schema --output list
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import argument, option
from rexctl.cli.row_options import RowOptions
from rexctl.errors import require_name, unknown_name
from rexctl.model import json_schema
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.records import Table, table_of

_COMMON = ("id", "type", "title", "date", "status", "actors", "affected", "products", "rates.value",
           "effective.from", "effective.until", "effective.through", "episode", "tags", "links.rel",
           "links.to", "sources.url", "summary", "confidence")  # fmt: skip


def run(
    context: Context,
    type_: Annotated[
        str | None, argument("[TYPE]", "Show the fields of this type.", "type")
    ] = None,
    every: Annotated[
        bool, option("Show the JSON Schema of all types, as editors use it.", long="--all")
    ] = False,
    output: Annotated[
        str | None, option("Show the schema of a command's JSON lines.", "output")
    ] = None,
    pages: Annotated[bool, option("Show all fields, as Markdown.", long="--codebook")] = False,
    *,
    row_options: RowOptions = RowOptions(),
) -> None:
    """Write the list of types, a schema or the codebook."""
    if output:
        if output not in json_schema.OUTPUTS:
            raise unknown_name("output", output, json_schema.OUTPUTS)
        _write(context, row_options, _json(json_schema.schema_of_output(output)))
    elif pages:
        _write(context, row_options, json_schema.codebook_text())
    elif every:
        _write(context, row_options, json_schema.file_schema_text(_codes(context)))
    elif type_:
        require_name("type", type_, TYPES)
        if row_options.form(context) in ("json", "jsonl") and not row_options.count:
            text = _json(json_schema.schema_of(type_, _codes(context)))
            _write(context, row_options, text)
        else:
            list_fields(context, type_, row_options=row_options)
    else:
        rows = ((name, list(info.status), info.caption) for name, info in TYPES.items())
        table = table_of(("type", "status", "what"), rows)
        row_options.write(context, table)


def _codes(context: Context) -> json_schema.Codes | None:
    """Return the codes of the log; None outside a log."""
    from rexctl.vocabulary.vocabulary import read_vocabulary

    log = context.log_if_any()
    return read_vocabulary(log.root).by_kind() if log else None


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)


def _write(context: Context, row_options: RowOptions, text: str) -> None:
    with context.paged(no_pager=row_options.no_pager):
        context.emit_text(text.removesuffix("\n"))


def list_fields(
    context: Context,
    type_: Annotated[
        str | None, argument("[TYPE]", "Only the fields of this type.", "type")
    ] = None,
    *,
    row_options: RowOptions = RowOptions(),
) -> None:
    """List the fields that a query, -F and --sort may name, the common ones first.

    Examples:
      rexctl fields
      rexctl fields tariff -f jsonl
    """
    if type_:
        require_name("type", type_, TYPES)
    in_words = row_options.form(context) == "table" and row_options.fields is None
    names = [name for name in dict.fromkeys((*_COMMON, *FIELDS))
             if not type_ or type_ in FIELDS[name].types]  # fmt: skip
    row_options.write(context, fields_table(names, type_ or "", in_words=in_words))


def fields_table(names: Iterable[str], type_name: str = "", *, in_words: bool = True) -> Table:
    """Return fields as rows; in words the help has the values of a field, and the columns are fewer."""
    short = {full: alias for alias, full in ALIASES.items()}

    def row(name: str) -> tuple[object, ...]:
        field = FIELDS[name]
        values = TYPES[type_name].status if type_name and name == "status" else field.values
        types = () if len(field.types) == len(TYPES) else field.types
        words = f" ({', '.join(values)})" if values and in_words else ""
        return name, short.get(name), field.kind, list(types), list(values), field.help + words

    table = table_of(("field", "short", "kind", "types", "values", "help"), map(row, names))
    return table._replace(columns=("field", "kind", "help")) if in_words else table
