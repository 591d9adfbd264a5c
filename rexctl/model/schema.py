"""How the models declare the schema: shapes, and the kinds of their fields.

No command loads the models: they are the source of the tables, options, forms and pages that `python
-m tests.regenerate` writes (`tests/read_models.py` reads the declarations).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field

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
