"""A field judged alone is judged as the whole model judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rexctl.model.alone import judge_of, needed_in, part_of
from rexctl.model.parts import Product, Source
from rexctl.model.shape import key_of, shapes_in
from rexctl.model.types import TYPES
from rexctl.model.types.tariff import Tariff
from rexctl.model.validate import judge, model_of
from rexctl.vocabulary.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.model.shape import Shape

CONTEXT = {"vocabulary": shipped()}
BASE = {"id": "2025-10-09-a", "type": "tariff", "title": "A", "date": "2025-10-09", "status": "adopted",
        "actors": ["CN"], "sources": [{"url": "https://example.org/a"}]}  # fmt: skip


@pytest.mark.parametrize(("key", "value"), [
    ("title", "A"), ("title", " A"), ("title", "a" * 141), ("title", ["A"]), ("title", ""), ("title", 5),
    ("date", "2025-10"), ("date", "2025-13"), ("affected", ["US", "all"]), ("affected", ["China"]),
    ("affected", []), ("affected", "US"), ("affected", ["Atlantis"]), ("status", "adopted"), ("status", "Adopted"),
    ("products", ["hs:2846"]), ("products", ["hs:28.46"]), ("products", [{"cod": "hs:2846"}]),
    ("summary", "One. Two."), ("summary", "One.\nTwo."), ("effective", "2025"),
    ("note", "e\u0301"), ("sources", [{"url": "ftp://a"}]), ("type", "meeting"), ("confidence", "likely"),
])  # fmt: skip
def test_a_field_is_judged_as_in_the_whole_event(key: str, value: Any) -> None:
    event, _ = judge({**BASE, key: value}, shipped())
    stays = event is not None and event[key] == value
    assert judge_of(Tariff, key)(value, CONTEXT) == stays


def models() -> Iterator[type[Shape]]:
    ahead = [model_of(name) for name in TYPES]
    while ahead:
        model = ahead.pop()
        yield model
        ahead += [
            part for field in model.model_fields.values() for part in shapes_in(field.annotation)
        ]  # type: ignore[misc]


def test_no_model_has_a_validator_that_looks_beyond_one_field() -> None:
    """Else a field judged alone would not tell: what looks further is a rule."""
    for model in models():
        found = model.__pydantic_decorators__
        assert not (found.model_validators or found.field_validators or found.root_validators), (
            model
        )
        assert model.model_config["extra"] == "forbid"
        assert model.model_post_init is Tariff.model_post_init


def test_no_schema_is_nested_as_deep_as_a_document_may_be() -> None:
    def depth(model: type[Shape]) -> int:
        parts = [
            part for field in model.model_fields.values() for part in shapes_in(field.annotation)
        ]
        return 2 + max((depth(part) for part in parts), default=0)

    assert max(depth(model_of(name)) for name in TYPES) < 16


def test_what_a_mapping_needs_are_the_keys_without_which_it_is_refused() -> None:
    assert needed_in(Source) == frozenset()
    assert needed_in(Tariff) == frozenset(BASE)
    for key in BASE:
        assert judge({k: v for k, v in BASE.items() if k != key}, shipped())[0] is None


def test_the_model_below_a_key_is_found_by_its_name() -> None:
    assert part_of(Tariff, "products", "Product") is Product
    assert {key_of(Source, name) for name in Source.model_fields} >= {"url", "title"}
