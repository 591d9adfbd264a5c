"""Validation of plain data as an event in its stored form, by the schema tables and pydantic-core.

The tables, which are generated from the models, are compiled to schemas of pydantic-core that give
plain dictionaries with keys in canonical order. Importing Pydantic and the models for that took
60 ms of each command that reads a changed file (`python -X importtime -m rexctl add ...`).
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from pydantic_core import SchemaValidator, ValidationError, core_schema

from rexctl.model.rules import RULES, check_text, text_fault
from rexctl.model.shorthand import choices_in
from rexctl.model.tables import (
    CHOICES,
    INVERSES,
    LIFECYCLE,
    REQUIRED,
    SHAPES,
    TYPES,
    WORDS,
    shape_at,
)
from rexctl.model.upgrade import REMOVED, upgrade
from rexctl.records import Finding
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from pydantic_core import ErrorDetails

    from rexctl.model.codes import Vocabulary
    from rexctl.model.tables import Loc

Plain = dict[str, Any]
# The arms of a union, a bare text or a mapping: pydantic-core adds them to the path of an error.
_ARMS = ("\0text", "\0mapping")
_WRONG_SHAPES = {"list_type": "must be a list", "dict_type": "must be a mapping"}
_MOST = 500  # findings of one event: nobody reads more, and each looks for the nearest word


def validate(data: Any) -> tuple[Plain | None, list[Finding]]:
    """Return the event that plain data is, or None; and the findings that say why it is none.

    The event has its keys in canonical order and each text in its stored form. A finding carries
    `loc`, and no line. Whether a code is known is for a check to find.
    """
    if not isinstance(data, dict):
        return None, [Finding("wrong-shape", "an event is a mapping of fields to values")]
    name = data.get("type")
    shape = name if isinstance(name, str) and name in TYPES else "Event"
    own = {key: data[key] for key in data if key[:2] == "x-"}
    rest = {key: value for key, value in data.items() if key not in own} if own else data
    findings = list(_type_findings(data)) if shape == "Event" else []
    event: Plain | None = None
    try:
        event = _validator(shape).validate_python(rest)
    except ValidationError as error:
        findings += [one for one in _findings_of(error, shape, rest)
                     if shape != "Event" or _is_common(one)]  # fmt: skip
    located = {one.loc for one in findings}
    findings += [one for one in _by_rules(shape, rest) if one.loc not in located]
    findings += [one for key, value in own.items() for one in _own_field_findings(value, (key,))]
    if event is None or findings:
        return None, findings
    if own:
        event.update(sorted(own.items()))
    return event, findings


def validate_input(
    record: Any, vocabulary: Vocabulary, *, today: date | None = None,
    resolve_id: Callable[[str], str] | None = None,
) -> tuple[Any, Plain | None, list[Finding]]:  # fmt: skip
    """Return a typed record in the stored form, the event that it is or None, and its findings.

    The parameters are those of `from_input`. A code that is not known is a finding, not a fault of
    the event.
    """
    from rexctl.model.typed_input import from_input  # only what is typed needs it

    record, unknown = from_input(record, vocabulary, today=today, resolve_id=resolve_id)
    event, faults = validate(record)
    located = {one.loc for one in unknown}
    return record, event, [*unknown, *(one for one in faults if one.loc not in located)]


@cache
def _validator(shape: str) -> SchemaValidator:
    """Return the validator of a type; `Event` has the fields of all types."""
    return SchemaValidator(_mapping_schema(shape))


@cache
def _mapping_schema(shape: str) -> core_schema.CoreSchema:
    needed, choices = REQUIRED.get(shape, {}), CHOICES.get(shape, {})
    fields = {
        key: core_schema.typed_dict_field(
            _schema_of(kind, choices.get(key)), required=key in needed
        )
        for key, kind in SHAPES[shape].items()
    }
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid", strict=True)


def _schema_of(kind: Any, choices: list[str] | None) -> core_schema.CoreSchema:
    if isinstance(kind, list):
        return core_schema.list_schema(_schema_of(kind[0], choices), min_length=1, strict=True)
    if choices:
        return core_schema.literal_schema(choices)
    if "|" in kind:
        schemas = [_schema_of(word, None) for word in kind.split("|")]
        return core_schema.tagged_union_schema(dict(zip(_ARMS, schemas, strict=True)), _arm_of)
    if kind in SHAPES:
        return _mapping_schema(kind)
    return core_schema.no_info_plain_validator_function(partial(check_text, kind))


def _arm_of(value: Any) -> str:
    """Return the arm of a union that a value belongs to: a bare text, or a mapping."""
    return _ARMS[1] if isinstance(value, dict) else _ARMS[0]


def _type_findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    if "type" not in data:
        hint = f"one of {', '.join(TYPES)}"
        yield Finding("missing-field", "type is missing", hint=hint, loc=("type",), on="key")
    else:
        word = str(data["type"])
        other = WORDS["types"].get(word.lower())
        hint = f"did you mean {other}?" if other else did_you_mean(word, TYPES)
        hint = hint or "rexctl schema lists the types"
        yield Finding("unknown-type", f"{data['type']}: no such type", hint=hint, loc=("type",))


def _is_common(finding: Finding) -> bool:
    """Return whether a finding holds whatever the type is."""
    return finding.code != "unknown-field" and finding.loc != ("type",)


def _by_rules(shape: str, data: Any, loc: Loc = ()) -> Iterator[Finding]:
    """Yield the findings of the rules of a shape and of the parts in it."""
    for rule in RULES.get(shape, ()):
        yield from (one._replace(loc=loc + one.loc) for one in rule(data))
    for key, inner in _parts_with_rules(shape).items():
        value = data.get(key)
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for n, item in items:
            if isinstance(item, dict):
                yield from _by_rules(inner, item, (*loc, key) if n is None else (*loc, key, n))


@cache
def _parts_with_rules(shape: str) -> dict[str, str]:
    """Return the keys of a shape below which there are rules, with the shape of the part there."""
    parts = {key: shape_at((key,), shape) for key in SHAPES[shape]}
    return {key: inner for key, inner in parts.items()
            if inner in RULES or (inner in SHAPES and _parts_with_rules(inner))}  # fmt: skip


def _own_field_findings(value: Any, loc: Loc) -> Iterator[Finding]:
    """Check a project's own field: it is never interpreted, but a file must be able to hold it."""
    if len(loc) == 1 and value in ("", [], {}):
        yield Finding("empty-value", f"{loc[0]} is empty", hint="leave it out", loc=loc)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (
                _own_field_findings(key, loc) if key
                else [Finding("empty-key", "a key is empty", loc=loc)]
            )  # fmt: skip
            yield from _own_field_findings(inner, (*loc, key))
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _own_field_findings(item, (*loc, n))
    elif fault := text_fault(value):
        yield fault._replace(message=f"{loc[0]}: {fault.message}", loc=loc)


