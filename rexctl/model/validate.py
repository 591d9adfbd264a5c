"""The types by name, and the judgement of plain data by the model of its type."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from rexctl.model.event import Event
from rexctl.model.fields import extra
from rexctl.model.pydantic_errors import faults_of
from rexctl.model.shape import Fault, Shape, key_of, shapes_in
from rexctl.model.types import TYPES
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.vocabulary.vocabulary import Vocabulary

Plain = dict[str, Any]


def room_of(name: str) -> Any:
    """Give the module of a type: its docstring, class and EXAMPLE. Raises KeyError."""
    return import_module(TYPES[name])


@cache
def model_of(name: str) -> type[Event]:
    """Give the Pydantic class of a type by its name, such as `export-control`. Raises KeyError."""
    title = "".join(word.title() for word in name.split("-"))
    model: type[Event] = getattr(room_of(name), title)
    return model


def judge(data: Any, vocabulary: Vocabulary) -> tuple[Plain | None, list[Fault]]:
    """Judge plain data as an event.

    Gives the event as canonical plain data, and no fault; or None, and every fault of it.
    """
    if not isinstance(data, dict):
        return None, [Fault((), "wrong-shape", "an event is a mapping of fields to values")]
    name = data.get("type")
    known = isinstance(name, str) and name in TYPES
    model = model_of(str(name)) if known else Event
    own = {key: data[key] for key in data if key[:2] == "x-"}
    rest = {key: value for key, value in data.items() if key not in own} if own else data
    faults = [] if known else list(_type_faults(data))
    found: Plain | None = None
    try:
        event = model.model_validate(rest, context={"vocabulary": vocabulary})
        found = event.model_dump(by_alias=True, exclude_none=True)
        found.update(own)
    except ValidationError as error:
        faults += [fault for fault in faults_of(error, model, rest) if known or _common(fault)]
    told = {fault.loc for fault in faults}
    faults += [fault for fault in _by_rules(model, rest) if fault.loc not in told]
    faults += [fault for key, value in own.items() for fault in _extra_faults(value, (key,))]
    return (None if faults else found), faults


def _type_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    if "type" not in data:
        names = ", ".join(TYPES)
        yield Fault(("type",), "missing-field", "type is missing", f"one of {names}", on="key")
    else:
        hint = did_you_mean(str(data["type"]), TYPES) or "rexctl schema lists the types"
        yield Fault(("type",), "unknown-type", f"{data['type']}: no such type", hint)


def _common(fault: Fault) -> bool:
    """Tell a fault that holds whatever the type may be from one that only the type can tell."""
    return fault.code != "unknown-field" and fault.loc != ("type",)


def _by_rules(model: type[Shape], data: Any, loc: tuple[str | int, ...] = ()) -> list[Fault]:
    if not isinstance(data, dict):
        return []
    told = [fault._replace(loc=loc + fault.loc) for rule in model.rules for fault in rule(data)]
    for key, parts in _inner(model):
        if (value := data.get(key)) is None:
            continue
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for n, item in items:
            for part in parts if isinstance(item, dict) else ():
                told += _by_rules(part, item, (*loc, key) if n is None else (*loc, key, n))
    return told


@cache
def _inner(model: type[Shape]) -> tuple[tuple[str, tuple[type[Shape], ...]], ...]:
    """The keys of a model below which there may be rules, with the models that stand there."""
    found = ((key_of(model, name), tuple(shapes_in(field.annotation)))
             for name, field in model.model_fields.items())  # fmt: skip
    return tuple((key, tuple(p for p in parts if p.rules or _inner(p))) for key, parts in found
                 if any(p.rules or _inner(p) for p in parts))  # fmt: skip


def _extra_faults(value: Any, loc: tuple[str | int, ...]) -> Iterator[Fault]:
    """A project's own field is never interpreted, but a file must be able to hold it."""
    if len(loc) == 1 and value in ("", [], {}):
        yield Fault(loc, "empty-value", f"{loc[0]} is empty", "leave it out")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from (
                _extra_faults(key, loc) if key else [Fault(loc, "empty-key", "a key is empty")]
            )
            yield from _extra_faults(part, (*loc, key))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _extra_faults(part, (*loc, n))
    else:
        try:
            extra(value)
        except PydanticCustomError as fault:
            told = (fault.context or {}).get("message", "")
            yield Fault(loc, fault.type, f"{loc[0]}: {told}")
