"""The text of `resources/schema.json`: the schema tables, generated from the models."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from rexctl.model import schema
from rexctl.model.measure import Measure
from rexctl.model.tables import Field
from rexctl.model.types import TYPES, model_of


def text() -> str:
    """Return the text of the file, one entry of a table a line."""
    known = schema.fields()
    tables: dict[str, Any] = {
        "shapes": schema.shapes(),
        "heads": schema.heads(),
        "identities": schema.identities(),
        "usual": schema.usual_values(),
        "all_too": schema.all_too(),
        "aliases": _aliases(known),
        "types": {name: _type_row(name) for name in TYPES},
        "fields": {name: _field_row(field) for name, field in known.items()},
    }
    version = hashlib.sha256(json.dumps(tables).encode()).hexdigest()[:16]
    return json_lines({"version": version, **tables})


def json_lines(tables: dict[str, Any]) -> str:
    """Return tables as JSON with one entry a line, so that a diff shows what changed."""
    return (
        "{\n"
        + ",\n".join(f"{_json(name)}: {_table(value)}" for name, value in tables.items())
        + "\n}\n"
    )


def _table(value: Any) -> str:
    if not isinstance(value, dict):
        return _json(value)
    return "{\n" + ",\n".join(f"  {_json(key)}: {_json(one)}" for key, one in value.items()) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _field_row(field: Field) -> list[Any]:
    types = None if field.types == tuple(TYPES) else field.types
    return [field.kind, field.many, field.values, types, field.help]


def _type_row(name: str) -> list[Any]:
    model = model_of(name)
    status = next(leaf.values for dotted, leaf, _ in schema.leaves(model) if dotted == "status")
    return [model.caption, status, model.columns, model.span, issubclass(model, Measure)]


def _aliases(known: dict[str, Field]) -> dict[str, str]:
    aliases = {}
    for name, field in known.items():
        one = schema.singular(name)
        if field.many and one not in known:
            aliases[one] = name
    return aliases
