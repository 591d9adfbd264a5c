from __future__ import annotations

from tests.checks.cases import linked, places, told
from tests.store.logs import event

CODE = "links-resolve"


def test_a_link_to_a_present_or_a_former_id_is_right() -> None:
    target = event("2025-10-09-b", aliases=["2025-10-09-old"])
    for to in ("2025-10-09-b", "2025-10-09-old"):
        assert places(CODE, target, linked("2025-11-07-a", "part-of", to)) == []


def test_a_link_to_nothing_is_told_with_what_was_meant() -> None:
    (one,) = told(
        CODE, event("2025-10-09-mofcom"), linked("2025-11-07-a", "part-of", "2025-10-09-mofcm")
    )
    assert (one.event, one.loc, one.level) == ("2025-11-07-a", ("links", 0, "to"), "error")
    assert one.hint == "did you mean 2025-10-09-mofcom?"
