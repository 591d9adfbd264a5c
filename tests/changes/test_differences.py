from __future__ import annotations

from typing import Any

from rexctl.changes.changes import find_differences, normalize
from tests.store.logs import event

ID = "2025-10-09-cn-act"


def fields(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(d.location.field, d.old, d.new) for d in find_differences(before, after)]


def test_one_value_that_differs_is_one_difference() -> None:
    before = event(ID, effective={"from": "2025-11-01"})
    after = event(ID, effective={"from": "2025-11-02"})
    assert fields(before, after) == [("effective.from", "2025-11-01", "2025-11-02")]
    assert fields(before, before) == []


def test_another_order_of_keys_and_lists_and_another_break_of_lines_are_none() -> None:
    before = event(ID, summary="One. Two\nthree.", tags=["a", "b"], affected=["JP", "US"],
                   exemptions=["Food\nand drink."])  # fmt: skip
    after = event(ID, summary="One.\nTwo three.", tags=["b", "a"], affected=["US", "JP"],
                  exemptions=["Food and drink."])  # fmt: skip
    assert fields(before, dict(reversed(after.items()))) == []
    assert normalize("A.\nB.", "prose") == normalize("A. B.", "prose")
    assert normalize("A.\nB.", "text") != normalize("A. B.", "text")


def test_what_came_to_a_list_and_what_went_are_two() -> None:
    found = fields(event(ID, affected=["JP", "US"]), event(ID, affected=["US", "KR", "EU"]))
    assert found == [("affected", None, ["KR", "EU"]), ("affected", ["JP"], None)]


def test_the_first_actor_gives_the_clock_so_its_place_tells() -> None:
    found = fields(event(ID, actors=["CN", "US"]), event(ID, actors=["US", "CN"]))
    assert found == [("actors", "CN", "US")]


def test_a_part_on_the_way_is_named_and_its_reach_kept() -> None:
    def tariff(rate: str) -> dict[str, Any]:
        clause = {"id": "2", "affected": ["JP"], "rates": [{"value": rate, "unit": "percent"}]}
        return event(ID, type="tariff", affected=["all"], clauses=[clause])

    (found,) = find_differences(tariff("10"), tariff("15"))
    assert found.location.field == "clauses.rates.value"
    assert found.location.within == ("clause 2", "rate 10 percent")
    assert (found.location.clause, found.location.reach) == ("2", ("JP",))


def test_a_part_that_came_whole_is_one_difference() -> None:
    found = fields(event(ID), event(ID, licence={"authority": "CN/mofcom", "review_days": "45"}))
    assert found == [("licence", None, {"authority": "CN/mofcom", "review_days": "45"})]


def test_fields_of_a_former_type_and_of_a_project_are_seen() -> None:
    before = event(ID, type="tariff", stacking="additional", **{"x-desk": {"who": "a"}})
    after = event(ID, type="trade-measure", **{"x-desk": {"who": "b"}})
    assert ("stacking", "additional", None) in fields(before, after)
    assert ("x-desk", {"who": "a"}, {"who": "b"}) in fields(before, after)
