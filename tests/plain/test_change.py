from __future__ import annotations

from rexctl.records import KINDS, Change, summary


def change(kind: str, event: str = "2025-10-09-a", weight: int = 0) -> Change:
    return Change(event, "A", "tariff", kind, "", None, None, kind, weight)


def test_what_is_lost_is_told_before_what_came() -> None:
    found = sorted((change(kind) for kind in sorted(KINDS)), key=lambda one: one.rank)
    assert [one.kind for one in found] == ["removed", "retracted", "renamed", "changed", "added"]
    assert change("changed", weight=1).rank > change("changed").rank


def test_an_event_is_counted_once_as_the_most_telling_that_became_of_it() -> None:
    assert summary([]) == ""
    assert summary([change("changed"), change("changed")]) == "1 event changed"
    assert summary([change("changed"), change("retracted")]) == "1 event retracted"
    several = [change("added", "b"), change("changed", "a"), change("changed", "c")]
    assert summary(several) == "2 events changed, 1 added"
