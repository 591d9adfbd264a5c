from __future__ import annotations

from rexctl.checks.rule import Linked
from tests.checks.cases import case, linked
from tests.store.logs import event


def test_every_link_is_given_with_its_place() -> None:
    data = linked("2025-11-07-a", "part-of", "2025-10-09-b")
    data["links"].append({"rel": "clarifies", "to": "2025-10-09-c"})
    first, second = case(data, event("2025-10-09-b")).links
    assert first == Linked("2025-11-07-a", 0, data["links"][0], "part-of", "2025-10-09-b")
    assert second.at("to") == ("links", 1, "to")
    assert first.at() == ("links", 0)


def test_a_former_id_leads_to_the_present_one_and_a_present_one_to_itself() -> None:
    old = event("2025-10-09-new", aliases=["2025-10-09-old"])
    (link,) = case(old, linked("2025-11-07-a", "part-of", "2025-10-09-old")).links
    assert link.to == "2025-10-09-new"
    both = case(old, event("2025-10-09-old"), linked("2025-11-07-a", "part-of", "2025-10-09-old"))
    assert both.links[0].to == "2025-10-09-old"


def test_measures_are_told_from_what_is_never_in_force() -> None:
    found = case(event("2025-10-09-a"), event("2025-10-10-b", type="statement"))
    assert found.is_measure("2025-10-09-a")
    assert not found.is_measure("2025-10-10-b")
