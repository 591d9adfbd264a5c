"""JSON Schema of an event's file, for editors, and of its line as `list -j` writes it; codebook.

All of them are made by `python -m tests.regenerate`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rexctl.values.readings import readings

# Code and name of each code, by kind: actor, country, law, list, product, tag, episode.
Codes = Mapping[str, Iterable[tuple[str, str]]]

_RESOURCES = Path(__file__).parents[1] / "resources"
_WIDTH = 100  # of the lines of the file
# Commands that write events as JSON lines.
OUTPUTS = ("list", "filter", "show")


def codebook_text() -> str:
    """Return the codebook, the reference of all fields, as Markdown."""
    return (_RESOURCES / "codebook.md").read_text(encoding="utf-8")


def file_schema_text(codes: Codes | None = None) -> str:
    """Return the JSON Schema of an event of any type, as it is in a file.

    It offers these codes; without `codes` those that rexctl ships.
    """
    text = (_RESOURCES / "event.schema.json").read_text(encoding="utf-8")
    if codes is None:
        return text
    schema = json.loads(text)
    for kind, listed in codes.items():
        schema["definitions"][kind] = code_definition(kind, listed)
    return format_schema(schema) + "\n"


def code_definition(kind: str, listed: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the JSON Schema of a code of a kind.

    The pattern decides which codes are right. The listed ones stand beside it, each with its name,
    since editors offer them and show the name; an `enum` would show all of them at each code.
    """
    closed, others, message = readings()["code_forms"][kind]
    rows = sorted(set(listed))
    allowed = [re.escape(code) for code, _ in rows] if closed else []
    pattern = "|".join([*allowed, others] if others else allowed)
    # An editor reads the tag `2025` as a number.
    form = ["string", "integer"] if re.fullmatch(others, "2025") else "string"
    arms = [
        {"const": code, "description": name} if name else {"const": code} for code, name in rows
    ]
    return {"type": form, "pattern": f"^({pattern})$", "patternErrorMessage": message,
            "errorMessage": message, "anyOf": [*arms, {}]}  # fmt: skip


def format_schema(value: Any, indent: str = "") -> str:
    """Return JSON with each part on one line where it fits, so that a diff shows what changed."""
    text = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(text) <= _WIDTH or not isinstance(value, dict | list):
        return text
    inner = indent + " "
    if isinstance(value, list):
        parts = [format_schema(one, inner) for one in value]
        return f"[\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}]"
    parts = [f"{json.dumps(key)}: {format_schema(one, inner)}" for key, one in value.items()]
    return f"{{\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}}}"


def schema_of(name: str, codes: Codes | None = None) -> dict[str, Any]:
    """Return the JSON Schema of a file of one type, with these codes as in `file_schema_text`."""
    every = json.loads(file_schema_text(codes))
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
