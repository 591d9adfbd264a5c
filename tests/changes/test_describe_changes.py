from __future__ import annotations

import random
from typing import Any

import pytest

from rexctl.changes.changes import compare_events, compare_pairs
from rexctl.records import Change
from tests.store.logs import event

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"


def brief(found: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.event, change.kind, change.field) for change in found]


def test_a_change_carries_the_event_the_field_and_both_values() -> None:
    old = event(A, effective={"from": "2025-11-01"})
    new = event(A, effective={"from": "2025-11-02"})
    assert compare_events(old, new) == [Change(
        A, f"What {A} tells", "export-control", "changed", "effective.from", "2025-11-01", "2025-11-02",
        "start moved from 1 to 2 November 2025", "force",
        (("start ", ""), ("moved from ", ""), ("1", "was"), (" to ", ""), ("2 November 2025", "now")),
    )]  # fmt: skip
    assert compare_events(old, old) == []
    assert compare_events(None, None) == []


def test_text_wrapped_anew_keys_in_another_order_and_one_rate_are_one_change() -> None:
    old = event(A, type="tariff", affected=["CN"], rates=[{"value": "100", "unit": "percent"}],
                summary="A long sentence that is\nwrapped. And another.", tags=["x", "y"])  # fmt: skip
    new = dict(reversed(old.items())) | {
        "rates": [{"unit": "percent", "value": "140"}], "tags": ["y", "x"],
        "summary": "A long sentence that is wrapped.\nAnd another.",
    }  # fmt: skip
    assert [change.sentence for change in compare_events(old, new)] == [
        "rate on CN raised: 100 -> 140 percent"
    ]


def test_an_event_that_came_or_went_is_one_change() -> None:
    (came,) = compare_events(None, event(A))
    assert (came.kind, came.old, came.new) == ("added", None, event(A))
    assert came.sentence.startswith("added: adopted export control by CN, 9 October 2025")
    (went,) = compare_events(event(A), None)
    assert (went.kind, went.old, went.new) == ("removed", event(A), None)


def test_a_retraction_tells_its_reason_once() -> None:
    old = event(A, note="EventChange in the gazette.")
    new = event(
        A, note="EventChange in the gazette. The gazette took it back.", confidence="retracted"
    )
    (found,) = compare_events(old, new)
    assert (found.kind, found.sentence) == ("retracted", "retracted: “The gazette took it back.”")
    (back,) = compare_events(new, {**new, "confidence": "likely"})
    assert (back.kind, back.sentence) == ("changed", "retraction withdrawn, confidence likely")
    (bare,) = compare_events(event(A), event(A, confidence="retracted"))
    assert bare.sentence == "retracted, without a reason in its note"


def test_a_rename_is_one_change_and_links_follow_it() -> None:
    other = event(C, links=[{"rel": "suspends", "to": A}])
    follows = event(C, links=[{"rel": "suspends", "to": B}])
    renamed = event(A) | {"id": B, "aliases": [A]}
    found = compare_pairs([(event(A), None), (None, renamed), (other, follows)])
    assert brief(found) == [(B, "renamed", "id"), (C, "changed", "links.to")]
    assert found[0].sentence == f"renamed from {A} to {B}"
    assert found[1].sentence == f"link suspends now names {B}, which was {A}"


def test_a_renamed_event_may_have_changed_as_well() -> None:
    renamed = event(A) | {"id": B, "aliases": ["2025-10-09-cn-first", A], "date": "2025-10-10"}
    old = event(A, aliases=["2025-10-09-cn-first"])
    assert brief(compare_pairs([(None, renamed), (old, None)])) == [
        (B, "renamed", "id"),
        (B, "changed", "date"),
    ]


def test_an_alias_of_an_event_that_is_still_there_is_no_rename() -> None:
    found = compare_pairs([(event(A), event(A, status="proposed")), (None, event(B, aliases=[A]))])
    assert brief(found) == [(A, "changed", "status"), (B, "added", "")]


def test_what_may_change_what_is_in_force_is_told_first() -> None:
    old = event(A)
    new = event(A, title="T", note="N.", status="proposed", affected=["US"], tags=["x"],
                links=[{"rel": "responds-to", "to": B}, {"rel": "suspends", "to": B}])  # fmt: skip
    assert [change.sentence.split(" ")[0] for change in compare_events(old, new)] == [
        "status", "US", "link", "link", "title", "note", "x"
    ]  # fmt: skip


def test_events_that_went_come_before_those_that_came() -> None:
    pairs = [(None, event(A)), (event(B), None), (event(C), event(C, status="proposed"))]
    assert [change.kind for change in compare_pairs(pairs)] == ["removed", "changed", "added"]
    texts = [(event(A), event(A, note="N.")), (event(B), event(B, status="proposed"))]
    assert [change.event for change in compare_pairs(texts)] == [B, A]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_pairs_does_not_change_the_answer(seed: int) -> None:
    pairs: list[Any] = [(event(A), None), (None, event(B, aliases=[A])), (None, event(C))]
    wanted = compare_pairs(pairs)
    random.Random(seed).shuffle(pairs)
    assert compare_pairs(pairs) == wanted
