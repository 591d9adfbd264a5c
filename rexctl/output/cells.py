"""The text of a value, as a cell of a table shows it."""

from collections.abc import Mapping
from typing import Any

from rexctl.model.shorthand import part_text
from rexctl.model.tables import HEADS, chief_field, shape_at
from rexctl.records import pick

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
    if chief in value:
        return ", ".join(value_texts(value[chief]))
    return next((scalar_text(v) for v in value.values() if not isinstance(v, Mapping | list)), "")


def cell_texts(data: Mapping[str, Any], column: str) -> list[str]:
    """Return the texts at a dotted name of a row.

    For a field of a list of mappings, an item without it gives an empty text, so that the columns
    of one list stay aligned: `rates.value` and `rates.prior` have the same length.
    """
    first, _, rest = column.partition(".")
    items = data.get(first)
    if rest and isinstance(items, list) and "." not in rest:
        texts = [value_texts(pick(item, rest), chief_field(column)) for item in items]
        if any(texts) and all(len(one) < 2 for one in texts):
            return [one[0] if one else "" for one in texts]
    return value_texts(pick(data, column), chief_field(column))


def joined_cell(
    data: Mapping[str, Any], column: str, escapes: Escapes, item_escapes: Escapes
) -> str:
    """Return the cell of a row for a program: the items of a list joined by `;`.

    The tables for `str.translate` are `item_escapes` for the items of a list, so that a `;` in one
    of them is not taken for the end of it, and `escapes` for any other value.
    """
    texts = _part_texts(data, column) or cell_texts(data, column)
    cell = ";".join(texts)
    if cell.isascii() and cell.isprintable() and ";" not in cell and "\\" not in cell:
        return cell  # the usual case
    table = item_escapes if isinstance(pick(data, column), list) else escapes
    return ";".join([text.translate(table) for text in texts])


def _part_texts(data: Mapping[str, Any], column: str) -> list[str]:
    """Return each part of an event's field as the text that `add --from` reads it from.

    That is `30%` for a rate, the address of a source, and JSON for what says more. Empty for a
    field of other values.
    """
    value = data.get(column)
    items = value if isinstance(value, list) else [value]
    if not any(isinstance(item, Mapping) for item in items):
        return []
    shape = shape_at((column,), str(data.get("type", "")))
    if shape not in HEADS:
        return []
    return [part_text(shape, item) if isinstance(item, Mapping) else scalar_text(item)
            for item in items]  # fmt: skip


def cell_text(data: Mapping[str, Any], column: str) -> str:
    """Return the cell of a row for a person: several values joined by `, `."""
    return ", ".join(filter(None, cell_texts(data, column)))
