"""Validation of plain data as an event in its stored form, by the models and pydantic-core.

The models are compiled to schemas of pydantic-core that give plain dictionaries with keys in
canonical order: building the model classes, and dumping instances again, took twice the time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, SchemaValidator, ValidationError, core_schema

from rexctl.model.event import Event
from rexctl.model.fields import check_own_text
from rexctl.model.schema import Leaf, keys_of, leaf_of
from rexctl.model.shape import finding_at
from rexctl.model.types import TYPES, model_of
from rexctl.model.upgrade import REMOVED, upgrade
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from rexctl.model.shape import Loc, Shape
    from rexctl.records import Finding

Plain = dict[str, Any]
# The arms of a union, a bare text or a mapping: pydantic-core adds them to the path of an error.
_ARMS = ("\0text", "\0mapping")
_SHAPES = {"list_type": "must be a list", "dict_type": "must be a mapping"}
_MOST = 500  # findings of one event: nobody reads more, and each looks for the nearest word


def validate(data: Any) -> tuple[Plain | None, list[Finding]]:
    """Return the event that plain data is, or None; and the findings that say why it is none.

    The event has its keys in canonical order and each text in its stored form. A finding carries
    `loc`, and no line. Whether a code is known is for a check to find.
    """
    if not isinstance(data, dict):
        return None, [finding_at((), "wrong-shape", "an event is a mapping of fields to values")]
    name = data.get("type")
    known = isinstance(name, str) and name in TYPES
    own = {key: data[key] for key in data if key[:2] == "x-"}
    rest = {key: value for key, value in data.items() if key not in own} if own else data
    findings = [] if known else list(_type_findings(data))
    event: Plain | None = None
    try:
        event = _validator(str(name) if known else "").validate_python(rest)
    except ValidationError as error:
        model = model_of(str(name)) if known else Event
        findings += [one for one in _findings_of(error, model, rest) if known or _is_common(one)]
    located = {one.loc for one in findings}
    by_rules = _by_rules(model_of(str(name)) if known else Event, rest)
    findings += [one for one in by_rules if one.loc not in located]
    findings += [one for key, value in own.items() for one in _own_field_findings(value, (key,))]
    if event is None or findings:
        return None, findings
    if own:
        event.update(own)
    return event, findings


@cache
def _validator(name: str) -> SchemaValidator:
    """Return the validator of a type, or of what all types have where the name is empty."""
    return SchemaValidator(_mapping_schema(model_of(name) if name else Event))


@cache
def _mapping_schema(model: type[Shape]) -> core_schema.CoreSchema:
    fields = {
        key: core_schema.typed_dict_field(_schema_of(leaf_of(info)), required=info.is_required())
        for key, info in keys_of(model)
    }
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid", strict=True)


def _schema_of(leaf: Leaf) -> core_schema.CoreSchema:
    arms = [leaf.text.core_schema()] if leaf.text else []
    arms += [_mapping_schema(model) for model in leaf.models]
    one = arms[0] if len(arms) == 1 else core_schema.tagged_union_schema(
        dict(zip(_ARMS, arms, strict=True)), _arm_of)  # fmt: skip
    return core_schema.list_schema(one, min_length=1, strict=True) if leaf.many else one


def _arm_of(value: Any) -> str:
    """Return the arm of a union that a value belongs to: a bare text, or a mapping."""
    return _ARMS[1] if isinstance(value, dict) else _ARMS[0]


def _type_findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    if "type" not in data:
        names = ", ".join(TYPES)
        yield finding_at(("type",), "missing-field", "type is missing", f"one of {names}", "key")
    else:
        hint = did_you_mean(str(data["type"]), TYPES) or "rexctl schema lists the types"
        yield finding_at(("type",), "unknown-type", f"{data['type']}: no such type", hint)


def _is_common(finding: Finding) -> bool:
    """Return whether a finding holds whatever the type is."""
    return finding.code != "unknown-field" and finding.loc != ("type",)


def _by_rules(model: type[Shape], data: Any, loc: Loc = ()) -> list[Finding]:
    if not isinstance(data, dict):
        return []
    findings = [one._replace(loc=loc + one.loc) for rule in model.rules for one in rule(data)]
    for key, parts in _keys_with_rules(model):
        if (value := data.get(key)) is None:
            continue
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for n, item in items:
            for part in parts if isinstance(item, dict) else ():
                findings += _by_rules(part, item, (*loc, key) if n is None else (*loc, key, n))
    return findings


@cache
def _keys_with_rules(model: type[Shape]) -> tuple[tuple[str, tuple[type[Shape], ...]], ...]:
    """Return the keys of a model below which there may be rules, and the models there."""
    findings = ((key, leaf_of(field).models) for key, field in keys_of(model))
    return tuple((key, tuple(part for part in parts if part.rules or _keys_with_rules(part)))
                 for key, parts in findings
                 if any(part.rules or _keys_with_rules(part) for part in parts))  # fmt: skip


def _own_field_findings(value: Any, loc: Loc) -> Iterator[Finding]:
    """Check a project's own field: it is never interpreted, but a file must be able to hold it."""
    if len(loc) == 1 and value in ("", [], {}):
        yield finding_at(loc, "empty-value", f"{loc[0]} is empty", "leave it out")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from (
                _own_field_findings(key, loc) if key
                else [finding_at(loc, "empty-key", "a key is empty")]
            )  # fmt: skip
            yield from _own_field_findings(part, (*loc, key))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _own_field_findings(part, (*loc, n))
    else:
        try:
            check_own_text(value)
        except PydanticCustomError as error:
            message = (error.context or {}).get("message", "")
            yield finding_at(loc, error.type, f"{loc[0]}: {message}")


