"""The JSON Schema of an event's file, `resources/event.schema.json`, made from the models.

It is draft 7, which editors know, with one branch a type, so that messages stay short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.checks import CHECKS
from rexctl.model.json_schema import code_definition, format_schema
from rexctl.model.types import TYPES
from rexctl.vocabulary.names import tables
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from tests.read_models import caption_of, keys_of, leaf_of, model_of

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from rexctl.model.schema import Shape
    from tests.read_models import Leaf

_DRAFT = "http://json-schema.org/draft-07/schema#"
_EDTF = r"^[0-9./~?-]{4,24}$"
# An editor reads `100` as a number and `2025-10-09` as a text or a date: both are right for us.
_KINDS: dict[str, tuple[Any, str, str]] = {
    "number": (["number", "string"], r"^-?\d+(\.\d+)?$", "write digits, such as 12.5"),
    "integer": (["integer", "string"], r"^\d+$", "write a whole number"),
    "date": (["string", "integer"], _EDTF,
             "write YYYY, YYYY-MM or YYYY-MM-DD; ~ for about, A/B for a span"),
    "day": ("string", r"^\d{4}-\d\d-\d\d$", "write one day as YYYY-MM-DD"),
    "time": ("string", r"^([01]\d|2[0-3]):[0-5]\d$", 'write the hour in 24 hours, such as "20:30"'),
    "id": ("string", r"^[a-z0-9][a-z0-9-]{2,79}$", "an id is made of a-z, 0-9 and hyphens"),
    "slug": (["string", "integer"], r"^[a-z0-9]+(-[a-z0-9]+)*$",
             "write it in a-z, 0-9 and hyphens"),
    "url": ("string", r"^https?://", "an address begins with http:// or https://"),
}  # fmt: skip
_CODES = ("actor", "country", "law", "list", "product", "zone", "currency")
# Fields whose words are those of a vocabulary, or of the checks.
_WORDS = {"tags": "tag", "episode": "episode", "check": "check"}


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
        "properties": {
            "type": {
                "description": "the type of event, which decides its other fields",
                "enum": list(TYPES),
                "enumDescriptions": [caption_of(model_of(name)) for name in TYPES],
            }
        },
        "allOf": branches,
        "definitions": parts | _code_definitions(),
    }
    return format_schema(schema) + "\n"


def _code_definitions() -> dict[str, Any]:
    """Return the definition of each kind of code, with the codes that rexctl ships."""
    listed = shipped_vocabulary().by_kind() | {
        "zone": [(name, "") for name in tables().zones.values()],
        "currency": [(code, "") for code in tables().currencies],
        "check": [(code, "") for code in CHECKS],
    }
    return {kind: code_definition(kind, codes) for kind, codes in listed.items()}


def _object(model: type[Shape], parts: dict[str, Any]) -> dict[str, Any]:
    keys = dict(keys_of(model))
    return {
        "type": "object",
        "description": " ".join((model.__doc__ or "").split()),
        "additionalProperties": False,
        "required": [key for key, info in keys.items() if info.is_required()],
        "properties": {key: _property(key, info, parts) for key, info in keys.items()},
    }


def _property(key: str, info: FieldInfo, parts: dict[str, Any]) -> dict[str, Any]:
    body = _json_type(leaf_of(info), parts, _WORDS.get(key, ""))
    described: dict[str, Any] = {"description": info.description}
    if info.examples:
        described["examples"] = list(info.examples)
    # Draft 7 ignores what is beside a reference, so a described reference is wrapped.
    return {**described, "allOf": [body]} if "$ref" in body else {**described, **body}


def _json_type(leaf: Leaf, parts: dict[str, Any], words: str) -> dict[str, Any]:
    """Return the JSON Schema of what a field holds; a part is put into `parts`."""
    arms: list[dict[str, Any]] = []
    if leaf.text and leaf.text.all_too:
        # A pattern with an example, not a constant, whose message would list all codes.
        message = code_definition("actor", [])["patternErrorMessage"]
        arms.append({"type": "string", "pattern": "^all$", "examples": ["all"],
                     "patternErrorMessage": message})  # fmt: skip
    if leaf.values:
        arms.append({"enum": list(leaf.values)})
    elif leaf.kind in _CODES or words:
        arms.append({"$ref": f"#/definitions/{words or leaf.kind}"})
    elif leaf.kind in _KINDS:
        form, pattern, message = _KINDS[leaf.kind]
        arms.append({"type": form, "pattern": pattern,
                     "patternErrorMessage": message, "errorMessage": message})  # fmt: skip
    elif leaf.kind:
        arms.append({"type": ["string", "number"]})
    for part in leaf.models:
        name = part.__name__
        if name not in parts:
            parts[name] = {}  # a part that contains itself finds its name here
            parts[name] = _object(part, parts)
        arms.append({"$ref": f"#/definitions/{name}"})
    body = arms[0] if len(arms) == 1 else {"anyOf": arms}
    return {"type": "array", "minItems": 1, "items": body} if leaf.many else body
