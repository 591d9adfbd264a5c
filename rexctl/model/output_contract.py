"""The contract of JSONL: JSON Schema of a line as `list -j` writes it."""

from __future__ import annotations

from typing import Any

from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.types import TYPES, model_of

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
    lines = [_object(name, model_of(name), parts, top=True) for name in TYPES]
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


def _object(name: str, model: Any, parts: dict[str, Any], *, top: bool = False) -> dict[str, Any]:
    keys = dict(keys_of(model))
    properties = {key: _property(info, parts) for key, info in keys.items()}
    if top:
        properties |= {"type": {"const": name}, **_COMPUTED}
    required = [key for key, info in keys.items() if info.is_required()]
    body: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "required": [*required, "_v"] if top else required,
    }
    # A line may carry a project's own `x-` fields and, with a minor version, new computed ones.
    rest: dict[str, Any] = {"patternProperties": {"^(x-|_)": {}}} if top else {}
    return body | rest | {"additionalProperties": False}


def _property(info: Any, parts: dict[str, Any]) -> dict[str, Any]:
    leaf = leaf_of(info)
    arms: list[dict[str, Any]] = []
    if leaf.values:
        arms.append({"enum": list(leaf.values)})
    elif leaf.kind:
        arms.append({"type": "number" if leaf.kind in ("number", "integer") else "string"})
    for part in leaf.models:
        if part.__name__ not in parts:
            parts[part.__name__] = {}
            parts[part.__name__] = _object(part.__name__, part, parts)
        arms.append({"$ref": f"#/$defs/{part.__name__}"})
    body = arms[0] if len(arms) == 1 else {"anyOf": arms}
    return {"type": "array", "minItems": 1, "items": body} if leaf.many else body
