"""The text of `resources/schema.json`: the schema as plain tables, read from the models."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl.checks import CHECKS
from rexctl.measures.fold import STATES
from rexctl.model.event import Event, Measure
from rexctl.model.tables import Field
from rexctl.model.types import TYPES
from rexctl.query.sql import STATE
from rexctl.yamlfile.documents import read_document
from tests.read_models import caption_of, keys_of, leaf_of, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.model.schema import Shape
    from tests.read_models import Leaf

_WORDS = Path(__file__).parents[1] / "rexctl" / "resources" / "words.yaml"
_QUANTITIES = ("number", "integer")


def tables_text() -> str:
    """Return the text of the file, one entry of a table a line."""
    known = fields()
    tables: dict[str, Any] = {
        "shapes": shapes(),
        "heads": heads(),
        "identities": identities(),
        "usual": usual_values(),
        "choices": choices(),
        "required": required(),
        "all_too": all_too(),
        "aliases": _aliases(known),
        "words": read_document(_WORDS.read_bytes(), _WORDS.name).value,
        "types": {name: _type_row(name) for name in TYPES},
        "fields": {name: _field_row(_with_checks(name, field)) for name, field in known.items()},
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


def _with_checks(name: str, field: Field) -> Field:
    """Return the field; the values of `allow` are the checks, which the models do not know."""
    return field._replace(values=CHECKS) if name in ("allow", "allow.check") else field


def _type_row(name: str) -> list[Any]:
    model = model_of(name)
    status = next(leaf.values for dotted, leaf, _ in leaves(model) if dotted == "status")
    return [caption_of(model), status, model.span, issubclass(model, Measure)]


def _aliases(known: dict[str, Field]) -> dict[str, str]:
    aliases = {}
    for name, field in known.items():
        one = singular(name)
        if field.many and one not in known:
            aliases[one] = name
    return aliases


def models() -> dict[str, type[Shape]]:
    """Return the model of each type and of each part, by name; a part follows what has it."""
    result: dict[str, type[Shape]] = {}
    for name in TYPES:
        _add_model(name, model_of(name), result)
    return result | {"Event": Event}


def _add_model(name: str, model: type[Shape], result: dict[str, type[Shape]]) -> None:
    if name not in result:
        result[name] = model
        for _, field in keys_of(model):
            for part in leaf_of(field).models:
                _add_model(part.__name__, part, result)


def shapes() -> dict[str, dict[str, Any]]:
    """Return SHAPES: for each type and each part, its keys in order and the kind of each."""
    return {
        name: {key: written(leaf_of(field)) for key, field in keys_of(model)}
        for name, model in models().items()
    }


def written(leaf: Leaf) -> Any:
    """Return the kind as SHAPES has it: a word, the name of a shape, or a list of one."""
    names = ([leaf.kind] if leaf.kind else []) + [model.__name__ for model in leaf.models]
    return ["|".join(names)] if leaf.many else "|".join(names)


def heads() -> dict[str, str]:
    """Return HEADS: for each part, its chief field."""
    return {name: model.head for name, model in models().items() if model.head}


def usual_values() -> dict[str, dict[str, str]]:
    """Return USUAL: for each part that has them, the values that input may leave out."""
    return {name: dict(model.usual) for name, model in models().items() if model.usual}


def choices() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return CHOICES: for each type and part, the fields whose texts are listed, with the texts."""
    found = {
        name: {key: leaf_of(field).values for key, field in keys_of(model) if leaf_of(field).values}
        for name, model in models().items()
    }
    return {name: fields for name, fields in found.items() if fields}


def required() -> dict[str, dict[str, str]]:
    """Return REQUIRED: for each type and part, the fields that it must have, with what they are."""
    found = {
        name: {key: field.description or "" for key, field in keys_of(model) if field.is_required()}
        for name, model in models().items()
    }
    return {name: fields for name, fields in found.items() if fields}


def all_too() -> list[str]:
    """Return ALL_TOO: the keys of fields of actors that accept the word `all`."""
    leaves = ((key, leaf_of(field)) for model in models().values() for key, field in keys_of(model))
    return sorted({key for key, leaf in leaves if leaf.text and leaf.text.all_too})


def identities() -> dict[str, tuple[str, ...]]:
    """Return IDENTITIES: for each part, the fields that identify it among its like in a list.

    A part that only a quantity would identify has none: a rate of 10 that one side makes 15 and
    the other 20 is not two rates.
    """
    result: dict[str, tuple[str, ...]] = {}
    for name, model in models().items():
        keys, known = model.known_by or (model.head,), dict(keys_of(model))
        if model.head and not any(leaf_of(known[key]).kind in _QUANTITIES for key in keys):
            result[name] = keys
    return result


def fields() -> dict[str, Field]:
    """Return FIELDS: every dotted name that leads to a text, over all types."""
    result: dict[str, Field] = {}
    for name in TYPES:
        for dotted, leaf, text in leaves(model_of(name)):
            before = result.get(dotted)
            values = tuple(dict.fromkeys((before.values if before else ()) + leaf.values))
            types = (*(before.types if before else ()), name)
            result[dotted] = Field(leaf.kind, leaf.many, values, tuple(dict.fromkeys(types)),
                                  before.help if before else text)  # fmt: skip
    every = result["type"]
    result["type"] = every._replace(values=tuple(TYPES), help="the sort of event")
    result["status"] = result["status"]._replace(
        help="the stage of the event; each type has its own"
    )
    measures = tuple(name for name in TYPES if issubclass(model_of(name), Measure))
    text = "whether a measure is in force today, which is computed"
    result[STATE] = Field("word", False, STATES, measures, text)
    return result


def leaves(
    model: type[Shape], prefix: str = "", many: bool = False
) -> Iterator[tuple[str, Leaf, str]]:
    """Yield every dotted name of a model that leads to a text, what it holds, and its sentence."""
    for key, field in keys_of(model):
        leaf, dotted, text = leaf_of(field), prefix + key, field.description or ""
        inside = many or leaf.many
        if leaf.kind:
            yield dotted, leaf._replace(many=inside), text
        for part in leaf.models:
            inner = list(leaves(part, dotted + ".", inside))
            head = next((one for one in inner if one[0] == f"{dotted}.{part.head}"), None)
            if head and leaf.many and not leaf.kind:
                yield dotted, head[1]._replace(many=True), text
            yield from inner


def singular(name: str) -> str:
    """Return the word for one value of a field: its flag, and its short name in a query."""
    head, dot, last = name.rpartition(".")
    if last.endswith("ies"):
        return f"{head}{dot}{last.removesuffix('ies')}y"
    if last == "aliases":
        return f"{head}{dot}alias"
    bare = last.endswith("s") and not last.endswith(("us", "ss", "is"))
    return f"{head}{dot}{last.removesuffix('s') if bare else last}"
