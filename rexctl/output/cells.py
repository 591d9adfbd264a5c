"""The text of a value, as a cell of a table shows it, and the values at dotted names."""

from collections.abc import Iterator, Mapping
from typing import Any

from rexctl.model.tables import HEADS, chief_field, shape_at
from rexctl.records import Table, pick
from rexctl.values.json_text import dumps

Escapes = Mapping[int, str]


def scalar_text(value: object) -> str:
    """Return a single value as text: `true` and `false` as in JSON, None as an empty text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def value_texts(value: Any, chief: str = "") -> list[str]:
    """Return the texts of a value: one for a scalar, those of each item for a list, none for None.

    A mapping is shown by its field `chief`, else by its first scalar.
    """
    if isinstance(value, str):  # the usual case
        return [value]
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [_mapping_text(value, chief)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in value_texts(item, chief)]
    return [scalar_text(value)]


def _mapping_text(value: Mapping[str, Any], chief: str) -> str:
    if chief == "value" and "value" in value:
        return amount_text(value)
    if chief in value:
        return ", ".join(value_texts(value[chief]))
    return next((scalar_text(v) for v in value.values() if not isinstance(v, Mapping | list)), "")


def amount_text(value: Mapping[str, Any]) -> str:
    """Return a rate as it is written on the command line: `25%`, `24pp`, `80 USD/kg`."""
    from rexctl.model.shorthand import UNITS  # JSON lines need no text of a part

    number, unit = scalar_text(value["value"]), scalar_text(value.get("unit"))
    if unit in UNITS:
        return number + UNITS[unit]
    currency, per = scalar_text(value.get("currency")), scalar_text(value.get("per"))
    return " ".join(filter(None, (number, currency))) + (f"/{per}" if per else "")


def value_at(data: Mapping[str, Any], column: str) -> Any:
    """Return what a query on a field looks at: the values of the event and of its clauses.

    A plain text counts as its chief field, so that `products.code` is there for `hs:2846`. One
    value is returned as it is, those of clauses as a list. None where there is no value.
    """
    own = _value_in(data, column)
    inner = [value for clause in _clauses_with(data, column)
             if (value := _value_in(clause, column)) is not None]  # fmt: skip
    if not inner:
        return own
    values = [*_as_list(own), *(one for value in inner for one in _as_list(value))]
    through_lists = any(isinstance(value, list) for value in (own, *inner))
    if through_lists and ("." in column or any(isinstance(one, Mapping) for one in values)):
        return values  # `rates.value` and `rates.prior` keep their order
    return [one for number, one in enumerate(values) if one not in values[:number]]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _clauses_with(data: Mapping[str, Any], column: str) -> Iterator[Mapping[str, Any]]:
    """Yield the clauses of an event that have a value in the place of a field of the event."""
    first, clauses = column.partition(".")[0], data.get("clauses")
    if clauses is None or first in ("id", "title", "clauses"):
        return
    for clause in _as_list(clauses):
        if isinstance(clause, Mapping) and first in clause:
            yield clause


def _value_in(data: Mapping[str, Any], column: str) -> Any:
    first, _, rest = column.partition(".")
    if rest and "." not in rest and chief_field(first) == rest:
        held = data.get(first)
        if isinstance(held, str):
            return held
        if isinstance(held, list) and any(isinstance(one, str) for one in held):
            texts = [one if isinstance(one, str) else pick(one, rest) for one in held]
            return [one for one in texts if one is not None] or None
    return pick(data, column)


def select_columns(data: Mapping[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    """Return a mapping of these columns of a row, in this order; unset ones are absent."""
    return {name: value for name in columns if (value := value_at(data, name)) is not None}


def fields_left_out(
    data: Mapping[str, Any], columns: tuple[str, ...], *, chosen: bool = False
) -> list[str]:
    """Return the stored fields of an event of which cells of these columns do not show everything.

    Of `chosen` columns these are the fields of its clauses that are in the place of a column.
    """
    if chosen:
        return [f"clauses.{name}" for name in columns if f"clauses.{name}" not in columns
                and any(_value_in(one, name) is not None for one in _clauses_with(data, name))]  # fmt: skip
    return [
        name for name, value in data.items()
        if name not in columns and name[:1] != "_"  # a cell holds a part with all that it says
        and not (isinstance(value, Mapping) and all(f"{name}.{key}" in columns for key in value))
    ]  # fmt: skip


def joined_cells(table: Table, escapes: Escapes, item_escapes: Escapes) -> Iterator[list[str]]:
    """Yield the cells of each row for a program: the items of a list joined by `;`.

    A cell holds what is the event's own: a program, and `add --from`, could not tell from it the
    values of clauses, which a column such as `clauses.rates` shows.

    The tables for `str.translate` are `item_escapes` for the items of a list, so that a `;` in one
    of them is not taken for the end of it, and `escapes` for any other value.
    """
    for row in table.rows:
        yield [_joined_cell(row.data, name, escapes, item_escapes) for name in table.columns]


def _joined_cell(
    data: Mapping[str, Any], column: str, escapes: Escapes, item_escapes: Escapes
) -> str:
    value = _value_in(data, column)
    if value is None:
        return ""
    if type(value) is str and is_plain(value):
        return value  # the usual case
    table = item_escapes if isinstance(value, list) else escapes
    texts = _part_texts(data, column) or value_texts(value, chief_field(column))
    return ";".join([text.translate(table) for text in texts])


def _part_texts(data: Mapping[str, Any], column: str) -> list[str]:
    """Return a text for each part of an event's field, such that `add --from` reads the part from it.

    That is `30%` for a rate, the address of a source, and JSON for what says more. Of a field of the
    parts, such as `sources.lang`, it is the value of each part, empty where a part has none, and a
    JSON array of several values. Empty for a field of other values.
    """
    first, _, rest = column.partition(".")
    value = data.get(first)
    items = value if isinstance(value, list) else [value]
    if not any(isinstance(item, Mapping) for item in items):
        return []
    if rest:
        each = [value_texts(_value_in({first: [item]}, column), chief_field(column))
                for item in value] if isinstance(value, list) else []  # fmt: skip
        return [dumps(texts) if texts[1:] else "".join(texts) for texts in each]
    shape = shape_at((column,), str(data.get("type", "")))
    if shape not in HEADS:
        return []
    from rexctl.model.shorthand import part_text

    return [part_text(shape, item) if isinstance(item, Mapping) else scalar_text(item)
            for item in items]  # fmt: skip


def is_plain(cell: str) -> bool:
    """Return whether a cell needs no escape: a fast test that holds for nearly all."""
    return cell.isascii() and cell.isprintable() and ";" not in cell and "\\" not in cell


def cell_text(data: Mapping[str, Any], column: str) -> str:
    """Return the cell of a row for a person: several values joined by `, `."""
    texts = value_texts(value_at(data, column), chief_field(column))
    return ", ".join(filter(None, texts))
