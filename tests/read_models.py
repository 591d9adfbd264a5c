"""What the models of the event types declare: their fields in order, and what each field holds."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args, get_origin

from rexctl.model.event import Event
from rexctl.model.schema import Kind, Shape
from rexctl.model.types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


def module_of(name: str) -> Any:
    """Return the module of a type: its docstring and class. Raises KeyError."""
    return import_module(TYPES[name])


@cache
def model_of(name: str) -> type[Event]:
    """Return the class of a type by its name, such as `export-control`. Raises KeyError."""
    class_name = "".join(word.title() for word in name.split("-"))
    model: type[Event] = getattr(module_of(name), class_name)
    return model


def caption_of(model: type[Event]) -> str:
    """Return what a type is in half a sentence: the docstring of its class."""
    text = (model.__doc__ or "").rstrip(".")
    return text[:1].lower() + text[1:]


def keys_of(model: type[Shape]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the keys of a model (`from`, not `from_`) and their fields in the order of a file.

    A type's own fields follow `products`, with window and clauses last.
    """
    names = list(model.model_fields)
    if issubclass(model, Event):
        common = list(Event.model_fields)
        border = common.index("products") + 1
        own = [name for name in names if name not in common]
        own.sort(key=("effective", "clauses").__contains__)
        names = common[:border] + own + common[border:]
    for name in names:
        field = model.model_fields[name]
        yield field.alias or name, field


class Leaf(NamedTuple):
    """What a field holds: a text of some kind, one of these models or either; `many` in a list."""

    text: Kind | None = None
    models: tuple[type[Shape], ...] = ()
    many: bool = False

    @property
    def kind(self) -> str:
        """The word for the kind of text, or an empty text."""
        return self.text.word if self.text else ""

    @property
    def values(self) -> tuple[str, ...]:
        """The only texts allowed, or nothing where any of the kind is."""
        return self.text.values if self.text else ()


def leaf_of(field: FieldInfo) -> Leaf:
    """Return what a field holds, read from its annotation."""
    return _read(Annotated[(field.annotation, *field.metadata)] if field.metadata
                 else field.annotation)  # fmt: skip


def _read(annotation: Any) -> Leaf:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return Leaf(models=(annotation,))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        kind = next((mark for mark in reversed(args) if isinstance(mark, Kind)), None)
        return Leaf(kind) if kind else _read(args[0])
    if origin is Literal:
        return Leaf(Kind("word", values=args))
    if origin is list:
        return _read(args[0])._replace(many=True)
    parts = [_read(arg) for arg in args]
    return Leaf(
        next((part.text for part in parts if part.text), None),
        tuple(model for part in parts for model in part.models),
        any(part.many for part in parts),
    )
