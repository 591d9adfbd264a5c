"""How the models declare the schema: shapes, the kinds of their fields, and what a field holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

T = TypeVar("T")
# Unknown is absent: an empty list says nothing, so it is refused.
Some = Annotated[list[T], Field(min_length=1)]


class Shape(BaseModel):
    """A mapping of the schema: it holds the declared keys and no other.

    `head` names the chief field, for which a bare text stands on input and by which the part is
    shown and filtered. `known_by` names the fields that identify an item of a list where the head
    alone does not. `usual` holds values that input may leave out; a file has them in full.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    head: ClassVar[str] = ""
    known_by: ClassVar[tuple[str, ...]] = ()
    usual: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def field_names(cls) -> list[str]:
        """Return the names of the fields in the order in which a file has them."""
        return list(cls.model_fields)


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a field's text.

    `word` names it in the schema tables and in `rules.py`, `values` are the only texts allowed, and
    `all_too` says that the word `all` may replace an actor's code.
    """

    word: str
    values: tuple[str, ...] = ()
    all_too: bool = False


Text = Annotated[str, Kind("text")]
Prose = Annotated[str, Kind("prose")]
Date = Annotated[str, Kind("date")]
Day = Annotated[str, Kind("day")]
Time = Annotated[str, Kind("time")]
Number = Annotated[str, Kind("number")]
Integer = Annotated[str, Kind("integer")]
Url = Annotated[str, Kind("url")]
Slug = Annotated[str, Kind("slug")]
Id = Annotated[str, Kind("id")]
Actor = Annotated[str, Kind("actor")]
ActorOrAll = Annotated[str, Kind("actor", all_too=True)]
Country = Annotated[str, Kind("country")]
ProductCode = Annotated[str, Kind("product")]
Law = Annotated[str, Kind("law")]
ListCode = Annotated[str, Kind("list")]
Currency = Annotated[str, Kind("currency")]
Zone = Annotated[str, Kind("zone")]


def optional(description: str, example: Any = None, alias: str | None = None) -> Any:
    """Declare a field that may be absent."""
    return _field(description, example, alias, default=None)


def required(description: str, example: Any = None, alias: str | None = None) -> Any:
    """Declare a field that every event or part of this type has."""
    return _field(description, example, alias)


def _field(description: str, example: Any, alias: str | None, **more: Any) -> Any:
    examples = [] if example is None else [example]
    return Field(description=description, examples=examples, alias=alias, **more)


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


def keys_of(model: type[Shape]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the keys of a model (`from`, not `from_`) and their fields in the order of a file."""
    for name in model.field_names():
        field = model.model_fields[name]
        yield field.alias or name, field
