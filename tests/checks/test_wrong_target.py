from __future__ import annotations

import pytest

from rexctl.model.tables import LIFECYCLE, RELATIONS
from tests.checks.cases import linked, locations
from tests.store.logs import event

CODE = "wrong-target"
OWN, TO, REL = ("2025-11-07-a", "2025-10-09-b", ("links", 0))


@pytest.mark.parametrize("rel", RELATIONS)
@pytest.mark.parametrize(
    ("own", "other", "at"),
    [("tariff", "tariff", ""), ("statement", "tariff", "rel"), ("tariff", "meeting", "to")],
)
def test_just_these_links_join_measure_to_measure(rel: str, own: str, other: str, at: str) -> None:
    found = locations(CODE, linked(OWN, rel, TO, type=own), event(TO, type=other))
    assert found == ([(OWN, (*REL, at))] if at and rel in LIFECYCLE else [])


@pytest.mark.parametrize("rel", LIFECYCLE)
def test_only_an_amendment_must_be_of_the_same_type(rel: str) -> None:
    found = locations(CODE, linked(OWN, rel, TO, type="sanction"), event(TO, type="tariff"))
    assert found == ([(OWN, (*REL, "to"))] if rel == "amends" else [])


def test_a_link_to_nothing_is_reported_by_another_rule() -> None:
    assert locations(CODE, linked(OWN, "suspends", TO, type="statement")) == []
