"""The fields of the form of `add -e`, read from the models of the event types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.cli.form import HINT
from rexctl.model.event import Clause
from rexctl.model.types import TYPES
from tests.generate_flags import flags_of_model
from tests.generate_tables import json_lines
from tests.read_models import keys_of, leaf_of, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from rexctl.model.schema import Shape

_NO_FIELDS = frozenset({"id", "type", "aliases"})
_OF_NEEDED_PART = 4  # fields of a part that every event has; a source has twelve


def forms_json() -> str:
    """Return the text of `rexctl/resources/forms.json`.

    It has for each type its fields, each with its group and its lines in a form that is not filled
    in: to fill in where it is needed or common, else as a hint.
    """
    return json_lines({name: _fields_of(name) for name in TYPES})


def _fields_of(name: str) -> dict[str, list[str]]:
    model = model_of(name)
    groups = {flag["top"]: flag["group"] for flag in reversed(list(flags_of_model(model)))}
    fields: dict[str, list[str]] = {}
    for key, info in keys_of(model):
        if key in _NO_FIELDS:
            continue
        common = groups.get(key) == "common"
        group = "needed" if info.is_required() else "common" if common else "more"
        lines = _field(key, info) if group != "more" else _hints(key, info)
        fields[key] = [group, "\n".join(lines)]
    return fields


def _field(key: str, info: FieldInfo) -> Iterator[str]:
    """Yield the lines of a field to fill in, with what may stand there as a hint."""
    leaf = leaf_of(info)
    if leaf.kind:
        value = leaf.values[0] if len(leaf.values) == 1 and info.is_required() else ""
        yield f"{HINT}{_hint(info)}"
        yield f"{key}: {value}".rstrip()
        return
    (model,) = leaf.models
    fields = _single_fields(model)
    shown = _OF_NEEDED_PART if info.is_required() else len(fields)
    yield f"{HINT}{(info.description or '').partition(';')[0]}"
    yield f"{key}:"
    for number, (inner, about) in enumerate(fields[:shown]):
        dash = "  " if not leaf.many else "    " if number else "  - "
        yield f"{' ' * len(dash)}{HINT}{_hint(about)}"
        yield f"{dash}{inner}:"
    if more := ", ".join(inner for inner, _ in fields[shown:]):
        yield f"    {HINT}also: {more}"


def _hints(key: str, info: FieldInfo) -> Iterator[str]:
    yield f"{HINT}{info.description}"
    yield from (HINT + line for line in _example(key, info))


def _hint(info: FieldInfo) -> str:
    """Return the legal words of a field, else what it means with an example."""
    leaf = leaf_of(info)
    if len(leaf.values) > 1:
        words = ", ".join(leaf.values)
        return f"{'several of' if leaf.many else 'one of'}: {words}"
    example = _example_value(info)
    about = (info.description or "").partition(";")[0]
    if example == "...":
        return about
    return f"{about}; such as {f'[{example}]' if leaf.many else example}"


def _example(key: str, info: FieldInfo) -> list[str]:
    """Return the lines of an example: one value, one item of a list, or the fields of a part."""
    leaf = leaf_of(info)
    if leaf.kind:
        value = _example_value(info)
        return [f"{key}:", f"  - {value}"] if leaf.many else [f"{key}: {value}"]
    (model,) = leaf.models
    lines = list(_part(model))
    if leaf.many:
        lines = [f"{'  ' if n else '- '}{line}" for n, line in enumerate(lines)]
    return [f"{key}:", *(f"  {line}" for line in lines)]


def _part(model: type[Shape]) -> Iterator[str]:
    """Yield the fields of a part: its single ones, lists of parts, and all parts of a clause."""
    for inner, about in _single_fields(model):
        yield f"{inner}: {_example_value(about)}"
    for inner, about in keys_of(model):
        leaf = leaf_of(about)
        if leaf.models and not leaf.kind and (leaf.many or issubclass(model, Clause)):
            yield from _example(inner, about)


def _single_fields(model: type[Shape]) -> list[tuple[str, FieldInfo]]:
    fields = [(k, i) for k, i in keys_of(model) if leaf_of(i).kind and not leaf_of(i).many]
    return sorted(fields, key=lambda pair: pair[0] != model.head)


def _example_value(info: FieldInfo) -> str:
    leaf = leaf_of(info)
    example = info.examples[0] if info.examples else None
    if isinstance(example, list):
        example = example[0]
    if leaf.values:
        return " | ".join(leaf.values)
    return str(example) if example is not None else "..."
