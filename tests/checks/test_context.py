from __future__ import annotations

import json
from typing import Any

from rexctl.checks.context import Link, reduce_event
from tests.checks.cases import context_of, linked
from tests.store.logs import event

WHOLE = event(
    "2025-10-09-a",
    summary="A long text that no rule reads.",
    instrument={"issuer": "CN/mofcom", "number": "61", "title": "On rare earths"},
    effective={"from": "2025-12-01", "time": "00:00"},
    clauses=[{"id": "1(1)", "title": "Items", "effective": {"from": "2025-12-01"}}],
    links=[{"rel": "suspends", "to": "2025-10-01-b", "note": "In part."}],
    allow=[{"check": "unresolved-link", "reason": "Comes later."}],
)


def test_every_link_comes_with_its_location() -> None:
    data = linked("2025-11-07-a", "part-of", "2025-10-09-b")
    data["links"].append({"rel": "clarifies", "to": "2025-10-09-c"})
    first, second = context_of([data, event("2025-10-09-b")]).links
    assert first == Link("2025-11-07-a", 0, data["links"][0], "part-of", "2025-10-09-b")
    assert second.loc("to") == ("links", 1, "to")
    assert first.loc() == ("links", 0)


def test_a_link_to_a_former_id_leads_to_the_present_one() -> None:
    moved = event("2025-10-09-new", aliases=["2025-10-09-old"])
    part = linked("2025-11-07-a", "part-of", "2025-10-09-old")
    (link,) = context_of([moved, part]).links
    assert link.to == "2025-10-09-new"
    (link,) = context_of([moved, event("2025-10-09-old"), part]).links
    assert link.to == "2025-10-09-old"


def test_a_tariff_is_a_measure_and_a_statement_is_not() -> None:
    context = context_of([event("2025-10-09-a"), event("2025-10-10-b", type="statement")])
    assert context.is_measure("2025-10-09-a")
    assert not context.is_measure("2025-10-10-b")


def test_a_retracted_event_and_a_former_id_are_in_the_context() -> None:
    gone = event(
        "2025-10-09-a", confidence="retracted", note="Never was.", aliases=["2025-10-09-old"]
    )
    context = context_of([gone])
    assert list(context.events) == ["2025-10-09-a"]
    assert context.aliases == {"2025-10-09-old": "2025-10-09-a"}
    assert context.paths == {"2025-10-09-a": "events/2025/2025-10-09-a.yaml"}


def test_fields_that_no_rule_reads_are_left_out() -> None:
    rest = {name: value for name, value in WHOLE.items() if name != "summary"}
    assert reduce_event(WHOLE, {}) == {**rest, "actors": ("CN",)}


def test_a_text_or_list_of_many_events_is_one_object() -> None:
    intern: dict[Any, Any] = {}
    one, two = (
        reduce_event(json.loads(json.dumps(event(f"2025-10-09-{letter}", tags=["steel"]))), intern)
        for letter in "ab"
    )
    for key in ("type", "status", "date", "actors", "tags"):
        assert one[key] is two[key]
