from __future__ import annotations

from typing import ClassVar

import pytest
from pydantic import Field, ValidationError

from rexctl.model.measure import Effective
from rexctl.model.parts import Link, Product, Source
from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.shape import Shape, Some, key_of
from rexctl.model.types import TYPES, model_of


class Leg(Shape):
    head: ClassVar[str] = "long"
    long: str = "1"


class Table(Shape):
    from_: str | None = Field(default=None, alias="from")
    legs: Some[str | Leg] | None = None
    top: Leg | None = None


def test_a_key_is_the_word_of_the_file() -> None:
    assert key_of(Table, "from_") == "from"
    assert key_of(Table, "legs") == "legs"


def test_an_unknown_key_and_the_name_in_the_code_are_refused() -> None:
    for data in ({"arms": "2"}, {"from_": "2025"}):
        with pytest.raises(ValidationError):
            Table.model_validate(data)


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(ValidationError):
        Table.model_validate({"legs": []})


def test_a_model_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Leg().long = "2"


@pytest.mark.parametrize("name", TYPES)
def test_the_chief_field_of_every_part_and_those_it_is_known_by_are_fields_of_it(name: str) -> None:
    todo = [part for _, info in keys_of(model_of(name)) for part in leaf_of(info).models]
    while todo:
        part = todo.pop()
        assert {part.head, *part.known_by} <= set(dict(keys_of(part))), part
        assert set(part.usual) <= set(dict(keys_of(part)))
        todo += [inner for _, info in keys_of(part) for inner in leaf_of(info).models]


@pytest.mark.parametrize("model", [Effective, Source, Link, Product])
def test_a_rule_bears_with_anything(model: type[Shape]) -> None:
    for key in dict(keys_of(model)):
        for value in ([], {}, "", ["x"], {"x": "y"}, "\u202e"):
            for rule in model.rules:
                list(rule({key: value}))
