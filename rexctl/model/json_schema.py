"""JSON Schema of an event: of its file, for editors, and of its line, as `list -j` writes it.

That for editors is draft 7, with one branch a type, so that messages stay short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.types import TYPES, model_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.fields import FieldInfo

    from rexctl.model.schema import Leaf, Shape

_DRAFT = "http://json-schema.org/draft-07/schema#"
_EDTF = r"^[0-9./~?-]{4,24}$"
# An editor reads `100` as a number and `2025-10-09` as a text or a date: both are right for us.
_KINDS: dict[str, dict[str, Any]] = {
    "number": {"type": ["number", "string"], "pattern": r"^-?\d+(\.\d+)?$"},
    "integer": {"type": ["integer", "string"], "pattern": r"^\d+$"},
    "date": {"type": ["string", "integer"], "pattern": _EDTF},
    "day": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "time": {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"},
    "id": {"type": "string", "pattern": r"^[a-z0-9][a-z0-9-]{2,79}$"},
    "slug": {"type": ["string", "integer"], "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"},
    "url": {"type": "string", "pattern": r"^https?://"},
    "text": {"type": ["string", "number"]},
    "prose": {"type": ["string", "number"]},
}

# Commands that write events as JSON lines.
OUTPUTS = ("list", "filter", "show")
# The version of the contract of such a line.
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


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of one type."""
    parts: dict[str, Any] = {}
    body = _object(model_of(name), parts)
    body["patternProperties"] = {"^x-": {}}
    title = f"rexctl {name}"
    return {"$schema": _DRAFT, "title": title, **body, "definitions": parts}


def schema_of_all() -> dict[str, Any]:
    """Return the JSON Schema of an event of any type, with one branch a type."""
    parts: dict[str, Any] = {}
    branches = []
    for name in TYPES:
        model = model_of(name)
        parts[name] = _object(model, parts) | {"patternProperties": {"^x-": {}}}
        branches.append({
            "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
            "then": {"$ref": f"#/definitions/{name}"},
        })  # fmt: skip
    return {
        "$schema": _DRAFT,
        "title": "A rexctl event",
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(TYPES), "description": "the sort of event"}},
        "allOf": branches,
        "definitions": parts,
    }


def schema_of_output(command: str) -> dict[str, Any]:
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
    body = _line_object(model_of(name), parts)
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
        "description": " ".join((model.__doc__ or "").split()),
        "additionalProperties": False,
        "required": [key for key, info in keys.items() if info.is_required()],
        "properties": {key: _property(info, parts) for key, info in keys.items()},
    }


def _property(info: FieldInfo, parts: dict[str, Any]) -> dict[str, Any]:
    body = _property_of(leaf_of(info), parts, "definitions", _text, _object)
    described: dict[str, Any] = {"description": info.description}
    if info.examples:
        described["examples"] = list(info.examples)
    # Draft 7 ignores what is beside a reference, so a described reference is wrapped.
    return {**described, "allOf": [body]} if "$ref" in body else {**described, **body}


def _text(leaf: Leaf) -> dict[str, Any]:
    return dict(_KINDS.get(leaf.kind, {"type": "string"}))


def _property_of(
    leaf: Leaf, parts: dict[str, Any], folder: str, text: Callable[[Leaf], Any],
    mapping: Callable[[type[Shape], dict[str, Any]], Any],
) -> dict[str, Any]:  # fmt: skip
    """Return the JSON Schema of what a field holds.

    `text` and `mapping` return that of a text and of a part. A part is put into `parts`, and a
    reference to it in `folder` is the result.
    """
    arms: list[dict[str, Any]] = []
    if leaf.kind:
        arms.append({"enum": list(leaf.values)} if leaf.values else text(leaf))
    for part in leaf.models:
        name = part.__name__
        if name not in parts:
            parts[name] = {}  # a part that contains itself finds its name here
            parts[name] = mapping(part, parts)
        arms.append({"$ref": f"#/{folder}/{name}"})
    body = arms[0] if len(arms) == 1 else {"anyOf": arms}
    return {"type": "array", "minItems": 1, "items": body} if leaf.many else body


def _line_object(model: type[Shape], parts: dict[str, Any]) -> dict[str, Any]:
    keys = dict(keys_of(model))
    return {
        "type": "object",
        "properties": {
            key: _property_of(leaf_of(info), parts, "$defs", _line_text, _line_object)
            for key, info in keys.items()
        },
        "required": [key for key, info in keys.items() if info.is_required()],
        "additionalProperties": False,
    }


def _line_text(leaf: Leaf) -> dict[str, Any]:
    return {"type": "number" if leaf.kind in ("number", "integer") else "string"}
