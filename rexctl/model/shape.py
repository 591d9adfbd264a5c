"""The base class of the models of events and their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from rexctl.records import Finding

T = TypeVar("T")
# Unknown is absent: an empty list says nothing, so it is refused.
Some = Annotated[list[T], Field(min_length=1)]
Loc = tuple[str | int, ...]
Rule = Callable[[Mapping[str, Any]], Iterator[Finding]]


def finding_at(loc: Loc, code: str, message: str, hint: str = "", on: str = "value") -> Finding:
    """Return the finding of a fault at `loc`; its line is worked out when it is shown."""
    return Finding(code, message, hint=hint, loc=loc, on=on)


class Shape(BaseModel):
    """A mapping of the schema: it holds the declared keys and no other.

    `head` names the chief field, for which a bare text stands on input and by which the part is
    shown and filtered. `known_by` names the fields that identify an item of a list where the head
    alone does not. `usual` holds values that input may leave out; a file has them in full. `rules`
    check what concerns more than one field; they get the raw data, so that they report even where a
    field is faulty, and must accept anything in it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    head: ClassVar[str] = ""
    known_by: ClassVar[tuple[str, ...]] = ()
    usual: ClassVar[Mapping[str, str]] = {}
    rules: ClassVar[tuple[Rule, ...]] = ()


def key_of(model: type[Shape], name: str) -> str:
    """Return the key under which a field is stored: `from`, not `from_`."""
    return model.model_fields[name].alias or name
