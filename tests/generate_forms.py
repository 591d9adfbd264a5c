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
# The fields of a part that are shown; the others are named. Of a part that is not listed all are.
_SHOWN = {
    "Source": ("url", "title", "publisher", "published"),
    "Effective": ("from", "until", "through"),
    "Entity": ("name", "country"),
    "Instrument": ("issuer", "kind", "number", "year"),
    "Link": ("to", "rel", "clause", "asserted_by"),
    "Claim": ("text", "by", "attribution"),
    "Commitment": ("id", "by", "what", "due"),
    "Clause": ("id", "title", "affected", "products", "rates", "controls", "list", "change", "category",
               "entities", "effective"),
}  # fmt: skip
_EXAMPLES = {"product": "hs:2846", "law": "us/ieepa/fentanyl"}
# Parts that are one text, with an example of it.
_TEXTS = {"Rate": "25%", "Threshold": "ownership >= 50%", "Count": "7", "Quota": "50000 t"}


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
        common = groups.get(key) == "common" or key == "commitments"
        group = "needed" if info.is_required() else "common" if common else "more"
        lines = _field(key, info) if group != "more" else _hints(key, info)
        fields[key] = [group, "\n".join(lines)]
    return fields


def _field(key: str, info: FieldInfo) -> Iterator[str]:
    """Yield the lines of a field to fill in, with what may stand there as a hint."""
    leaf = leaf_of(info)
    about = (info.description or "").partition(";")[0]
    if leaf.kind:
        value = leaf.values[0] if len(leaf.values) == 1 and info.is_required() else ""
        yield f"{HINT}{_hint(info)}"
        yield f"{key}: {value}".rstrip()
        return
    (model,) = leaf.models
    if text := _TEXTS.get(model.__name__):
        yield f"{HINT}{about}; such as {text}"
        yield f"{key}:"
        return
    shown, others = _split_fields(model)
    yield f"{HINT}{about}"
    yield f"{key}:"
    for number, (inner, one) in enumerate(shown):
        dash = "  " if not leaf.many else "    " if number else "  - "
        yield f"{' ' * len(dash)}{HINT}{_hint(one)}"
        yield f"{dash}{inner}:"
    if others:
        yield f"{' ' * (4 if leaf.many else 2)}{HINT}also: {', '.join(others)}"


def _hints(key: str, info: FieldInfo) -> Iterator[str]:
    """Yield a field as a hint: what it is, the legal words in it, and an example."""
    leaf = leaf_of(info)
    yield f"{HINT}{info.description}"
    inner = [(key, info)] if leaf.kind else _split_fields(leaf.models[0])[0]
    for name, one in inner:
        if len(words := leaf_of(one).values) > 1:
            yield f"{HINT}({name} is one of {', '.join(words)})"
    if not leaf.kind and (others := _split_fields(leaf.models[0])[1]):
        yield f"{HINT}(also: {', '.join(others)})"
    # Without the blank of other hints: what is left where the sign is removed is the field.
    yield from (HINT.strip() + line for line in _example(key, info))


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


def _example(key: str, info: FieldInfo, *, is_inner: bool = False) -> list[str]:
    """Return the lines of an example: a value, or the fields of a part; within a part one value."""
    leaf = leaf_of(info)
    if leaf.kind or leaf.models[0].__name__ in _TEXTS or (is_inner and leaf.many):
        return [f"{key}: {_example_value(info)}"]
    (model,) = leaf.models
    fields = [one for one in _split_fields(model)[0] if one[0] != "through"]
    lines = [line for inner, one in fields for line in _example(inner, one, is_inner=True)]
    if leaf.many:
        lines = [f"{'  ' if n else '- '}{line}" for n, line in enumerate(lines)]
    return [f"{key}:", *(f"  {line}" for line in lines)]


def _split_fields(model: type[Shape]) -> tuple[list[tuple[str, FieldInfo]], list[str]]:
    """Return the fields of a part that are shown, its chief one first, and the names of the others."""
    name = "Clause" if issubclass(model, Clause) else model.__name__
    fields = sorted(keys_of(model), key=lambda pair: pair[0] != model.head)
    names = _SHOWN.get(name) or [key for key, info in fields if leaf_of(info).kind]
    shown = [(key, info) for key, info in fields if key in names]
    return shown, [key for key, _ in fields if key not in names]


def _example_value(info: FieldInfo) -> str:
    leaf = leaf_of(info)
    if not leaf.kind:
        (model,) = leaf.models
        head = dict(keys_of(model))[model.head]
        return _TEXTS.get(model.__name__) or _example_value(head)
    example = info.examples[0] if info.examples else None
    if isinstance(example, list):
        example = example[0]
    if leaf.values:
        return leaf.values[0]
    return str(example or _EXAMPLES.get(leaf.kind, "..."))
