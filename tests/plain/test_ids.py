from __future__ import annotations

import pytest

from rexctl.values.ids import LONGEST, astray, why_not, with_year_alone, year_alone


@pytest.mark.parametrize("text", ["2025-10-09-cn-mofcom-61", "2025-10-x", "2025-x", "0000-no-id"])
def test_an_id_begins_with_the_date_of_its_event(text: str) -> None:
    assert why_not(text) == ""


@pytest.mark.parametrize(("text", "why"), [
    ("nul", "device"), ("com1", "device"), ("com1-x", "year first"), ("banana", "year first"),
    ("2025-" + "x" * (LONGEST - 4), "longer"), ("20", "shorter"), ("2025-10-09-CN", "made of"),
    ("2025/x", "made of"), ("2025-..", "made of"), ("2025-x\n", "made of"), ("-2025-x", "made of"),
])  # fmt: skip
def test_what_cannot_be_an_id_is_told_why(text: str, why: str) -> None:
    assert why in why_not(text)


@pytest.mark.parametrize("name", [
    "2025-us-talks", "2025-00-x", "2025-13-x", "2025-61-rare-earths", "2025-12th-round", "2025-1-x",
    "2025-012-x", "2025", "2025-", "0000-no-id-yet", "", "x", "banana", ".2025-10-x", "2025_10_x", "25-10-09-x",
])  # fmt: skip
def test_a_name_that_claims_no_month_has_the_year_alone_or_no_date(name: str) -> None:
    assert year_alone(name)
    assert astray(name, "1999") == ""


@pytest.mark.parametrize(
    "name", ["2025-10", "2025-10-", "2025-10-x", "2025-10-09", "2025-10-09-x", "2025-12-1-x"]
)
def test_a_name_that_claims_a_month_binds_its_event_to_that_year(name: str) -> None:
    assert not year_alone(name)
    assert astray(name, "2025") == astray(name, "2025-01-01/2025-12-31") == ""
    for date in ("1999", "2025-12-31/2026-01-01", "2025/..", "../2025-10-09", "2024-12/2025-01"):
        assert date in astray(name, date)
    assert astray(name, "soon") == ""


def test_the_year_alone_is_given_as_far_as_it_can_be_told() -> None:
    assert (
        with_year_alone("2025-10-09-us-talks")
        == with_year_alone("2025-10-us-talks")
        == "2025-us-talks"
    )
    for name in ("2025-10", "2025-10-09", "2025-10-09-12-x"):
        assert with_year_alone(name) == "2025-..."
