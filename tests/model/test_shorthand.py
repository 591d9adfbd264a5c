"""Parts of an event as one text, and the shorthand of typed events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.shorthand import part_text, read_part
from rexctl.model.typed_input import from_input
from rexctl.model.validate import validate
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from tests.model.made import plain_of

TODAY = date(2025, 10, 9)  # a Thursday
VOCABULARY = replace(shipped_vocabulary(), actors={
    **shipped_vocabulary().actors, "firm/acme": {"name": "Acme, Inc."}})  # fmt: skip


def stored(type_name: str, **fields: Any) -> dict[str, Any]:
    """What of these fields is stored."""
    record, findings = from_input({"type": type_name, **fields}, VOCABULARY, today=TODAY)
    assert findings == []
    return {key: record[key] for key in fields}


def percent(value: str, **more: str) -> dict[str, str]:
    return {"value": value, "unit": "percent", **more}


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("30%", percent("30")),
        ("30", percent("30")),
        (30, percent("30")),
        (2.5, percent("2.5")),
        ("7.5 %", percent("7.5")),
        ("12 per cent", percent("12")),
        ("up to 50%", percent("50", qualifier="up-to")),
        ("50% of steel content", percent("50", of="steel content")),
        ("24pp", {"value": "24", "unit": "percentage-points"}),
        ("24 percentage points", {"value": "24", "unit": "percentage-points"}),
        ("80 USD/kg", {"value": "80", "unit": "specific", "currency": "USD", "per": "kg"}),
        ("80 usd per kg", {"value": "80", "unit": "specific", "currency": "USD", "per": "kg"}),
        ("€1.5/hl", {"value": "1.5", "unit": "specific", "currency": "EUR", "per": "hl"}),
        ({"value": "24pp"}, {"value": "24", "unit": "percentage-points"}),
        ({"value": "24%", "prior": "10%"}, percent("24", prior="10")),
        ({"value": 80, "currency": "usd"}, {"value": "80", "currency": "USD", "unit": "specific"}),
        ('{"value": "24", "prior": "10"}', percent("24", prior="10")),
    ],
)
def test_a_rate_is_written_as_people_write_it(text: Any, rate: dict[str, str]) -> None:
    assert stored("tariff", rates=text) == {"rates": [rate]}
    assert stored("tariff", rates=[text]) == {"rates": [rate]}


@pytest.mark.parametrize("text", ["24pp", "80 USD/kg"])
def test_a_unit_that_a_rate_states_otherwise_is_an_error(text: str) -> None:
    tariff = plain_of("tariff") | {"rates": [{"value": text, "unit": "percent"}]}
    event, faults = validate(from_input(tariff, shipped_vocabulary())[0])
    assert event is None
    assert [one.code for one in faults] == ["bad-number"]


@pytest.mark.parametrize(
    ("type_name", "field", "text", "value"),
    [
        ("export-control", "thresholds", "ownership >= 50%",
         [{"metric": "ownership", "op": "ge", "value": "50", "unit": "percent"}]),
        ("export-control", "thresholds", {"metric": "Content value", "value": 0.1},
         [{"metric": "content-value", "value": "0.1", "unit": "percent"}]),
        ("sanction", "ownership_threshold", "50%", "50"),
        ("tariff", "affected", "Acme, Inc.", ["firm/acme"]),
        ("tariff", "affected", "China, Acme, Inc., US", ["CN", "firm/acme", "US"]),
        ("tariff", "affected", ["China, Japan", "all"], ["CN", "JP", "all"]),
        ("tariff", "status", "Adopted", "adopted"),
        ("tariff", "tags", "Rare Earths, mini_deal", ["rare-earths", "mini-deal"]),
        ("tariff", "time", "9:30", "09:30"),
        ("tariff", "instrument", "MOFCOM 61/2025",
         {"issuer": "CN/mofcom", "number": "61", "year": "2025"}),
        ("tariff", "instrument", "Announcement 61/2025",
         {"kind": "announcement", "number": "61", "year": "2025"}),
        ("tariff", "instrument", "MOFCOM Announcement No. 61 of 2025",
         {"issuer": "CN/mofcom", "kind": "announcement", "number": "61", "year": "2025"}),
        ("tariff", "instrument", "Executive Order 14257 of 2025",
         {"kind": "executive-order", "number": "14257", "year": "2025"}),
        ("tariff", "instrument", "Circular letter 61/2025",
         {"number": "61", "year": "2025", "title": "Circular letter 61/2025"}),
        ("tariff", "instrument", "MOFCOM and GACC Announcement No. 10 of 2025",
         {"issuer": "CN/mofcom", "kind": "announcement", "number": "10", "year": "2025",
          "title": "MOFCOM and GACC Announcement No. 10 of 2025"}),
        ("tariff", "instrument", "Executive Order 14257", {"kind": "executive-order", "number": "14257"}),
        ("tariff", "instrument", "Reciprocal tariff order", {"title": "Reciprocal tariff order"}),
        ("tariff", "rates", "10%, 25%", [{"value": "10", "unit": "percent"},
                                         {"value": "25", "unit": "percent"}]),
        ("tariff", "rates", "10, 25", [{"value": "10", "unit": "percent"},
                                       {"value": "25", "unit": "percent"}]),
        ("tariff", "date", "17 January 2026", "2026-01-17"),
        ("tariff", "deadline", "9 Oct 2025/November 2025", "2025-10-09/2025-11"),
        ("export-control", "thresholds", "ownership>=50%",
         [{"metric": "ownership", "op": "ge", "value": "50", "unit": "percent"}]),
        ("tariff", "links", "suspends 2025-10-09-cn-mofcom-61#1(1)",
         [{"rel": "suspends", "to": "2025-10-09-cn-mofcom-61", "clause": "1(1)"}]),
        ("tariff", "links", {"rel": "responds to", "to": "2025-10-09-a#2"},
         [{"rel": "responds-to", "to": "2025-10-09-a", "clause": "2"}]),
        ("tariff", "date", "yesterday", "2025-10-08"),
        ("tariff", "date", "Monday", "2025-10-06"),
        ("tariff", "date", "thursday", "2025-10-09"),
        ("tariff", "date", "friday", "2025-10-03"),
        ("tariff", "date", "-2d", "2025-10-07"),
        ("tariff", "date", "2025-Q4", "2025-10/2025-12"),
        ("tariff", "date", "2025-W42", "2025-10-13/2025-10-19"),
        ("tariff", "date", "last-month", "2025-09"),
        ("tariff", "date", "this-year~", "2025~"),
        ("tariff", "date", "2025-Q3/..", "2025-07/.."),
        ("tariff", "effective", "+30d", {"from": "2025-11-08"}),
        ("tariff", "effective", {"from": "tomorrow", "until": "2025-W45"},
         {"from": "2025-10-10", "until": "2025-11-03/2025-11-09"}),
        ("tariff", "review_by", "+1w", "2025-10-16"),
        ("tariff", "sources", {"url": "https://example.org/x", "accessed": "today"},
         [{"url": "https://example.org/x", "accessed": "2025-10-09"}]),
    ],
)  # fmt: skip
def test_one_shorthand_holds_for_every_field(
    type_name: str, field: str, text: Any, value: Any
) -> None:
    assert stored(type_name, **{field: text}) == {field: value}


def test_a_type_is_written_with_capitals_and_blanks() -> None:
    record, _ = from_input({"type": " Export control ", "actors": "China"}, shipped_vocabulary())
    assert record == {"type": "export-control", "actors": ["CN"]}


@pytest.mark.parametrize("text", ["yesterday", "monday/today", "-2d", "last-week"])
def test_a_word_for_a_day_holds_only_where_it_is_typed(text: str) -> None:
    event = plain_of("tariff") | {"date": text}
    record, _ = from_input(event, shipped_vocabulary())
    assert record["date"] == text
    (fault,) = validate(record)[1]
    assert "means another day tomorrow" in fault.message


def test_a_week_that_there_is_not_is_named() -> None:
    (fault,) = validate(plain_of("tariff") | {"date": "2025-W54"})[1]
    assert fault.message == "date: 2025-W54: 2025 has 52 weeks; write 2025-W01 to W52"


NUMBERS = st.from_regex(r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,2})?", fullmatch=True)
WORDS = st.sampled_from(["kg", "steel content", "100 kg", "a;b", "of", "50%", '"x"', "{"])
RATES = st.fixed_dictionaries(
    {"value": NUMBERS, "unit": st.sampled_from(["percent", "percentage-points", "specific"])},
    optional={"currency": st.sampled_from(["USD", "CNY"]), "per": WORDS, "of": WORDS,
              "prior": NUMBERS, "qualifier": st.sampled_from(["exactly", "up-to", "at-least"])},
)  # fmt: skip
SOURCES = st.fixed_dictionaries({}, optional={
    "url": st.just("https://example.org/a;b"), "title": WORDS, "publisher": WORDS,
}).filter(bool)  # fmt: skip


@given(st.one_of(st.tuples(st.just("Rate"), RATES), st.tuples(st.just("Source"), SOURCES)))
def test_the_text_of_a_part_gives_the_part_back(pair: tuple[str, dict[str, str]]) -> None:
    shape, part = pair
    assert read_part(shape, part_text(shape, part)) == part


def test_the_text_of_a_part_is_short_where_it_can_be() -> None:
    assert part_text("Rate", percent("30")) == "30%"
    assert part_text("Source", {"url": "https://example.org/x"}) == "https://example.org/x"
    assert part_text("Source", {"title": "Notice"}) == '{"title": "Notice"}'


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("2025-07-10..2026-07-10", {"from": "2025-07-10", "through": "2026-07-10"}),
        ("from 10 July 2025 to May 2026", {"from": "2025-07-10", "through": "2026-05"}),
        ("10 July 2025 until 10 July 2026", {"from": "2025-07-10", "until": "2026-07-10"}),
        ("2025-07", {"from": "2025-07"}),
    ],
)
def test_a_text_with_two_days_is_a_window(text: str, window: dict[str, str]) -> None:
    assert stored("tariff", effective=text) == {"effective": window}


def test_an_act_outside_the_log_is_named_by_issuer_and_title() -> None:
    assert stored("sanction", links=["responds-to EU: 18th sanctions package"]) == {
        "links": [{"rel": "responds-to",
                   "instrument": {"issuer": "EU", "title": "18th sanctions package"}}]
    }  # fmt: skip
