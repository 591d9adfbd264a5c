"""What a reviewer is told to look at twice."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rexctl.changes.changes import compare_pairs
from rexctl.changes.doubts import find_doubts
from tests.store.logs import event

A, C = "2025-10-09-cn-a", "2025-10-11-cn-c"
RATE: dict[str, Any] = {"value": "44", "unit": "percent"}
CLAUSES = [{"id": "1"}, {"id": "2"}]
CLAIM = {"text": "The controls stay permanently.", "by": "US"}
LINK = {"rel": "responds-to", "to": "2025-10-10-cn-b", "asserted_by": "US"}
X, Y = {"url": "https://example.org/x"}, {"url": "https://example.org/y"}


def tariff(**more: Any) -> dict[str, Any]:
    return event(A, type="tariff", **{"rates": [RATE], **more})


def doubts(old: dict[str, Any] | None, new: dict[str, Any]) -> list[str]:
    return find_doubts(compare_pairs([(old, new)]), [(old, new)]).get(A, [])


@pytest.mark.parametrize(
    ("old", "new", "doubt"),
    [
        (tariff(), tariff(rates=[{**RATE, "value": "440"}]), "a figure 10 times as high"),
        (tariff(), tariff(rates=[{**RATE, "value": "4.4"}]), "a figure 10 times as low"),
        (tariff(), tariff(rates=[{**RATE, "value": "50"}]), ""),
        (tariff(), tariff(rates=[{**RATE, "unit": "percentage-points"}]), "another unit"),
        (event(A, effective={"until": "2026-11-10"}), event(A, effective={"until": "2027-11-10"}),
         "the same day of another year"),
        (event(A, effective={"until": "2026-11-10"}), event(A, effective={"until": "2027-11-11"}), ""),
        (event(A, clauses=CLAUSES), event(A, clauses=CLAUSES[:1]), "a clause is gone"),
        (event(A, claims=[{"text": "T.", "by": "US"}]), event(A), "a claim is gone"),
        (event(A, actors=["CN", "US"]), event(A, actors=["US", "CN"]), "other actors"),
        (event(A), event(A, actors=["US"]), "other actors"),
        (event(A), event(A, title="Another"), ""),
        (event(A, claims=[CLAIM]), event(A, claims=[{**CLAIM, "by": "CN"}]), "another actor"),
        (event(A, claims=[CLAIM]), event(A, summary="The controls stay permanently."),
         "a claim is gone"),
        (event(A, sources=[X, Y]), event(A, sources=[X]), "a source is gone"),
        (event(A), event(A, status="withdrawn"), "no source was added for the status withdrawn"),
        (event(A, sources=[X]), event(A, status="withdrawn", sources=[X, Y]), ""),
        (event(A, links=[LINK]), event(A, links=[{**LINK, "to": C}]),
         "responds-to leads to another event"),
        (event(A, links=[LINK]), event(A, links=[LINK, {**LINK, "to": C}]), ""),
        (event(A), event(A, effective={"from": "2027-10-08"}), "begins 24 months after its date"),
        (event(A), event(A, effective={"from": "2026-10-08"}), ""),
        (event(A, effective={"from": "2025-12-01"}),
         event(A, effective={"from": "2025-12-01"}, clauses=[{"id": "1", "effective": {"until": "2025-11-30"}}]),
         "clause 1 ends before the measure begins"),
    ],
)  # fmt: skip
def test_what_mistakes_are_like_is_to_be_looked_at_twice(
    old: dict[str, Any], new: dict[str, Any], doubt: str
) -> None:
    assert re.sub(r" \([^;]*\)", "", "; ".join(doubts(old, new))) == doubt


def test_a_new_event_is_in_doubt_for_its_sources_and_its_confidence() -> None:
    unnamed = [{"url": "https://example.org/x", "attribution": "anonymous"}]
    for more, doubt in (
        ({}, ""), ({"confidence": "possible"}, "confidence possible"),
        ({"sources": unnamed}, "unnamed sources only"),
        ({"sources": [*unnamed, {"url": "https://example.org/y"}]}, ""),
    ):  # fmt: skip
        assert "; ".join(doubts(None, event(A, **more))) == doubt


def test_a_figure_or_a_day_that_the_texts_still_have_is_doubted() -> None:
    old = tariff(title="EU sets a duty of 44% on rods")
    assert doubts(old, {**old, "rates": [{**RATE, "value": "43"}]}) == ["the title still says 44"]
    assert doubts(old, {**old, "title": "A duty of 43%", "rates": [{**RATE, "value": "43"}]}) == []
    old = event(A, summary="Suspended until 10 November 2026.", effective={"until": "2026-11-10"})
    (reason,) = doubts(old, {**old, "effective": {"until": "2026-11-27"}})
    assert reason == "the summary still says 10 November 2026"


def test_a_short_doubt_says_what_changed() -> None:
    (reason,) = doubts(tariff(), tariff(rates=[{**RATE, "value": "440"}]))
    assert reason == "a figure 10 times as high (rate raised: 44 -> 440 percent)"
