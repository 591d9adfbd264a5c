from __future__ import annotations

from itertools import pairwise

import pytest

from rexctl.plain.words import ACYCLIC, RELATIONS
from tests.checks.cases import linked, places
from tests.store.logs import event

CODE = "links-do-not-loop"
A, B, C = (f"2025-10-09-{letter}" for letter in "abc")


@pytest.mark.parametrize("rel", RELATIONS)
def test_each_link_of_a_circle_is_told_where_the_relation_stands_for_an_order(rel: str) -> None:
    found = places(CODE, linked(A, rel, B), linked(B, rel, C), linked(C, rel, A))
    assert found == ([(name, ("links", 0, "to")) for name in (A, B, C)] if rel in ACYCLIC else [])


def test_an_event_that_comes_before_itself_is_told() -> None:
    assert places(CODE, linked(A, "follows-up", A)) == [(A, ("links", 0, "to"))]


def test_two_relations_make_no_circle_together() -> None:
    assert places(CODE, linked(A, "follows-up", B), linked(B, "prepares", A)) == []


def test_what_only_leads_into_a_circle_is_not_told() -> None:
    found = places(
        CODE, linked(A, "follows-up", B), linked(B, "follows-up", C), linked(C, "follows-up", B)
    )
    assert {name for name, _ in found} == {B, C}


def test_a_circle_through_a_former_id_is_a_circle() -> None:
    old = linked(A, "follows-up", B, aliases=["2025-10-09-old"])
    assert len(places(CODE, old, linked(B, "follows-up", "2025-10-09-old"))) == 2


def test_a_fork_that_meets_again_and_a_long_chain_are_no_circle() -> None:
    fork = linked(A, "follows-up", B)
    fork["links"].append({"rel": "follows-up", "to": C})
    assert (
        places(
            CODE,
            fork,
            linked(B, "follows-up", "2025-10-09-d"),
            linked(C, "follows-up", "2025-10-09-d"),
            event("2025-10-09-d"),
        )
        == []
    )
    names = [f"2025-10-09-x{n}" for n in range(1500)]
    assert places(CODE, *(linked(a, "follows-up", b) for a, b in pairwise(names))) == []
