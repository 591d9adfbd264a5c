from __future__ import annotations

from typing import Any

import pytest

from rexctl.model import tables
from tests.model.made import codes, good, only, plain_of


def event(**more: Any) -> dict[str, Any]:
    return plain_of("agreement") | more


@pytest.mark.parametrize(
    "source",
    [
        {"url": "https://a.b"},
        {"title": "T", "publisher": "P", "published": "2025-10"},
        {"url": "https://a.b", "title": "T"},
    ],
)
def test_a_source_that_can_be_found_is_enough(source: dict[str, str]) -> None:
    assert good(event(sources=[source]))


@pytest.mark.parametrize(
    ("source", "lacking"),
    [
        ({"title": "T"}, "publisher, published"),
        ({"title": "T", "publisher": "P"}, "published"),
        ({"kind": "wire"}, "title, publisher, published"),
    ],
)
def test_a_source_that_cannot_be_found_says_what_it_lacks(
    source: dict[str, str], lacking: str
) -> None:
    (loc, code, _, hint) = only(event(sources=[{"url": "https://a.b"}, source]))
    assert (loc, code, hint) == (("sources", 1), "source-not-found", f"add url, or {lacking}")


@pytest.mark.parametrize("rel", tables.RELATIONS)
def test_every_relation_of_the_vocabulary_may_be_written(rel: str) -> None:
    link = {"rel": rel, "to": "2025-10-09-cn-mofcom-61"}
    assert good(event(links=[link]))["links"] == [link]


def test_a_relation_is_written_in_one_direction_only() -> None:
    (_, code, message, hint) = only(event(links=[{"rel": "suspended-by", "to": "2025-x"}]))
    assert code == "unknown-value"
    assert message.startswith("suspended-by: rel is one of amends, ")
    assert hint == "did you mean suspends?"


@pytest.mark.parametrize("to", ["2025", "x", "2025-A", "../2025-x", "2025-x#1(1)", "2025_10"])
def test_a_link_leads_to_an_id(to: str) -> None:
    assert codes(event(links=[{"rel": "suspends", "to": to}])) == {"links.0.to": "bad-id"}


def test_who_asserts_and_who_disputes_are_actors() -> None:
    link = {"rel": "responds-to", "to": "2025-x", "asserted_by": ["China"], "disputed_by": ["us"]}
    found = good(event(links=[link]))["links"][0]
    assert (found["asserted_by"], found["disputed_by"]) == (["CN"], ["US"])


def test_a_count_is_a_whole_number() -> None:
    meeting = plain_of("meeting")
    assert good(meeting | {"count": {"qualifier": "at-least", "value": "7"}})
    assert codes(meeting | {"count": {"value": "seven"}}) == {"count.value": "bad-number"}
    assert codes(meeting | {"count": {"qualifier": "about"}}) == {"count.value": "missing-field"}


def test_a_product_is_a_bare_code_or_a_code_with_its_role() -> None:
    mixed = ["hs:2805.30", {"code": "material:Dysprosium", "role": "inferred"}]
    assert good(event(products=mixed))["products"] == [
        "hs:280530",
        {"code": "material:dysprosium", "role": "inferred"},
    ]


def test_an_accepted_finding_has_a_reason() -> None:
    assert codes(event(allow=[{"check": "near-duplicate"}])) == {"allow.0.reason": "missing-field"}
