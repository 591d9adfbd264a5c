"""The rules of the duty stack that the ladder of 2025 does not reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rexctl.measures.duty import Question, Stack, stack
from rexctl.measures.windows import end_of_day
from tests.measures.logs import act, fold_of, measure

BLOC = {"EU": ("DE", "FR")}


def holds(holder: str, code: str) -> bool:
    return holder == code or code.startswith(f"{holder}/") or code in BLOC.get(holder, ())


def percent(value: str, **more: str) -> list[dict[str, str]]:
    return [{"value": value, "unit": "percent", **more}]


def duty_of(
    *events: dict[str, Any], day: str = "2025-06-01", origin: str = "CN", product: str = "",
    base: str | None = None, importer: str = "US",
) -> Stack:  # fmt: skip
    ordinal = date.fromisoformat(day).toordinal()
    question = Question(origin, importer, product, Decimal(base) if base else None, holds,
                        lambda part: end_of_day(ordinal, part.zone))  # fmt: skip
    return stack(fold_of(*events), question)


def tariff(name: str, value: str, law: str, *origins: str, **more: Any) -> dict[str, Any]:
    rates = more.pop("rates", percent(value))
    return measure(f"2025-01-01-{name}", "2025-02-01", rates=rates, legal_basis=[law],
                   affected=list(origins or ("all",)), **more)  # fmt: skip


GENERAL = tariff("x1", "10", "zz/general", exclusions=[{"legal_basis": ["zz/metals"]}])
METALS = tariff("x2", "25", "zz/metals", products=["hs:72"])
ALL_IN = tariff("x3", "15", "zz/deal", "AA", stacking="all-in")


@pytest.mark.parametrize(("product", "total"), [("hs:7208", 25), ("hs:8703", 10)])
def test_goods_that_another_law_reaches_are_excluded(product: str, total: int) -> None:
    assert duty_of(GENERAL, METALS, product=product).total == total


@pytest.mark.parametrize(
    ("base", "adds", "in_all"),
    [("2.5", "12.5", "15"), ("0.5", "14.5", "15"), ("20", "0", "20"), (None, "0", "15")],
)
def test_an_all_in_rate_adds_what_the_base_rate_lacks(
    base: str | None, adds: str, in_all: str
) -> None:
    found = duty_of(ALL_IN, origin="AA", base=base)
    assert (found.total, found.with_base) == (Decimal(adds), Decimal(in_all))


def test_the_base_rate_is_the_one_with_the_deepest_code() -> None:
    broad = tariff("a", "5", "us/hts/mfn", products=["hs:72"])
    deep = tariff("b", "2", "us/hts/mfn", products=["hs:7208"])
    found = duty_of(broad, deep, ALL_IN | {"affected": ["all"]}, product="hs:720810")
    assert (found.base, found.total) == (2, 13)


def test_a_stay_of_a_ruling_brings_the_duty_back_for_its_time() -> None:
    plain = tariff("x1", "10", "zz/general")
    more = {"type": "ruling", "status": "decided"}
    ruling = act("2025-06-01-r", "revokes", plain["id"], **more)
    stay = act("2025-06-10-s", "suspends", "2025-06-01-r", "2025-06-10", "2025-07-01", **more)
    days = ("2025-05-31", "2025-06-05", "2025-06-20", "2025-07-02")
    assert [duty_of(plain, ruling, stay, day=day).total for day in days] == [10, 0, 10, 0]


@pytest.mark.parametrize(
    ("more", "note"),
    [({"rates": percent("50", of="steel content")}, "on the steel content only"),
     ({"rates": percent("50", qualifier="up-to")}, "at most"),
     ({"quota": {"value": "1"}}, "within a quota another rate applies"),
     ({"quota": {"value": "1", "rate": "0"}}, "within a quota 0 percent applies"),
     ({"condition": "unless they agree"}, "on a condition: unless they agree"),
     ({"exclusions": [{"entities": [{"name": "A"}, {"name": "B"}]}]}, "not for A, B"),
     ({"exclusions": [{"text": "humanitarian goods"}]}, "not where: humanitarian goods")],
)  # fmt: skip
def test_what_may_be_less_makes_the_total_an_upper_bound(more: dict[str, Any], note: str) -> None:
    found = duty_of(tariff("a", "50", "zz/steel", **more))
    assert (found.total, found.is_most) == (50, True)
    assert note in found.lines[0].notes


@pytest.mark.parametrize(
    ("more", "note"),
    [({"rates": [{"value": "80", "unit": "specific", "currency": "USD", "per": "kg"}]}, "a specific rate"),
     ({"products": ["hs:720810"]}, "only for hs:720810"), ({"products": ["us-hts:99030124"]}, "of another scheme"),
     ({"entities": [{"name": "A"}]}, "a rate for named firms"), ({"effective": {}}, "its start is not known"),
     ({"effective": {"from": "2025-06"}}, "possibly in force")],
)  # fmt: skip
def test_what_cannot_be_counted_is_listed(more: dict[str, Any], note: str) -> None:
    found = duty_of(tariff("a", "50", "zz/x") | more, product="hs:7208")
    assert found.total == 0
    assert note in " ".join(found.lines[0].notes)


SPECIFIC = {"value": "2", "unit": "specific", "currency": "USD", "per": "kg"}


@pytest.mark.parametrize(("combine", "is_least", "is_most"), [
    ("sum", False, False), ("higher", True, False), ("lower", False, True), ("either", False, True),
])  # fmt: skip
def test_a_rate_in_percent_beside_a_specific_one_is_a_bound_where_one_of_them_is_charged(
    combine: str, is_least: bool, is_most: bool
) -> None:
    found = duty_of(tariff("a", "10", "zz/x", rates=[*percent("10"), SPECIFIC], combine=combine))
    assert (found.total, found.is_least, found.is_most) == (10, is_least, is_most)
    assert [line.points for line in found.lines] == [10, None]


@pytest.mark.parametrize(
    ("combine", "total"), [("sum", 35), ("higher", 25), ("lower", 10), ("either", 25)]
)
def test_of_two_rates_in_percent_one_is_charged_where_they_do_not_add_up(
    combine: str, total: int
) -> None:
    rates = [*percent("10"), *percent("25")]
    found = duty_of(tariff("a", "10", "zz/x", rates=rates, combine=combine))
    assert (found.total, found.is_most) == (total, combine == "either")


def test_a_clause_that_replaces_on_a_condition_is_listed_and_leaves_its_siblings() -> None:
    clauses = [{"id": "1", "rates": percent("10")},
               {"id": "2", "rates": percent("40"), "stacking": "replaces", "condition": "where transshipped"}]  # fmt: skip
    found = duty_of(tariff("a", "1", "zz/x") | {"clauses": clauses})
    assert (found.total, found.is_most) == (10, False)
    assert found.lines[1].points is None
    assert "on a condition: where transshipped" in found.lines[1].notes


def test_at_least_counts_as_it_is() -> None:
    found = duty_of(tariff("a", "5", "zz/x", rates=percent("5", qualifier="at-least")))
    assert (found.total, found.is_least) == (5, True)


def test_excluded_goods_and_origins_pay_nothing_and_take_no_siblings_place() -> None:
    clauses = [{"id": "1", "rates": percent("10")},
               {"id": "2", "rates": percent("40"), "stacking": "replaces", "exclusions": [{"origin": ["EU"]}]}]  # fmt: skip
    two = tariff("a", "1", "zz/x") | {"clauses": clauses}
    assert duty_of(two, origin="CN").total == 40
    assert duty_of(two, origin="DE").total == 10


def test_a_measure_of_the_bloc_of_the_importer_counts_and_of_another_country_does_not() -> None:
    of_bloc = tariff("a", "7", "eu/x", actors=["EU/commission"])
    assert duty_of(of_bloc, importer="FR").total == 7
    assert duty_of(of_bloc, importer="US").lines == []


def test_two_overlapping_suspensions_of_points_do_not_add_up_and_never_go_under_zero() -> None:
    points = [{"value": "24", "unit": "percentage-points"}]
    one = act("2025-03-01-b", "suspends", "2025-01-01-a", "2025-03-01", "2025-09-01", rates=points)
    two = act("2025-03-02-c", "suspends", "2025-01-01-a", "2025-04-01", "2025-07-01",
              rates=[{"value": "90", "unit": "percentage-points"}])  # fmt: skip
    duty = tariff("a", "34", "zz/x")
    days = ("2025-03-15", "2025-05-01", "2025-08-01", "2025-09-01")
    assert [duty_of(duty, one, two, day=day).total for day in days] == [10, 0, 10, 34]
