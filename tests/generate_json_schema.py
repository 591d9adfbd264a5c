"""The JSON Schema of an event's file, `resources/event.schema.json`, made from the models.

It is draft 7, which editors know, with one branch a type, so that messages stay short.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rexctl.model.types import TYPES
from tests.read_models import keys_of, leaf_of, model_of

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from rexctl.model.schema import Shape
    from tests.read_models import Leaf

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


def json_schema_text() -> str:
    """Return the text of the file."""
    parts: dict[str, Any] = {}
    branches = []
    for name in TYPES:
        model = model_of(name)
        parts[name] = _object(model, parts) | {"patternProperties": {"^x-": {}}}
        branches.append({
            "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
            "then": {"$ref": f"#/definitions/{name}"},
        })  # fmt: skip
    schema = {
        "$schema": _DRAFT,
        "title": "A rexctl event",
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(TYPES), "description": "the sort of event"}},
        "allOf": branches,
        "definitions": parts,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


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
    body = _json_type(leaf_of(info), parts)
    described: dict[str, Any] = {"description": info.description}
    if info.examples:
        described["examples"] = list(info.examples)
    # Draft 7 ignores what is beside a reference, so a described reference is wrapped.
    return {**described, "allOf": [body]} if "$ref" in body else {**described, **body}


def _json_type(leaf: Leaf, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of what a field holds; a part is put into `parts`."""
    arms: list[dict[str, Any]] = []
    if leaf.values:
        arms.append({"enum": list(leaf.values)})
    elif leaf.kind:
        arms.append(_KINDS.get(leaf.kind, {"type": "string"}))
    for part in leaf.models:
        name = part.__name__
        if name not in parts:
            parts[name] = {}  # a part that contains itself finds its name here
            parts[name] = _object(part, parts)
        arms.append({"$ref": f"#/definitions/{name}"})
    body = arms[0] if len(arms) == 1 else {"anyOf": arms}
    return {"type": "array", "minItems": 1, "items": body} if leaf.many else body
