"""The rules of the duty stack that the ladder of 2025 does not reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.measures.duty import Question, Stack, stack
from rexctl.measures.windows import end_of_day
from rexctl.views.duty import describe_total, history
from tests.measures.logs import act, fold_of, measure

if TYPE_CHECKING:
    from rexctl.measures.duty import Holds

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


def test_no_other_base_rate_adds_anything() -> None:
    broad = tariff("a", "5", "us/hts/mfn", products=["hs:72"])
    plain = tariff("b", "10", "us/s232")
    found = duty_of(broad, plain, product="hs:7208")
    assert (found.base, found.total, found.with_base) == (5, 10, 15)
    assert [line.law for line in found.lines] == ["us/s232"]
    assert duty_of(broad, plain, product="hs:7208", base="3").with_base == 13


def test_each_of_several_all_in_rates_is_reckoned_with_the_base_alone() -> None:
    two = [
        tariff("a", "15", "zz/x", stacking="all-in"),
        tariff("b", "10", "zz/y", stacking="all-in"),
    ]
    assert duty_of(*two, base="4").total == 11 + 6
    unknown = duty_of(*two)
    assert (unknown.all_in, unknown.total, unknown.with_base) == ([15, 10], 0, None)
    assert "25 percent in all where the base rate is 0; 2 rates" in describe_total(unknown)


def test_rates_of_two_measures_under_one_law_are_two_lines_and_add_up() -> None:
    one, two = tariff("a", "10", "us/ieepa"), tariff("b", "5", "us/ieepa")
    found = duty_of(one, two)
    assert (found.total, [line.points for line in found.lines]) == (15, [10, 5])


def test_a_measure_under_two_laws_is_one_line_and_is_found_under_both() -> None:
    metals = METALS | {"legal_basis": ["zz/other", "zz/metals/steel"]}
    found = duty_of(GENERAL, metals, product="hs:7208")
    assert (found.total, [line.law for line in found.lines]) == (25, ["zz/other"])


def test_two_rates_on_one_part_of_the_value_add_up() -> None:
    rates = [*percent("10"), *percent("5"), *percent("50", of="steel content")]
    found = duty_of(tariff("a", "", "zz/x", rates=rates))
    assert (found.total, found.is_most) == (65, True)


@pytest.mark.parametrize(
    ("exclusion", "totals"),
    [({"legal_basis": ["zz/metal"]}, (35, 10)), ({"legal_basis": ["zz"]}, (25, 10)),
     ({"legal_basis": ["zz/metals"], "origin": ["CN"]}, (25, 10)),  # all of an entry must hold
     ({"legal_basis": ["zz/metals"], "origin": ["DE"]}, (35, 10)),
     ({"legal_basis": ["zz/metals"], "products": ["hs:87"]}, (35, 10)),
     ({"products": ["hs:72"]}, (25, 10)), ({"origin": ["CN"]}, (25, 0))],
)  # fmt: skip
def test_all_parts_of_an_exclusion_must_hold_and_laws_match_by_prefix(
    exclusion: dict[str, Any], totals: tuple[int, int]
) -> None:
    general = GENERAL | {"exclusions": [exclusion]}
    found = [duty_of(general, METALS, product=code).total for code in ("hs:7208", "hs:8703")]
    assert tuple(found) == totals


def test_of_several_exclusions_any_one_is_enough() -> None:
    general = GENERAL | {"exclusions": [{"origin": ["DE"]}, {"products": ["hs:87"]}]}
    assert [duty_of(general, origin=origin, product="hs:87").total for origin in ("CN", "DE")] == [
        0,
        0,
    ]
    assert duty_of(general, product="hs:88").total == 10


@pytest.mark.parametrize(
    "more",
    [{"entities": [{"name": "A"}]}, {"rates": percent("25", of="steel content")},
     {"exclusions": [{"origin": ["CN"]}]}, {"effective": {"from": "2025-07-01"}}],
)  # fmt: skip
def test_a_duty_that_does_not_reach_the_whole_goods_excludes_nothing(more: dict[str, Any]) -> None:
    found = duty_of(GENERAL, METALS | more, product="hs:7208")
    assert any(line.law == "zz/general" and line.points == 10 for line in found.lines)


def test_a_specific_duty_excludes_though_it_is_not_counted() -> None:
    specific = METALS | {
        "rates": [{"value": "80", "unit": "specific", "currency": "USD", "per": "t"}]
    }
    found = duty_of(GENERAL, specific, product="hs:7208")
    assert (found.total, [line.law for line in found.lines]) == (0, ["zz/metals"])


@pytest.mark.parametrize(
    ("general", "product", "goods"),
    [(GENERAL, "", "goods under zz/metals"), (GENERAL, "hs:7", "goods under zz/metals"),
     (GENERAL | {"exclusions": [{"products": ["hs:7208"]}]}, "hs:72", "some of the goods asked"),
     (GENERAL | {"exclusions": [{"origin": ["DE"]}]}, "hs:87", "some of the goods asked")],
)  # fmt: skip
def test_an_exclusion_of_some_of_the_goods_makes_the_total_an_upper_bound(
    general: dict[str, Any], product: str, goods: str
) -> None:
    found = duty_of(general, METALS, product=product, origin="EU")
    general_line = next(line for line in found.lines if line.law == "zz/general")
    assert general_line.points == 10
    assert f"{goods} are excluded" in general_line.notes
    assert found.is_most


@pytest.mark.parametrize(
    ("counted", "left", "words"),
    [([], [], "no measure in the log reaches these goods: the base rate alone"),
     ([], ["a"], "nothing is counted: the base rate alone; 1 listed is not counted"),
     (["b"], ["a", "c"], "5 percent on top of the base rate; 2 listed are not counted"),
     (["most"], [], "at most 5 percent on top of the base rate"),
     (["least"], [], "at least 5 percent on top of the base rate"),
     (["most", "least"], [], "about 10 percent on top of the base rate"),
     (["in"], [], "15 percent in all, base rate included, if the base rate is at most 15; the base rate alone above that"),
     (["in", "most"], [], "at most 20 percent in all, base rate included, if the base rate is at most 15;"
                          " at most 5 percent on top of the base rate above that")],
)  # fmt: skip
def test_the_total_is_told_with_and_without_the_base_rate(
    counted: list[str], left: list[str], words: str
) -> None:
    more: dict[str, dict[str, Any]] = {
        "most": {"rates": percent("5", qualifier="up-to")},
        "least": {"rates": percent("5", qualifier="at-least")},
        "in": {"rates": percent("15"), "stacking": "all-in"},
    }
    events = [tariff(name, "5", "zz/x", **more.get(name, {})) for name in counted]
    events += [tariff(name, "9", "zz/y", entities=[{"name": "A"}]) for name in left]
    assert describe_total(duty_of(*events)) == words


def test_an_origin_comes_before_whom_a_measure_affects() -> None:
    duty = tariff("a", "7", "zz/x", "DE", origin=["CN"])
    assert (duty_of(duty, origin="CN").total, duty_of(duty, origin="DE").lines) == (7, [])


def test_of_two_clauses_that_take_a_siblings_place_the_later_in_the_file_counts() -> None:
    clauses = [{"id": "1", "rates": percent("10")},
               {"id": "2", "rates": percent("40"), "stacking": "replaces"},
               {"id": "3", "rates": percent("20"), "stacking": "replaces", "affected": ["CN"]}]  # fmt: skip
    duty = tariff("a", "1", "zz/x") | {"clauses": clauses}
    assert (duty_of(duty).total, duty_of(duty, origin="DE").total) == (20, 40)


def test_the_history_has_only_days_on_which_the_answer_changed() -> None:
    later = measure("2025-01-02-other", "2025-03-01", rates=percent("9"), legal_basis=["zz/z"],
                    affected=["DE"])  # fmt: skip
    ending = tariff("a", "10", "zz/x") | {
        "effective": {"from": "2025-02-01", "through": "2025-05-31"}
    }
    amend = act("2025-03-15-b", "amends", ending["id"], "2025-04-01", rates=percent("12"))
    question = Question("CN", "US", "", None, holds, lambda part: 0)
    table = history(fold_of(later, ending, amend), question, lambda day: holds)
    rows = [(row.data["date"], row.data["total"], row.data["parts"]) for row in table.rows]
    assert rows == [("2025-02-01", "10", ["zz/x 10"]), ("2025-04-01", "12", ["zz/x 12"]),
                    ("2025-06-01", "0", [])]  # fmt: skip


def test_membership_of_a_bloc_is_that_of_the_day() -> None:
    left = date(2025, 4, 1).toordinal()

    def holds_on(day: int) -> Holds:
        member = day < left
        return lambda holder, code: holder == code or (holder == "EU" and code == "FR" and member)

    duty = tariff("a", "10", "zz/x", "EU")
    other = measure(
        "2025-01-02-b", "2025-05-01", rates=percent("1"), legal_basis=["zz/y"], affected=["FR"]
    )
    question = Question("FR", "US", "", None, holds, lambda part: 0)
    rows = list(history(fold_of(duty, other), question, holds_on, {left}).rows)
    assert [(row.data["date"], row.data["total"]) for row in rows] == [
        ("2025-02-01", "10"), ("2025-04-01", "0"), ("2025-05-01", "1"),
    ]  # fmt: skip


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
     ({"exclusions": [{"entities": ["A", "B"]}]}, "not for A, B"),
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
