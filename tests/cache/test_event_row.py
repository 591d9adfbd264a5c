from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.cache.blobs import parse_blob
from rexctl.cache.event_row import EventRow, make_row
from rexctl.model.tables import FIELDS, SHAPES
from rexctl.model.types import TYPES
from rexctl.values import dates, json_text
from tests.model.made import events
from tests.store.logs import event

CLAUSED = event(
    "2025-10-09-a", type="tariff", products=["hs:2846"], rates=[{"value": "10.50", "unit": "percent"}],
    clauses=[{"id": "1(1)", "title": "Own title", "products": [{"code": "hs:280530", "role": "reference"}],
              "rates": [{"value": "25"}], "effective": {"from": "2025-12-01"}}],
    links=[{"rel": "amends", "to": "2025-01-01-b"}],
)  # fmt: skip


def texts(row: EventRow, field: str) -> list[str]:
    return [text for name, text, *_ in row.values if name == field]


def test_an_event_is_its_columns_its_line_and_its_leaves() -> None:
    row = make_row(event("2025-10-09-a", confidence="likely"))
    day = dates.span("2025-10-09")[0]
    assert row[:9] == (
        "2025-10-09-a", "export-control", "adopted", "likely", "What 2025-10-09-a tells",
        "2025-10-09", day, day, None,
    )  # fmt: skip
    assert make_row(event("2025-10-09-a")).confidence == "confirmed"


def test_the_line_is_json_in_schema_order_with_the_bounds_of_the_date() -> None:
    own = {"x-b": "b", "x-a": {"z": "1", "a": "2"}}
    shuffled = own | dict(reversed(CLAUSED.items())) | {"date": "2025-10"}
    del shuffled["clauses"]
    parsed = parse_blob(json.dumps(shuffled).encode())
    assert parsed.row, parsed.findings
    found = json.loads(parsed.row.json)
    known = list(SHAPES["tariff"])
    fields = [key for key in found if key in known]
    assert fields == sorted(fields, key=known.index)
    assert list(found)[len(fields) :] == ["x-a", "x-b", "_earliest", "_latest", "_v"]
    assert (found["_earliest"], found["_latest"], found["_v"]) == ("2025-10-01", "2025-10-31", 1)


def test_a_decimal_stands_in_the_line_as_it_was_written_and_a_text_of_digits_stays_a_text() -> None:
    line = make_row(CLAUSED | {"title": "100", "x-n": "5"}).json.decode()
    assert '"value": 10.50' in line
    assert '"title": "100"' in line
    assert '"x-n": "5"' in line


def test_an_open_date_has_only_the_bound_it_has() -> None:
    since = json.loads(make_row(event("2025-10-09-a", date="2025/..")).json)
    until = json.loads(make_row(event("2025-10-09-a", date="../2025")).json)
    assert ("_earliest" in since, "_latest" in since) == (True, False)
    assert ("_earliest" in until, "_latest" in until) == (False, True)


def test_what_a_clause_holds_stands_under_the_field_of_the_event_too() -> None:
    row = make_row(CLAUSED)
    assert sorted(texts(row, "products")) == ["hs:280530", "hs:2846"]
    assert texts(row, "clauses.products") == texts(row, "clauses.products.code") == ["hs:280530"]
    assert sorted(texts(row, "products.code")) == ["hs:280530", "hs:2846"]
    assert texts(row, "products.role") == texts(row, "clauses.products.role") == ["reference"]
    assert sorted(texts(row, "rates")) == sorted(texts(row, "rates.value")) == ["10.50", "25"]
    assert texts(row, "clauses.rates") == texts(row, "clauses.rates.value") == ["25"]
    assert texts(row, "effective.from") == texts(row, "clauses.effective.from") == ["2025-12-01"]


def test_a_clause_gives_the_event_neither_its_id_nor_its_title() -> None:
    row = make_row(CLAUSED)
    assert texts(row, "id") == ["2025-10-09-a"]
    assert texts(row, "title") == ["What 2025-10-09-a tells"]
    assert texts(row, "clauses") == texts(row, "clauses.id") == ["1(1)"]
    assert texts(row, "clauses.title") == ["Own title"]


def test_a_commitment_is_no_clause() -> None:
    row = make_row(
        event(
            "2025-10-09-a", type="agreement", commitments=[{"id": "1", "by": "CN", "what": "Buy."}]
        )
    )
    assert texts(row, "commitments.by") == ["CN"]
    assert texts(row, "by") == texts(row, "what") == []
    assert texts(row, "id") == ["2025-10-09-a"]


def test_a_mapping_is_found_by_its_chief_field() -> None:
    row = make_row(CLAUSED)
    assert texts(row, "links") == texts(row, "links.to") == ["2025-01-01-b"]
    assert texts(row, "sources") == ["https://example.org/2025-10-09-a"]


def test_dates_and_numbers_have_windows_and_words_have_none() -> None:
    found = {(v[0], v[1]): (v[2], v[3]) for v in make_row(CLAUSED | {"date": "2025-10"}).values}
    assert found["rates", "10.50"] == (10.5, 10.5)
    assert found["date", "2025-10"] == dates.span("2025-10")
    assert found["actors", "CN"] == (None, None)


def test_the_words_of_an_event_are_those_of_its_texts() -> None:
    row = make_row(event("2025-10-09-a", title="Türkiye ACTS", **{"x-own": {"deep": ["Würze"]}}))
    assert row.title == "Türkiye ACTS"
    assert row.prose == "Würze"
    assert texts(row, "x-own.deep") == ["Würze"]


def test_computed_keys_of_a_line_are_left_out_and_made_anew() -> None:
    row = make_row(event("2025-10-09-a", _latest="1999-01-01", _other="x"))
    assert json.loads(row.json)["_latest"] == "2025-10-09"
    assert b"_other" not in row.json
    assert not any(value[0].startswith("_") for value in row.values)


@pytest.mark.parametrize("name", TYPES)
@given(data=st.data())
def test_every_leaf_of_every_event_has_a_name_that_a_query_knows(
    name: str, data: st.DataObject
) -> None:
    made = data.draw(events(name))
    row = make_row(made)
    read = json_text.loads(row.json.decode())
    assert {k: v for k, v in read.items() if not k.startswith("_")} == made
    for value in row.values:
        info = FIELDS.get(value[0])
        if info is None:  # a group by its chief field, which `has:` knows
            assert any(field.startswith(f"{value[0]}.") for field in FIELDS)
            continue
        assert name in info.types
        windowed = info.kind in ("date", "day", "number", "integer")
        assert (value[2] is not None) == (value[3] is not None) == windowed


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.text(max_size=5)
    | st.integers().map(lambda n: json_text.Num(str(n))),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
_keys = st.sampled_from([*SHAPES["tariff"], "x-a", "", "_v"])


@given(
    st.dictionaries(_keys, _json, max_size=6), st.sampled_from(["tariff", "meeting", "nothing", ""])
)
def test_whatever_comes_from_elsewhere_has_a_row(data: dict[str, Any], kind: str) -> None:
    row = make_row(data | {"type": kind})
    assert row.type == kind
    assert all(isinstance(part, str | int) for part in row[:7])