# Errors of pydantic-core as findings in the words of the file, by their type and context.


def _findings_of(error: ValidationError, shape: str, data: Any) -> Iterator[Finding]:
    """Yield each error of a validation once, with its path in the tree of the event."""
    seen: set[Loc] = set()
    for detail in error.errors(include_url=False, include_input=False):
        loc = tuple(step for step in detail["loc"] if step not in _ARMS)
        if loc not in seen:
            if len(seen) == _MOST:
                return
            seen.add(loc)
            yield _finding(detail, loc, shape, data)._replace(loc=loc)


def _finding(detail: ErrorDetails, loc: Loc, shape: str, data: Any) -> Finding:
    """Return the finding of an error, in the words of the file."""
    # An item of a list is named after its list: `controls`, not `0`.
    keys = [step for step in loc if isinstance(step, str)] or ["the event"]
    name, around = keys[-1], shape_at(keys[:-1], shape)
    match detail["type"]:
        case "missing":
            hint = REQUIRED[around][name]
            return Finding("missing-field", f"{name} is missing", hint=hint, on="key")
        case "extra_forbidden":
            hint = did_you_mean(name, SHAPES[around]) or "rexctl fields lists them"
            if name in REMOVED and upgrade(data) != data:
                hint = "earlier versions had it: rexctl fmt --upgrade rewrites the file"
            elif len(keys) > 1 and name in SHAPES[shape]:
                message = f"{name}: no field of {keys[-2]}; it is one of the event"
                hint = "write it without the indentation"
                return Finding("unknown-field", message, hint=hint, on="key")
            return Finding("unknown-field", f"{name}: no such field", hint=hint, on="key")
        case "literal_error":
            text, words = str(_value_at(data, loc)), CHOICES[around][name]
            message = f"{text}: {name} is one of {', '.join(words)}"
            word = INVERSES.get(text, text) if around == "Link" else text
            hint = did_you_mean(word, words)
            if not hint and (choices := choices_in(word, words)):
                hint = f"did you mean {', '.join(choices)}?"
            act = next((one for one in LIFECYCLE if name == "status" and one[:5] == text[:5]), "")
            if act and not hint:
                hint = f"it is an event of its own, with the link {act} to this one"
            return Finding("unknown-value", message, hint=hint)
        case "too_short":
            hint = "give at least one, or leave it out"
            return Finding("empty-value", f"{name} is an empty list", hint=hint)
        case kind if kind in _WRONG_SHAPES:
            return Finding("wrong-shape", f"{name} {_WRONG_SHAPES[kind]}")
        case code:
            context = detail.get("ctx", {})
            message = f"{name}: {context.get('message', code)}"
            return Finding(code, message, hint=context.get("hint", ""))


def _value_at(data: Any, loc: Loc) -> Any:
    for step in loc:
        data = data[step]
    return data
