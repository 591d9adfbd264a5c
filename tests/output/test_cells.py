from __future__ import annotations

from typing import Any

import pytest

from rexctl.model.tables import chief_field
from rexctl.output.cells import (
    cell_text,
    fields_left_out,
    scalar_text,
    select_columns,
    value_at,
    value_texts,
)  # fmt: skip

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
        ("rates", "10%, 25%"),
        ("rates.unit", "percent, percent"),
        ("effective", "2025-11-01"),
        ("effective.until", "2026-11-10"),
        ("products", "hs:2846, material:dysprosium, hs:28, hs:29"),
        ("products.code", "hs:2846, material:dysprosium, hs:28, hs:29"),
        ("sources", "A title, https://example.org/x"),
        ("clauses.products", "hs:28, hs:29"),
        ("status", ""),
    ],
)
def test_lists_are_joined_and_mappings_shown_by_head(column: str, text: str) -> None:
    assert cell_text(EVENT, column) == text


def test_a_rate_is_shown_as_it_is_typed() -> None:
    rates = [
        {"value": "25", "unit": "percent"}, {"value": "24", "unit": "percentage-points"},
        {"value": "80", "unit": "specific", "currency": "USD", "per": "kg"}, {"value": "7"},
    ]  # fmt: skip
    assert cell_text({"rates": rates}, "rates") == "25%, 24pp, 80 USD/kg, 7"


def test_the_values_of_clauses_count_as_those_of_the_event() -> None:
    event = {
        "effective": {"until": "2026-01-01"},
        "clauses": [
            {
                "id": "1",
                "effective": {"from": "2025-12-01"},
                "rates": [{"value": "5", "prior": "3"}],
            },
            {"id": "2", "effective": {"from": "2025-10-09"}, "rates": [{"value": "7"}]},
            {"id": "3", "effective": {"from": "2025-10-09"}},
        ],
    }
    assert select_columns(event, ("effective.from", "effective.until", "rates.value", "id")) == {
        "effective.from": ["2025-12-01", "2025-10-09"], "effective.until": "2026-01-01",
        "rates.value": ["5", "7"],
    }  # fmt: skip
    assert cell_text(event, "rates.prior") == "3"
    assert cell_text(event, "clauses.id") == "1, 2, 3"


def test_a_plain_text_counts_as_its_chief_field() -> None:
    event = {"products": ["hs:2846", {"code": "material:gallium", "role": "inferred"}]}
    assert value_at(event, "products.code") == ["hs:2846", "material:gallium"]
    assert value_at(event, "products.role") == ["inferred"]
    assert cell_text(event, "products.role") == "inferred"


def test_selected_columns_come_in_the_order_in_which_they_are_named() -> None:
    event = {"id": "a", "effective": {"from": "2025"}}
    found = select_columns(event, ("effective.from", "status", "id"))
    assert list(found.items()) == [("effective.from", "2025"), ("id", "a")]


def test_a_field_is_left_out_where_its_cell_does_not_show_all_of_it() -> None:
    columns = ("id", "effective.from", "rates", "products", "sources")
    event = {
        "id": "a", "title": "b", "effective": {"from": "2025"}, "products": ["hs:28"],
        "rates": [{"value": "1", "unit": "percent"}], "sources": [{"url": "https://example.org"}],
        "_v": "1",
    }  # fmt: skip
    assert fields_left_out(event, columns) == ["title"]
    event |= {"effective": {"from": "2025", "tz": "UTC"}, "products": [{"code": "hs:28", "role": "x"}],
              "rates": [{"value": "1", "prior": "2"}], "sources": [{"title": "A book"}]}  # fmt: skip
    assert fields_left_out(event, columns) == ["title", "effective"]


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
