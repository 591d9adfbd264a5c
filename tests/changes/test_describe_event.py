from __future__ import annotations

from rexctl.changes.wording import describe_event
from tests.store.logs import event


def test_a_suspension_is_told_with_its_window_and_what_it_suspends() -> None:
    found = describe_event(event(
        "2025-11-07-cn-act", actors=["CN/mofcom", "CN/gacc"],
        effective={"from": "2025-11-07", "until": "2026-11-10"},
        links=[{"rel": "implements", "to": "2025-10-30-x"},
               *({"rel": "suspends", "to": f"2025-10-09-{n}"} for n in range(6)),
               {"rel": "amends", "to": "2025-10-08-y", "clause": "2"}],
        sources=[{"publisher": "Ministry of Commerce", "published": "2025-11-07"}],
    ))  # fmt: skip
    assert found == (
        "adopted export control by CN/mofcom and CN/gacc, 7 November 2025; "
        "in effect from 7 November 2025 until 10 November 2026; amends 2025-10-08-y (clause 2); "
        "suspends 2025-10-09-0, 2025-10-09-1, 2025-10-09-2 and 3 more; implements 2025-10-30-x; "
        "source Ministry of Commerce, 7 November 2025"
    )


def test_rates_clauses_and_several_sources_are_told() -> None:
    rates = [{"value": "100", "unit": "percent"}]
    found = describe_event(event("2025-10-10-us-duty", type="tariff", rates=rates,
                       clauses=[{"id": "1"}, {"id": "2"}],
                       sources=[{"url": "https://a"}, {"url": "https://b"}, {"url": "https://c"}]))  # fmt: skip
    assert "; 100 percent; clauses 1 and 2; sources https://a and 2 more" in found


def test_an_event_with_next_to_nothing_is_told_too() -> None:
    assert describe_event({"id": "2025-10-09-x", "type": "statement"}) == "statement"
