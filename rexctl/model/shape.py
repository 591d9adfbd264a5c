"""What every model of an event and of its parts has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")
# Unknown is absent: an empty list says nothing, so it is refused rather than kept.
Some = Annotated[list[T], Field(min_length=1)]


class Fault(NamedTuple):
    """A fault of plain data: where in the tree, a stable code, a sentence, a mend."""

    loc: tuple[str | int, ...]
    code: str
    message: str
    hint: str = ""
    on: str = "value"


Rule = Callable[[Mapping[str, Any]], Iterator[Fault]]


class Shape(BaseModel):
    """A mapping of the schema: only known keys, immutable.

    `head` names the chief field, by which the whole is shown and filtered. `known_by` names the
    fields that tell one item of a list from another, where the head alone does not. `usual` holds what a
    flag on the command line takes for granted; a file says it in full. `rules` judge what no
    single field can tell; they are given raw plain data, so that they speak even where a field is
    faulty, and must bear with anything in it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    head: ClassVar[str] = ""
    known_by: ClassVar[tuple[str, ...]] = ()
    usual: ClassVar[Mapping[str, str]] = {}
    rules: ClassVar[tuple[Rule, ...]] = ()


def shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    """Give the models that stand somewhere in the annotation of a field."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from shapes_in(inner)


def key_of(model: type[Shape], name: str) -> str:
    """Give the key under which a field stands in a file: `from`, not `from_`."""
    return model.model_fields[name].alias or name
