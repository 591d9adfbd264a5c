from __future__ import annotations

import pytest

from rexctl.model.tables import CAUSAL, RELATIONS
from tests.checks.cases import linked, locations

CODE = "unattributed-cause"
NAME = "2025-10-10-a"


@pytest.mark.parametrize("rel", RELATIONS)
def test_just_the_causal_links_want_somebody(rel: str) -> None:
    found = locations(CODE, linked(NAME, rel, "2025-10-09-b"))
    assert found == ([(NAME, ("links", 0, "rel"))] if rel in CAUSAL else [])


def test_a_claim_of_somebody_is_right() -> None:
    assert (
        locations(CODE, linked(NAME, "responds-to", "2025-10-09-b", link={"asserted_by": ["US"]}))
        == []
    )
