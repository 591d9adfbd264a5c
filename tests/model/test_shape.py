from __future__ import annotations

from typing import ClassVar

import pytest
from pydantic import Field

from rexctl.model.rules import RULES
from rexctl.model.schema import Shape, Some
from rexctl.model.tables import SHAPES
from rexctl.model.types import TYPES
from tests.read_models import keys_of, leaf_of, model_of


class Leg(Shape):
    head: ClassVar[str] = "long"
    long: str = "1"


class Table(Shape):
    from_: str | None = Field(default=None, alias="from")
    legs: Some[str | Leg] | None = None
    top: Leg | None = None


def test_a_key_is_the_word_of_the_file() -> None:
    assert [key for key, _ in keys_of(Table)] == ["from", "legs", "top"]


@pytest.mark.parametrize("name", TYPES)
def test_the_chief_field_of_every_part_and_those_it_is_known_by_are_fields_of_it(name: str) -> None:
    todo = [part for _, info in keys_of(model_of(name)) for part in leaf_of(info).models]
    while todo:
        part = todo.pop()
        assert {part.head, *part.known_by} <= set(dict(keys_of(part))), part
        assert set(part.usual) <= set(dict(keys_of(part)))
        todo += [inner for _, info in keys_of(part) for inner in leaf_of(info).models]


@pytest.mark.parametrize("shape", RULES)
def test_a_rule_bears_with_anything(shape: str) -> None:
    for key in SHAPES[shape]:
        for value in ([], {}, "", ["x"], {"x": "y"}, "\u202e"):
            for rule in RULES[shape]:
                list(rule({key: value}))
