from __future__ import annotations

from typing import Any

import pytest

from rexctl.model.tables import chief_field
from rexctl.output.cells import cell_text, cell_texts, scalar_text, value_texts

EVENT: dict[str, Any] = {
    "id": "a-1",
    "actors": ["US", "CN"],
    "rates": [
        {"value": "10", "unit": "percent", "prior": "5"},
        {"value": "25", "unit": "percent"},
    ],
    "effective": {"from": "2025-11-01", "until": "2026-11-10"},
    "products": ["hs:2846", {"code": "material:dysprosium", "role": "inferred"}],
    "sources": [{"title": "A title"}, {"url": "https://example.org/x"}],
    "clauses": [{"id": "1(1)", "products": ["hs:28", "hs:29"]}, {"id": "1(3)"}],
}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("id", "a-1"),
        ("actors", "US, CN"),
        ("rates", "10, 25"),
        ("rates.unit", "percent, percent"),
        ("effective", "2025-11-01"),
        ("effective.until", "2026-11-10"),
        ("products", "hs:2846, material:dysprosium"),
        ("sources", "A title, https://example.org/x"),
        ("clauses.products", "hs:28, hs:29"),
        ("status", ""),
    ],
)
def test_lists_are_joined_and_mappings_shown_by_head(column: str, text: str) -> None:
    assert cell_text(EVENT, column) == text


def test_columns_of_one_list_stay_side_by_side() -> None:
    assert cell_texts(EVENT, "rates.value") == ["10", "25"]
    assert cell_texts(EVENT, "rates.prior") == ["5", ""]
    assert cell_text(EVENT, "rates.prior") == "5"


def test_what_no_element_has_is_no_text() -> None:
    assert cell_texts(EVENT, "rates.currency") == []


def test_the_chief_field_follows_from_the_shapes() -> None:
    assert chief_field("rates") == "value"
    assert chief_field("clauses.products") == "code"
    assert chief_field("links") == "to"
    assert chief_field("title") == chief_field("no.such.thing") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [("x", "x"), (True, "true"), (False, "false"), (None, ""), (3, "3"), (0, "0")],
)
def test_a_leaf_is_spelled_as_json_has_it(value: object, text: str) -> None:
    assert scalar_text(value) == text


def test_a_mapping_without_a_chief_field_shows_its_first_text() -> None:
    assert value_texts({"inner": {"a": "b"}, "name": "n"}) == ["n"]
    assert value_texts([{"a": "1"}, "2", None]) == ["1", "2"]
