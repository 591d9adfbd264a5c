from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.tables import TYPES
from tests.model.made import codes, good, only, plain_of

NAMES = [name for name, table in TYPES.items() if table.measure]


def measure(name: str = "tariff", **more: Any) -> dict[str, Any]:
    return plain_of(name) | more


@pytest.mark.parametrize("name", NAMES)
def test_a_window_has_one_end(name: str) -> None:
    bad = measure(name, effective={"from": "2025", "until": "2026", "through": "2026"})
    (loc, code, _, hint) = only(bad)
    assert (loc, code) == (("effective", "through"), "two-ends")
    assert "keep one" in hint


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_keeps_the_same_rules_as_the_measure(name: str) -> None:
    window = {"from": "2025-12-01", "until": "2025-11-01"}
    bad = measure(name, clauses=[{"id": "1"}, {"id": "2", "effective": window}])
    assert codes(bad) == {"clauses.1.effective.until": "ends-before-start"}


@pytest.mark.parametrize(
    ("window", "where"),
    [
        ({"time": "00:01"}, "time"),
        ({"until_time": "00:01"}, "until_time"),
        ({"from": "2025-11-01", "until_time": "00:01"}, "until_time"),
        ({"from": "2025-11-01", "through": "2025-11-02", "until_time": "00:01"}, "until_time"),
    ],
)
def test_an_hour_belongs_to_its_day(window: dict[str, str], where: str) -> None:
    assert codes(measure(effective=window)) == {f"effective.{where}": "time-without-day"}


DATES = ["2025", "2025-10", "2025-10-09", "2025-11-01~", "2026", "2025-10-20/2025-12-26"]


@given(st.sampled_from(DATES), st.sampled_from(DATES), st.sampled_from(["until", "through"]))
def test_an_end_is_refused_only_if_it_is_surely_before_the_start(
    first: str, last: str, end: str
) -> None:
    found = codes(measure(effective={"from": first, end: last}))
    surely = first[:4] > last[:4] or (last in ("2025-10", "2025-10-09") and first == "2025-11-01~")
    surely = surely or (last == "2025-10-09" and first.startswith("2025-10-20"))
    empty = end == "until" and first == last and len(first) > 8 and "/" not in first
    code = "ends-before-start" if surely else "empty-window" if empty else ""
    assert found == ({f"effective.{end}": code} if code else {})


@pytest.mark.parametrize(
    "window", ["2025", ["2025"], {"from": ["2025"]}, {"until": {}}, {"from": ""}]
)
def test_a_window_of_a_wrong_shape_is_told_without_a_crash(window: Any) -> None:
    assert all(key.startswith("effective") for key in codes(measure(effective=window)))
    assert codes(measure(effective=window))


def test_a_name_is_the_name_of_one_clause() -> None:
    bad = measure(clauses=[{"id": "1"}, {"id": "2"}, {"id": "1"}])
    assert codes(bad) == {"clauses.2.id": "clause-twice"}


def test_a_clause_without_a_name_is_one_fault_however_many_there_are() -> None:
    bad = measure(clauses=[{"title": "a"}, {"title": "b"}])
    assert codes(bad) == {"clauses.0.id": "missing-field", "clauses.1.id": "missing-field"}


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_may_have_every_field_of_its_type_but_no_sources(name: str) -> None:
    assert good(measure(name, clauses=[{"id": "1", "affected": ["China"], "legal_basis": ["us/s301"],
                                        "products": ["hs:28.46"]}]))  # fmt: skip
    bad = measure(name, clauses=[{"id": "1", "sources": [{"url": "http://a.b"}]}])
    assert codes(bad) == {"clauses.0.sources": "unknown-field"}


def test_the_first_day_is_called_from_in_a_file() -> None:
    assert codes(measure(effective={"from_": "2025"})) == {"effective.from_": "unknown-field"}


def test_a_threshold_may_lack_its_figure_but_not_what_is_measured() -> None:
    control = plain_of("export-control")
    assert good(control | {"thresholds": [{"metric": "purity"}]})
    assert codes(control | {"thresholds": [{"value": "0.1"}]}) == {
        "thresholds.0.metric": "missing-field"
    }