# Errors of pydantic-core as findings in the words of the file, by their type and context.


def _findings_of(error: ValidationError, model: type[Shape], data: Any) -> Iterator[Finding]:
    """Yield each error of a validation once, with its path in the tree of the event."""
    seen: set[Loc] = set()
    for detail in error.errors(include_url=False, include_input=False):
        loc = tuple(step for step in detail["loc"] if step not in _ARMS)
        if loc not in seen:
            if len(seen) == _MOST:
                return
            seen.add(loc)
            yield _finding(detail, loc, model, data)


def _finding(detail: ErrorDetails, loc: Loc, model: type[Shape], data: Any) -> Finding:
    # An item of a list is named after its list: `controls`, not `0`.
    name = next((step for step in reversed(loc) if isinstance(step, str)), "the event")
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            field = _field_at(model, loc)
            description = (field.description if field else "") or ""
            return finding_at(loc, "missing-field", f"{name} is missing", description, "key")
        case "extra_forbidden":
            hint = did_you_mean(name, _fields_at(model, loc[:-1])) or "rexctl fields lists them"
            if upgrade(data) != data and name in REMOVED:
                hint = "earlier versions had it: rexctl fmt --upgrade rewrites the file"
            return finding_at(loc, "unknown-field", f"{name}: no such field", hint, "key")
        case "literal_error":
            text, field = str(_value_at(data, loc)), _field_at(model, loc)
            words = leaf_of(field).values if field else ()
            return finding_at(loc, "unknown-value", f"{text}: {name} is one of {', '.join(words)}",
                              did_you_mean(text, words))  # fmt: skip
        case "too_short":
            return finding_at(loc, "empty-value", f"{name} is an empty list",
                              "give at least one, or leave it out")  # fmt: skip
        case kind if kind in _SHAPES:
            return finding_at(loc, "wrong-shape", f"{name} {_SHAPES[kind]}")
        case code:
            message = f"{name}: {context.get('message', code)}"
            return finding_at(loc, code, message, context.get("hint", ""))


def _value_at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data


def _fields_at(model: type[Shape], loc: Loc) -> dict[str, FieldInfo]:
    """Return the fields, by their keys, of the mapping that a path leads to."""
    for step in loc:
        if isinstance(step, str):
            field = dict(keys_of(model)).get(step)
            parts = leaf_of(field).models if field else ()
            if not parts:
                return {}
            model = parts[0]
    return dict(keys_of(model))


def _field_at(model: type[Shape], loc: Loc) -> FieldInfo | None:
    """Return the field that a path leads to; the index of an item leads to its list."""
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    return _fields_at(model, loc[:-1]).get(str(loc[-1])) if loc else None
