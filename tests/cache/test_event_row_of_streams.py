"""Rows of whole shapes, and of lines that another tool wrote."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.cache.event_row import EventRow, make_row
from rexctl.model.tables import FIELDS, HEADS, SHAPES, TYPES
from rexctl.values import json_text
from rexctl.values.dates import HIGHEST, LOWEST

CONTROL: dict[str, Any] = {
    "id": "2025-10-09-cn-mofcom-61",
    "type": "export-control",
    "title": "Announcement 61 puts rare-earth items made abroad under Chinese export licence",
    "date": "2025-10-09",
    "status": "adopted",
    "actors": ["CN/mofcom"],
    "products": ["hs:2846", {"code": "material:dysprosium", "role": "reference"}],
    "clauses": [
        {"id": "1(1)", "title": "Made abroad", "effective": {"from": "2025-12-01"},
         "products": ["hs:280530"]},
    ],
    "links": [{"rel": "responds-to", "to": "2025-09-29-us-bis-affiliates"}],
}  # fmt: skip
TARIFF: dict[str, Any] = {
    "id": "2025-11-10-us-fentanyl", "type": "tariff", "date": "2025-11-10",
    "rates": [{"value": "10.50", "unit": "percent"}, {"value": "5", "unit": "percent"}],
}  # fmt: skip


def texts(row: EventRow, field: str) -> list[str]:
    return [text for name, text, *_ in row.values if name == field]


def leaf_of(kind: str) -> str:
    known = {"date": "2025-10", "day": "2025-10-09", "number": "10.50", "integer": "61"}
    return known.get(kind, f"some {kind}")


def whole(shape: str) -> dict[str, Any]:
    """Data in which every field of a shape stands, a bare code or a mapping where both may."""
    found: dict[str, Any] = {}
    for key, kind in SHAPES[shape].items():
        one = kind[0] if isinstance(kind, list) else kind
        leaf, _, mapping = one.rpartition("|")
        value: Any = whole(mapping) if mapping in SHAPES else leaf_of(leaf or one)
        found[key] = (
            [value, leaf_of(leaf)] if leaf else [value] if isinstance(kind, list) else value
        )
    return found | ({"type": shape} if shape in TYPES else {})


@pytest.mark.parametrize("name", TYPES)
def test_every_field_of_a_type_survives_the_line(name: str) -> None:
    event = whole(name)
    line = json_text.loads(make_row(event).json.decode())
    assert {key: value for key, value in line.items() if key[0] != "_"} == event


def test_a_number_that_json_cannot_write_stays_a_text() -> None:
    line = make_row({**TARIFF, "rates": [{"value": "ten"}, {"value": "+5"}]}).json
    assert json.loads(line)["rates"] == [{"value": "ten"}, {"value": "+5"}]


def test_an_event_without_a_date_may_lie_anywhere() -> None:
    row = make_row({"id": "a", "title": "b"})
    assert (row.low, row.high) == (LOWEST, HIGHEST)


@pytest.mark.parametrize("name", TYPES)
def test_every_name_that_a_query_may_use_is_filled(name: str) -> None:
    filled = {value[0] for value in make_row(whole(name)).values}
    legal = {field for field, info in FIELDS.items() if name in info.types}
    assert legal - {"state"} <= filled  # that one is computed from all events


@pytest.mark.parametrize("name", TYPES)
def test_every_leaf_is_read_by_the_kind_that_a_query_gives_its_name(name: str) -> None:
    windowed = {"date", "day", "number", "integer"}
    for value in make_row(whole(name)).values:
        if value[0] in FIELDS:
            assert (value[2] is not None) == (FIELDS[value[0]].kind in windowed), value


def test_every_chief_field_is_a_leaf() -> None:
    assert all(isinstance(SHAPES[shape][head], str) for shape, head in HEADS.items())


def test_a_bare_code_and_a_mapping_are_found_under_the_same_names() -> None:
    row = make_row({**CONTROL, "clauses": []})
    assert texts(row, "products") == texts(row, "products.code") == [
        "hs:2846", "material:dysprosium",
    ]  # fmt: skip


def test_confidence_is_confirmed_unless_said() -> None:
    assert texts(make_row(CONTROL), "confidence") == ["confirmed"]
    assert "confidence" not in json.loads(make_row(CONTROL).json)
    assert texts(make_row({**CONTROL, "confidence": "likely"}), "confidence") == ["likely"]
    assert make_row({**CONTROL, "confidence": "retracted"}).confidence == "retracted"


def test_words_do_not_run_from_one_leaf_into_the_next() -> None:
    row = make_row({**CONTROL, "title": "alpha", "tags": ["beta"], "note": "gamma"})
    assert row.title == "alpha"
    assert row.prose.split("\n")[-1] == "gamma"


@pytest.mark.parametrize("line", [{}, {"type": "harvest"}, {"type": "TariffClause"}])
def test_a_line_of_no_known_type_has_the_fields_of_all(line: dict[str, str]) -> None:
    row = make_row({**line, "date": "2025-10", "rates": [{"value": "5"}], "actors": "CN"})
    windows = {v[0]: (v[2], v[3]) for v in row.values}
    first, last = date(2025, 10, 1).toordinal(), date(2025, 10, 31).toordinal()
    assert windows["date"] == (first, last) == (row.low, row.high)
    assert windows["rates.value"] == (5.0, 5.0)
    assert texts(row, "actors") == ["CN"]


def test_what_says_nothing_has_no_leaf() -> None:
    row = make_row({"x-a": None, "x-b": "", "x-c": [], "x-d": {}, "x-e": True, "note": ""})
    assert {v[0] for v in row.values} == {"x-e", "confidence"}
    assert texts(row, "x-e") == ["true"]


def test_a_line_nested_without_measure_is_read() -> None:
    deep: Any = "pearl"
    for _ in range(90):
        deep = {"a": deep}
    row = make_row({"x-deep": deep, "id": "a"})
    assert row.prose == "pearl"
    assert texts(row, "x-deep" + ".a" * 90) == ["pearl"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.just(json_text.Num("1e999")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*FIELDS, "x-y", "", "value", "code"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*SHAPES["tariff"], "x-y", "_v"]), ANYTHING, max_size=6))
def test_anything_has_a_row_and_a_line_that_can_be_read(data: dict[str, Any]) -> None:
    row = make_row(data)
    line = json_text.loads(row.json.decode())
    assert {k: v for k, v in line.items() if k[0] != "_"} == {
        k: v for k, v in data.items() if k[0] != "_"
    }
