"""The contract of the JSON lines that commands write, `resources/output.schema.json`."""

from __future__ import annotations

from typing import Any

from rexctl.model.tables import CHOICES, REQUIRED, SHAPES, TYPES
from tests.generate_tables import json_lines

# The version of the contract of such a line.
VERSION = 1
_COMPUTED: dict[str, dict[str, Any]] = {
    "_earliest": {"type": "string", "format": "date", "description": "first day of date"},
    "_latest": {"type": "string", "format": "date", "description": "last day of date"},
    "_v": {"const": VERSION, "description": "the version of this contract"},
}
# The state of an adopted measure on the day asked; an unset key is absent.
_STATE: dict[str, Any] = {
    "type": "object",
    "properties": {
        **{key: {"type": "string"} for key in ("state", "since", "next", "next_on")},
        **{
            key: {"type": "array", "items": {"type": "string"}}
            for key in ("possibly", "rates", "by")
        },
    },
    "required": ["state"],
}
_LINKS_IN = {
    "type": "array",
    "description": "links of other events to this one: `rel` as it stands there, `from` the id of that event",
    "items": {"type": "object"},
}


def output_schema_text() -> str:
    """Return the text of the file: the schema of a line, and the keys that `show` adds to it."""
    return json_lines({"line": _schema(), "show": {"_links_in": _LINKS_IN, "_state": _STATE}})


def _schema() -> dict[str, Any]:
    """Return the contract of a line: keys in their order, numbers as numbers."""
    parts: dict[str, Any] = {}
    lines = [_line(name, parts) for name in TYPES]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of rexctl -j",
        "description": "Unset fields are absent, lists are always lists, decimals keep their digits.",
        "oneOf": lines,
        "$defs": parts,
    }


def _line(name: str, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a line with an event of a type."""
    body = _line_object(name, parts)
    # A line may carry a project's own `x-` fields and, with a minor version, new computed ones.
    return {
        "type": "object",
        "properties": body["properties"] | {"type": {"const": name}, **_COMPUTED},
        "required": [*body["required"], "_v"],
        "patternProperties": {"^(x-|_)": {}},
        "additionalProperties": False,
    }


def _line_object(shape: str, parts: dict[str, Any]) -> dict[str, Any]:
    choices = CHOICES.get(shape, {})
    return {
        "type": "object",
        "properties": {
            key: _line_value(kind, choices.get(key), parts) for key, kind in SHAPES[shape].items()
        },
        "required": list(REQUIRED.get(shape, {})),
        "additionalProperties": False,
    }


def _line_value(kind: Any, choices: list[str] | None, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of what a key of a line holds; a part is put into `parts`."""
    if isinstance(kind, list):
        return {"type": "array", "minItems": 1, "items": _line_value(kind[0], choices, parts)}
    if "|" in kind:
        return {"anyOf": [_line_value(word, None, parts) for word in kind.split("|")]}
    if kind in SHAPES:
        if kind not in parts:
            parts[kind] = {}  # a part that contains itself finds its name here
            parts[kind] = _line_object(kind, parts)
        return {"$ref": f"#/$defs/{kind}"}
    if choices:
        return {"enum": choices}
    return {"type": "number" if kind in ("number", "integer") else "string"}
