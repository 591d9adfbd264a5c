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
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import argument, option
from rexctl.cli.row_options import RowOptions
from rexctl.errors import require_name, unknown_name
from rexctl.model import json_schema
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.records import table_of

_COMMON = ("id", "type", "title", "date", "status", "actors", "affected", "products", "rates.value",
           "effective.from", "effective.until", "effective.through", "episode", "tags", "links.rel",
           "links.to", "sources.url", "summary", "confidence")  # fmt: skip
_NAME_WIDTH, _MIN_WIDTH = 20, 50  # columns of a name in `fields`, and of its lines at least


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
        if row_options.form(context) in ("json", "jsonl"):
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
    """List the fields that a query, -F and --sort may name: common ones first, then by type.

    Examples:
      rexctl fields
      rexctl fields tariff -f jsonl
    """
    if type_:
        require_name("type", type_, TYPES)
    chosen = [name for name, field in FIELDS.items() if not type_ or type_ in field.types]
    # Of all types, then of some, then parts of clauses, each in the order of the schema.
    names = sorted(chosen, key=lambda name: _section(name, type_ or "")[0])
    if row_options.form(context) == "table" and not row_options.fields:
        with context.paged(no_pager=row_options.no_pager):
            context.emit_text(_field_list(names, type_ or "", context.width))
        return
    short = {full: alias for alias, full in ALIASES.items()}
    rows = (
        (name, short.get(name), kind, [] if len(types) == len(TYPES) else list(types), list(values), text)
        for name, (kind, _, values, types, text) in ((name, FIELDS[name]) for name in names)
    )  # fmt: skip
    row_options.write(
        context, table_of(("field", "short", "kind", "types", "values", "help"), rows)
    )


def _section(name: str, type_: str) -> tuple[tuple[int, ...], str]:
    """Return the rank and the heading of the section that lists a field."""
    field = FIELDS[name]
    if name in _COMMON:
        return (-1, _COMMON.index(name)), "most used"
    if name.startswith("clauses."):
        return (3, 0), "parts of a measure: each is within clauses"
    if len(field.types) == len(TYPES):
        main = "." not in name
        return (0, not main), "all types" if main else "all types, more exactly"
    if type_:
        return (1, 0), type_
    return (2, list(TYPES).index(field.types[0]), -len(field.types)), ", ".join(field.types)


def _field_list(names: list[str], type_: str, width: int) -> str:
    """Return the fields by section as lines of at most `width` columns; no name is cut."""
    import textwrap

    short = {full: alias for alias, full in ALIASES.items()}
    width = max(width, _MIN_WIDTH)
    lines: list[str] = []
    heading = ""
    for name in names:
        field, title = FIELDS[name], _section(name, type_)[1]
        if title != heading:
            heading = title
            lines += ["", *textwrap.wrap(f"{title}:", width)]
        values = TYPES[type_].status if type_ and name == "status" else field.values
        words = f" ({', '.join(values)})" if values else ""
        also = f"; also {short[name]}" if len(short.get(name, "")) in range(1, _NAME_WIDTH) else ""
        text = f"{field.help}{words} [{field.kind}{also}]"
        start = f"  {name:<{_NAME_WIDTH}}  "
        if len(start) > _NAME_WIDTH + 4:  # a long name has a line of its own
            lines.append(start.rstrip())
            start = " " * (_NAME_WIDTH + 4)
        lines += textwrap.wrap(text, width, initial_indent=start, break_long_words=False,
                               subsequent_indent=" " * (_NAME_WIDTH + 4), break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines[1:])
