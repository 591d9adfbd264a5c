"""JSON Schema of an event's file, for editors, and of its line as `list -j` writes it; codebook.

All of them are made by `python -m tests.regenerate`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_RESOURCES = Path(__file__).parents[1] / "resources"
# Commands that write events as JSON lines.
OUTPUTS = ("list", "filter", "show")


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
    text = (_RESOURCES / "output.schema.json").read_text(encoding="utf-8")
    tables: dict[str, dict[str, Any]] = json.loads(text)
    schema = tables["line"] | {"title": f"One line of rexctl {command} -j"}
    if command == "show":
        for line in schema["oneOf"]:
            line["properties"] |= tables["show"]
    return schema
