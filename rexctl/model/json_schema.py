"""JSON Schema of an event's file, for editors, and of its line as `list -j` writes it; codebook.

The schema of files and the codebook are made by `python -m tests.regenerate`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rexctl.model.tables import CHOICES, REQUIRED, SHAPES, TYPES

_RESOURCES = Path(__file__).parents[1] / "resources"
# Commands that write events as JSON lines.
OUTPUTS = ("list", "filter", "show")
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
        **{key: {"type": "array", "items": {"type": "string"}} for key in ("possibly", "by")},
    },
    "required": ["state"],
}
_LINKS_IN = {
    "type": "array",
    "description": "links of other events to this one: `rel` as it stands there, `from` the id of that event",
    "items": {"type": "object"},
}


def codebook_text() -> str:
    """Return the codebook, the reference of all fields, as Markdown."""
    return (_RESOURCES / "codebook.md").read_text(encoding="utf-8")


def file_schema_text() -> str:
    """Return the JSON Schema of an event of any type, as it is in a file."""
    return (_RESOURCES / "event.schema.json").read_text(encoding="utf-8")


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a file of one type."""
    every = json.loads(file_schema_text())
    definitions = every["definitions"]
    parts: dict[str, Any] = {}
    _add_references(definitions[name], definitions, parts)
    head = {"$schema": every["$schema"], "title": f"rexctl {name}"}
    return {**head, **definitions[name], "definitions": parts}


def _add_references(body: Any, definitions: dict[str, Any], parts: dict[str, Any]) -> None:
    """Add to `parts` each definition that a body refers to, and those that it refers to."""
    for key, value in body.items() if isinstance(body, dict) else enumerate(body):
        if key == "$ref":
            name = value.rpartition("/")[2]
            if name not in parts:
                parts[name] = definitions[name]
                _add_references(definitions[name], definitions, parts)
        elif isinstance(value, dict | list):
            _add_references(value, definitions, parts)


def schema_of_output(command: str) -> dict[str, Any]:
    """Return the contract of a command's lines: keys in their order, numbers as numbers."""
    parts: dict[str, Any] = {}
    lines = [_line(name, parts) for name in TYPES]
    if command == "show":
        for line in lines:
            line["properties"] |= {"_links_in": _LINKS_IN, "_state": _STATE}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One line of rexctl {command} -j",
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
