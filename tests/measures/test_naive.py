"""The fold agrees with a naive computation, instant by instant, on random logs.

`naive` was written from the text of the rules by somebody who had not read the fold.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.measures.terms import terms_at
from tests.measures import naive
from tests.measures.logs import fold_of

DAYS = [
    "2025-01-01",
    "2025-02-01",
    "2025-03-01",
    "2025-04-01",
    "2025-05-01",
    "2025-06-01",
    "2025-07-01",
]
MONTHS = ["2025-02", "2025-04"]
RELATIONS = ["suspends", "suspends", "amends", "replaces", "resumes", "extends", "revokes"]


@st.composite
def windows(draw: st.DrawFn, date: str) -> dict[str, str]:
    """Return a window that ends after its start, or after the date of an act without one."""
    window = {}
    if draw(st.booleans()):
        window["from"] = draw(st.sampled_from([*DAYS, *MONTHS]))
    if draw(st.booleans()):
        last = [day for day in DAYS if day > window.get("from", date)]
        if last:
            window[draw(st.sampled_from(["until", "through"]))] = draw(st.sampled_from(last))
    return window


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return events of which the later ones act on earlier ones; ids begin with their dates."""
    events: list[dict[str, Any]] = []
    for n in range(draw(st.integers(2, 6))):
        date = draw(st.sampled_from(DAYS))
        event: dict[str, Any] = {
            "id": f"{date}-{n}", "type": "tariff", "date": date, "title": "x", "status": "adopted",
            "actors": [draw(st.sampled_from(["US", "CN"]))], "sources": [{"url": "https://example.org"}],
        }  # fmt: skip
        if window := draw(windows(date)):
            event["effective"] = window
        if draw(st.integers(0, 3)) == 0:
            event["clauses"] = [{"id": one} | ({"effective": w} if (w := draw(windows(date))) else {})
                                for one in ("1", "2")]  # fmt: skip
        links = []
        for _ in range(draw(st.integers(0, 2)) if events else 0):
            target = draw(st.sampled_from(events))
            link = {"rel": draw(st.sampled_from(RELATIONS)), "to": target["id"]}
            if "clauses" in target and draw(st.booleans()):
                link["clause"] = draw(st.sampled_from(["1", "2"]))
            if "clauses" in event and draw(st.booleans()):
                link["via"] = draw(st.sampled_from(["1", "2"]))
            links.append(link)
        if links:
            event["links"] = links
        rels = {link["rel"] for link in links}
        if draw(st.booleans()) and "suspends" not in rels:
            event["rates"] = [{"value": draw(st.sampled_from(["10", "25"])), "unit": "percent"}]
        elif rels == {"suspends"} and draw(st.integers(0, 2)) == 0:
            event["rates"] = [{"value": "8", "unit": "percentage-points"}]
        events.append(event)
    return events


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True)
@given(logs(), st.sampled_from(DAYS), st.sampled_from([0, 11 * 3600, 86_399]), st.data())
def test_the_fold_agrees_with_the_naive_computation(
    events: list[dict[str, Any]], day: str, hour: int, data: st.DataObject
) -> None:
    from datetime import UTC, datetime

    instant = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + hour
    fold = fold_of(*events)
    wanted = naive.states(events, instant, zone_of)
    found = {(key.event, key.clause): fold.state(key, instant).state for key in fold.acts.rows}
    assert found == wanted
    rates = naive.rates(events, instant, zone_of)
    for key in fold.acts.rows:
        terms = terms_at(fold, key, instant).get("rates")
        shown = None if terms is None else [r["value"] for r in terms if r["unit"] == "percent"]
        assert shown == rates[key.event, key.clause]


def zone_of(actor: str) -> str:
    return {"CN": "Asia/Shanghai"}.get(actor[:2], "UTC")
