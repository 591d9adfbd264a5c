from __future__ import annotations

import json
from typing import Any

from rexctl.checks.slim import Slimmer
from tests.store.logs import event

WHOLE = event(
    "2025-10-09-a",
    summary="A long text that no rule reads.",
    instrument={"issuer": "CN/mofcom", "number": "61", "title": "On rare earths"},
    effective={"from": "2025-12-01", "time": "00:00"},
    clauses=[{"id": "1(1)", "title": "Items", "effective": {"from": "2025-12-01"}}],
    links=[{"rel": "suspends", "to": "2025-10-01-b", "note": "In part."}],
    allow=[{"check": "links-resolve", "reason": "Comes later."}],
)


def test_what_no_rule_reads_is_left_out_at_every_level() -> None:
    assert Slimmer().slim(WHOLE) == {
        "type": "export-control", "title": "What 2025-10-09-a tells", "date": "2025-10-09",
        "status": "adopted", "actors": ("CN",),
        "instrument": {"issuer": "CN/mofcom", "number": "61"},
        "effective": {"from": "2025-12-01"},
        "clauses": [{"id": "1(1)", "effective": {"from": "2025-12-01"}}],
        "links": [{"rel": "suspends", "to": "2025-10-01-b"}],
        "allow": [{"check": "links-resolve"}],
    }  # fmt: skip


def test_a_word_or_list_that_stands_in_many_events_is_held_once() -> None:
    slim = Slimmer().slim
    one, two = (slim(parsed(event(f"2025-10-09-{letter}", tags=["steel"]))) for letter in "ab")
    for key in ("type", "status", "date", "actors", "tags"):
        assert one[key] is two[key]
    assert all(first is second for first, second in zip(one, two, strict=True))


def parsed(data: dict[str, Any]) -> dict[str, Any]:
    """Give the event as a row of the index is read: every text anew."""
    found: dict[str, Any] = json.loads(json.dumps(data))
    return found
