"""The contract of JSONL: JSON Schema of a line as `list -j` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.json_schema import property_of
from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.types import TYPES, model_of

if TYPE_CHECKING:
    from rexctl.model.schema import Leaf, Shape

COMMANDS = ("list", "filter", "show")
VERSION = 1
_COMPUTED: dict[str, dict[str, Any]] = {
    "_earliest": {"type": "string", "format": "date", "description": "first day of date"},
    "_latest": {"type": "string", "format": "date", "description": "last day of date"},
    "_v": {"const": VERSION, "description": "the version of this contract"},
}
_LINKS_IN = {
    "type": "array",
    "description": "links of other events to this one: `rel` as it stands there, `from` the id of that event",
    "items": {"type": "object"},
}


def of(command: str) -> dict[str, Any]:
    """Return the contract of a command's lines: keys in their order, numbers as numbers."""
    parts: dict[str, Any] = {}
    lines = [_line(name, parts) for name in TYPES]
    if command == "show":
        for line in lines:
            line["properties"]["_links_in"] = _LINKS_IN
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One line of rexctl {command} -j",
        "description": "Unset fields are absent, lists are always lists, decimals keep their digits.",
        "oneOf": lines,
        "$defs": parts,
    }


def _line(name: str, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a line with an event of a type."""
    body = _object(model_of(name), parts)
    # A line may carry a project's own `x-` fields and, with a minor version, new computed ones.
    return {
        "type": "object",
        "properties": body["properties"] | {"type": {"const": name}, **_COMPUTED},
        "required": [*body["required"], "_v"],
        "patternProperties": {"^(x-|_)": {}},
        "additionalProperties": False,
    }


def _object(model: type[Shape], parts: dict[str, Any]) -> dict[str, Any]:
    keys = dict(keys_of(model))
    return {
        "type": "object",
        "properties": {
            key: property_of(leaf_of(info), parts, "$defs", _text, _object)
            for key, info in keys.items()
        },
        "required": [key for key, info in keys.items() if info.is_required()],
        "additionalProperties": False,
    }


def _text(leaf: Leaf) -> dict[str, Any]:
    return {"type": "number" if leaf.kind in ("number", "integer") else "string"}
