from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.tables import ACYCLIC, RELATIONS
from tests.checks.cases import linked, locations
from tests.store.logs import event

CODE = "link-cycle"
A, B, C = (f"2025-10-09-{letter}" for letter in "abc")


@pytest.mark.parametrize("rel", RELATIONS)
def test_each_link_of_a_circle_is_reported_where_the_relation_stands_for_an_order(rel: str) -> None:
    found = locations(CODE, linked(A, rel, B), linked(B, rel, C), linked(C, rel, A))
    assert found == ([(name, ("links", 0, "to")) for name in (A, B, C)] if rel in ACYCLIC else [])


def test_an_event_that_comes_before_itself_is_reported() -> None:
    assert locations(CODE, linked(A, "follows-up", A)) == [(A, ("links", 0, "to"))]


def test_two_relations_make_no_circle_together() -> None:
    assert locations(CODE, linked(A, "follows-up", B), linked(B, "prepares", A)) == []


def test_what_only_leads_into_a_circle_is_not_reported() -> None:
    found = locations(
        CODE, linked(A, "follows-up", B), linked(B, "follows-up", C), linked(C, "follows-up", B)
    )
    assert {name for name, _ in found} == {B, C}


def test_a_circle_through_a_former_id_is_a_circle() -> None:
    old = linked(A, "follows-up", B, aliases=["2025-10-09-old"])
    assert len(locations(CODE, old, linked(B, "follows-up", "2025-10-09-old"))) == 2


def test_a_fork_that_meets_again_and_a_long_chain_are_no_circle() -> None:
    fork = linked(A, "follows-up", B)
    fork["links"].append({"rel": "follows-up", "to": C})
    assert (
        locations(
            CODE,
            fork,
            linked(B, "follows-up", "2025-10-09-d"),
            linked(C, "follows-up", "2025-10-09-d"),
            event("2025-10-09-d"),
        )
        == []
    )
    names = [f"2025-10-09-x{n}" for n in range(1500)]
    assert locations(CODE, *(linked(a, "follows-up", b) for a, b in pairwise(names))) == []


@pytest.mark.slow
def test_a_circle_of_very_many_is_reported_as_soon_as_a_small_one() -> None:
    names = [f"2025-10-09-x{n}" for n in range(20_000)]
    ring = [linked(a, "follows-up", b) for a, b in pairwise([*names, names[0]])]
    assert len(locations(CODE, *ring)) == 20_000


NAMES = [f"2025-10-09-{letter}" for letter in "abcdef"]
LINKS = st.lists(
    st.tuples(st.sampled_from(["follows-up", "prepares", "mirrors"]),
              st.sampled_from([*NAMES, "2025-10-09-old", "2025-10-09-gone"])),
    max_size=3,
)  # fmt: skip


def naive(events: list[dict[str, Any]]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Search the way back from each link."""
    links = [(e["id"], n, link["rel"], link["to"].replace("-old", "-a"))
             for e in events for n, link in enumerate(e["links"])]  # fmt: skip

    def leads(rel: str, start: str, goal: str, seen: frozenset[str]) -> bool:
        ahead = {to for here, _, other, to in links if here == start and other == rel} - seen
        return start == goal or any(leads(rel, to, goal, seen | {start}) for to in ahead)

    return [(here, ("links", n, "to")) for here, n, rel, to in links
            if rel in ACYCLIC and leads(rel, to, here, frozenset())]  # fmt: skip


@given(st.lists(LINKS, min_size=6, max_size=6))
def test_the_links_reported_are_those_from_which_a_search_comes_back(
    found: list[list[tuple[str, str]]],
) -> None:
    events = [event(name, links=[{"rel": rel, "to": to} for rel, to in links])
              for name, links in zip(NAMES, found, strict=True)]  # fmt: skip
    events[0]["aliases"] = ["2025-10-09-old"]
    assert sorted(locations(CODE, *events)) == sorted(naive(events))
