"""One field of a model judged alone: with the answer that the whole model would give of it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from rexctl.model.shape import key_of, shapes_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from rexctl.model.shape import Shape


@cache
def judge_of(model: type[Shape], key: str) -> Callable[..., bool]:
    """Give what tells whether a value is good in this field and canonical: judged, it stays.

    It takes the value, a text or a list of texts, and as `context` what the validators of a model
    are given. No validator of ours looks beyond its own field (what does is a rule), so the fields
    of a mapping can be judged one by one.
    """
    field = next(field for name, field in model.model_fields.items() if key_of(model, name) == key)
    validate = TypeAdapter(field.rebuild_annotation()).validator.validate_python

    def stays(value: Any, context: dict[str, Any]) -> bool:
        try:
            return bool(validate(value, context=context) == value)
        except ValidationError:
            return False

    return stays


@cache
def needed_in(model: type[Shape]) -> frozenset[str]:
    """Give the keys that a mapping of this model must have."""
    fields = model.model_fields.items()
    return frozenset(key_of(model, name) for name, field in fields if field.is_required())


def part_of(model: type[Shape], key: str, name: str) -> type[Shape]:
    """Give the model of this name that may stand in a field, alone or in a list."""
    field = next(field for own, field in model.model_fields.items() if key_of(model, own) == key)
    return next(part for part in shapes_in(field.annotation) if part.__name__ == name)
