from __future__ import annotations

from typing import Any

import pytest

from tests.checks.cases import linked, locations
from tests.store.logs import event

DUTY = "2025-09-29-us-duty"


def found(seats: list[str] | None, cabinets: list[str], act: list[str], **more: Any) -> int:
    """Return the number of findings of an act that amends both clauses with one list of goods."""
    clauses = [{"id": "seats", "products": seats} if seats else {"id": "seats"},
               {"id": "cabinets", "products": cabinets}]  # fmt: skip
    change = linked("2025-12-31-us-change", "amends", DUTY, **more)
    change["products"] = act
    change["links"] = [{**change["links"][0], "clause": one["id"]} for one in clauses]
    return len(locations("clauses-overlap", event(DUTY, clauses=clauses), change))


@pytest.mark.parametrize("act", [["hs:940161", "hs:940340"], ["hs:9401", "hs:9403"]])
def test_goods_of_the_act_that_reach_both_clauses_are_reported_once(act: list[str]) -> None:
    assert found(["hs:940161"], ["hs:940340"], act) == 1


def test_clauses_that_had_the_same_goods_and_new_goods_are_no_overlap() -> None:
    assert found(["hs:940161"], ["hs:940161"], ["hs:940161"]) == 0
    assert found(["hs:940161"], ["hs:940340"], ["hs:7208"]) == 0
    assert found(None, ["hs:940340"], ["hs:940340"]) == 0  # all goods were in the one already
