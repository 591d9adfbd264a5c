from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.derive.row import row_of
from rexctl.plain import dates, jsontext, register
from rexctl.plain.legal import FIELDS, SHAPES
from tests.events import made
from tests.events.made import good, plain_of


def found(data: dict[str, Any], field: str) -> list[str]:
    return [value.text for value in row_of(data).values if value.field == field]


@pytest.mark.parametrize("name", register.TYPES)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_line_holds_the_whole_event_in_schema_order(name: str, data: st.DataObject) -> None:
    event = good(data.draw(made.events(name)))
    line = jsontext.loads(row_of(event).json)
    computed = [key for key in line if key.startswith("_")]
    assert {key: value for key, value in line.items() if key not in computed} == event
    keys = [key for key in line if key not in computed]
    assert keys == [key for key in SHAPES[name] if key in event]
    assert list(line)[len(keys) :] == computed
    assert computed[-1] == "_v"


@pytest.mark.parametrize("name", register.TYPES)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_value_goes_by_a_name_that_a_query_knows(name: str, data: st.DataObject) -> None:
    row = row_of(good(data.draw(made.events(name))))
    assert {value.field for value in row.values} <= set(FIELDS)


def test_numbers_are_bare_digits_and_codes_are_not() -> None:
    event = plain_of("tariff") | {
        "rates": [{"value": "10.50", "unit": "percent"}],
        "products": ["hs:0103"],
        "instrument": {"number": "61", "year": "2025"},
    }
    line = row_of(event).json
    assert '"value": 10.50' in line
    assert '"number": "61", "year": 2025' in line
    assert '["hs:0103"]' in line


@pytest.mark.parametrize(
    ("date", "low", "high"),
    [
        ("2025-10-09", "2025-10-09", "2025-10-09"), ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025~", "2025-01-01", "2025-12-31"), ("2025/..", "2025-01-01", None),
        ("../2025-10", None, "2025-10-31"), ("2025-10/2026", "2025-10-01", "2026-12-31"),
    ],
)  # fmt: skip
def test_the_bounds_of_a_date_are_computed_and_open_ones_are_absent(
    date: str, low: str | None, high: str | None
) -> None:
    line = json.loads(row_of(plain_of("meeting") | {"date": date}).json)
    assert (line.get("_earliest"), line.get("_latest")) == (low, high)


def test_what_was_computed_elsewhere_is_computed_anew() -> None:
    line = json.loads(row_of(plain_of("meeting") | {"_earliest": "1999-01-01", "_x": "y"}).json)
    assert line["_earliest"] == "2025-10-17"
    assert "_x" not in line


def test_a_list_of_parts_is_found_by_its_own_name_and_by_its_chief_field() -> None:
    event = plain_of("tariff") | {"links": [{"rel": "suspends", "to": "2025-x"}]}
    assert found(event, "rates") == found(event, "rates.value") == ["100"]
    assert found(event, "links") == found(event, "links.to") == ["2025-x"]
    assert found(event, "links.rel") == ["suspends"]


def test_a_bare_code_and_a_code_with_a_role_are_found_alike() -> None:
    event = plain_of("tariff") | {"products": ["hs:28", {"code": "hs:2846", "role": "inferred"}]}
    assert found(event, "products") == found(event, "products.code") == ["hs:28", "hs:2846"]


def test_what_a_clause_reaches_the_measure_reaches_but_its_name_is_its_own() -> None:
    event = plain_of("export-control")
    assert "2025-12-01" in found(event, "effective.from")
    assert found(event, "clauses.effective.from") == ["2025-12-01", "2025-10-09"]
    assert found(event, "id") == [event["id"]]
    assert found(event, "title") == [event["title"]]
    assert found(event, "clauses.id") == ["1(1)", "1(3)"]


def test_numbers_and_dates_have_a_window_and_texts_are_folded() -> None:
    values = {value.field: value for value in row_of(plain_of("tariff")).values}
    assert (values["rates.value"].lo, values["rates.value"].hi) == (100.0, 100.0)
    assert (values["date"].lo, values["date"].hi) == dates.span("2025-10-10")
    assert values["title"].folded == values["title"].text.casefold()
    assert values["title"].lo is None


def test_a_word_is_found_in_the_texts_and_codes_but_not_in_closed_words() -> None:
    body = row_of(plain_of("tariff") | {"summary": "Über ALLES"}).body
    assert "uber alles" in body
    assert "us/president" in body
    assert "threatened\n" not in body + "\n"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["id", "type", "date", "rates", "links", "clauses", "products", "x"]),
                       JUNK, max_size=5))  # fmt: skip
def test_a_line_of_another_tool_may_hold_anything(data: dict[str, Any]) -> None:
    row = row_of({"type": "tariff"} | data)
    assert row.lo <= row.hi or row.hi < row.lo
    assert isinstance(row.json, str)
