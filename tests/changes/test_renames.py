from __future__ import annotations

from typing import Any

from rexctl.changes.changes import compare_pairs, match_renames
from tests.store.logs import event

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"


def match(new: dict[str, Any], *removed: dict[str, Any]) -> str | None:
    return match_renames({"new": new}, {one["id"]: one for one in removed}).get("new")


def test_the_alias_says_which_event_it_was() -> None:
    assert match(event(B, aliases=[C, A]), event(A)) == A
    assert match(event(B), event(A)) is None


def test_without_an_alias_the_one_that_says_the_same_is_it() -> None:
    new = event(B, title="T", status="proposed")
    assert match(new, event(A, title="T"), event(C)) == A
    assert match(new, event(A, title="T"), event(C, title="T")) is None


def test_two_events_from_one_page_are_not_one() -> None:
    page = [{"url": "https://example.org/page"}]
    assert match(event(B, sources=page), event(A, sources=page)) is None
    assert match(event(B, title="T", date="2025-10-10"), event(A, title="T")) is None
    assert match(event(B, title="T"), event(A, title="T", type="tariff")) is None
    assert match(event(B), {"id": A}) is None


def test_a_file_moved_by_hand_is_renamed_in_a_diff_as_in_the_log() -> None:
    changes = compare_pairs([(event(A, title="T"), None), (None, event(B, title="T"))])
    assert changes[0].sentence == f"renamed from {A} to {B}"
    assert {change.kind for change in changes} == {"renamed", "changed"}
