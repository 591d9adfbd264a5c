from __future__ import annotations

import pytest

from rexctl.model.tables import RELATIONS
from tests.checks.cases import linked, locations
from tests.store.logs import event

CODE = "misplaced-link"


@pytest.mark.parametrize("rel", RELATIONS)
def test_just_what_reads_the_same_both_ways_stands_in_the_later_file(rel: str) -> None:
    wrong = locations(CODE, linked("2025-10-09-a", rel, "2025-10-10-b"), event("2025-10-10-b"))
    assert bool(wrong) is (rel in ("mirrors", "same-as"))
    assert locations(CODE, event("2025-10-09-a"), linked("2025-10-10-b", rel, "2025-10-09-a")) == []


def test_the_place_is_the_relation() -> None:
    assert locations(CODE, linked("2025-10-09-a", "same-as", "2025-10-10-b")) == [
        ("2025-10-09-a", ("links", 0, "rel"))
    ]
