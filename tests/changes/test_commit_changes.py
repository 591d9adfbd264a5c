from __future__ import annotations

from typing import Any

import pytest

from rexctl.changes.history import EventChange, describe_commit
from rexctl.records import Finding
from tests.store.logs import event

A, B = "2025-10-09-cn-a", "2025-10-09-cn-b"
RATE = {"type": "tariff", "affected": ["CN"], "rates": [{"value": "10", "unit": "percent"}]}


def seen(old: Any, new: Any, **more: Any) -> EventChange:
    return EventChange(f"events/2025/{(new or old or {'id': A})['id']}.yaml", old, new, **more)


def words(*sides: list[EventChange], field: str = "", edge: bool = False) -> list[str]:
    return [change.sentence for change in describe_commit(sides, field, is_boundary=edge)]


def test_a_commit_is_told_in_the_words_of_diff() -> None:
    change = seen(event(A), event(A, status="proposed", title="T"))
    assert words([change]) == ["status changed from adopted to proposed",
                               f"title changed from “What {A} tells” to “T”"]  # fmt: skip
    assert words([]) == words() == []


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("effective.until", ["end moved from 1 to 2 December 2025"]),
        ("effective", ["end moved from 1 to 2 December 2025", "start set to 1 November 2025"]),
        ("effective.from", ["start set to 1 November 2025"]),
        ("status", []),
        ("eff", []),
    ],
)
def test_a_field_and_what_lies_below_it(field: str, found: list[str]) -> None:
    old = event(A, effective={"until": "2025-12-01"})
    new = event(A, effective={"from": "2025-11-01", "until": "2025-12-02"}, title="T")
    assert sorted(words([seen(old, new)], field=field)) == found


def test_a_part_that_came_whole_is_told_of_the_fields_it_has() -> None:
    change = seen(event(A), event(A, effective={"from": "2025-11-01"}))
    assert len(words([change], field="effective.from")) == 1
    assert words([change], field="effective.until") == []
    source = {"url": "https://example.org/2", "publisher": "Reuters"}
    more = seen(event(A), event(A, sources=[*event(A)["sources"], source]))
    assert len(words([more], field="sources.publisher")) == 1
    assert words([more], field="sources.quote") == []


def test_an_event_that_came_or_went_tells_its_field() -> None:
    came, went = seen(None, event(A, **RATE)), seen(event(A, **RATE), None)
    for field in ("rates", "rates.value"):
        (first,), (last,) = describe_commit([[came]], field), describe_commit([[went]], field)
        assert (first.kind, first.sentence) == ("added", "with the event: rate added: 10 percent")
        assert (last.kind, last.sentence) == ("removed", "with the event: rate removed: 10 percent")
    (status,) = describe_commit([[came]], "status")
    assert (status.kind, status.old, status.new) == ("added", None, "adopted")
    assert words([came], field="products") == []
    (name,) = describe_commit([[came]], "id")
    assert (name.kind, name.field, name.old, name.new) == ("added", "id", None, A)
    ended = seen(None, event(A, effective={"until": "2025-12-01", "from": "2025-11-01"}))
    assert words([ended], field="effective.until") == ["with the event: end set to 1 December 2025"]


def test_a_retraction_is_of_confidence_and_of_the_note() -> None:
    change = seen(event(A), event(A, confidence="retracted", note="Wrong."))
    for field in ("confidence", "note"):
        assert words([change], field=field) == ["retracted: “Wrong.”"]
    assert words([change], field="title") == []


def test_a_rename_is_of_the_id() -> None:
    change = seen(event(A), event(A) | {"id": B, "aliases": [A]})
    assert words([change], field="id") == words([change]) == [f"renamed from {A} to {B}"]
    assert words([change], field="title") == []


def test_a_link_that_follows_a_rename_told_elsewhere_is_known() -> None:
    old, new = (event("2025-10-09-cn-c", links=[{"rel": "suspends", "to": to}]) for to in (A, B))
    (change,) = describe_commit([[seen(old, new)]], renamed=[{A: B}])
    assert change.sentence == f"link suspends now names {B}, which was {A}"
    assert len(describe_commit([[seen(old, new)]])) == 2


def test_of_a_merge_only_what_no_parent_has() -> None:
    merged = event(A, status="proposed", title="T", affected=["US"])
    ours = seen(event(A, status="proposed"), merged)
    theirs = seen(event(A, title="T"), merged)
    assert words([ours], [theirs]) == ["US added to affected"]
    assert words([ours], [seen(merged, merged)]) == []
    other = seen(event(A, status="threatened", title="T", affected=["US"]), merged)
    third = seen(event(A, status="withdrawn", title="T", affected=["US"]), merged)
    assert words([other], [third]) == ["status changed from threatened to proposed"]


def test_a_parent_that_lacks_the_event_has_no_say_in_what_the_merge_made_of_it() -> None:
    merged = event(A, title="T")
    came, changed = seen(None, merged), seen(event(A), merged)
    for sides in ([came], [changed]), ([changed], [came]), ([came], [changed], [came]):
        assert words(*sides) == [f"title changed from “What {A} tells” to “T”"]
    assert words([came], []) == []
    (new,) = describe_commit([[came], [came]])
    assert new.kind == "added"


def test_two_clauses_that_each_branch_moved_to_one_day_are_no_change_of_the_merge() -> None:
    def both(one: str, two: str) -> dict[str, Any]:
        clauses = [{"id": "1", "effective": {"from": one}}, {"id": "2", "effective": {"from": two}}]
        return event(A, clauses=clauses)

    merged = both("2025-12-01", "2025-12-01")
    ours, theirs = both("2025-12-01", "2025-11-01"), both("2025-11-01", "2025-12-01")
    assert words([seen(ours, merged)], [seen(theirs, merged)]) == []


def test_a_file_that_does_not_read_and_reads_again() -> None:
    fault = Finding("yaml-syntax", "a value is missing here", f"events/2025/{A}.yaml", 3)
    (change,) = describe_commit([[EventChange(fault.path, event(A), None, fault)]])
    assert (change.event, change.title, change.kind) == (A, f"What {A} tells", "unreadable")
    assert change.sentence == "does not read: line 3: a value is missing here"
    back = seen(event(A), event(A, status="proposed"), was_unreadable=True)
    other = seen(event(B), event(B, status="proposed"))
    assert words([other, back]) == ["valid again", "status changed from adopted to proposed",
                                    "status changed from adopted to proposed"]  # fmt: skip
    assert words([back], field="status") == ["status changed from adopted to proposed"]
    assert words([seen(event(A), event(A), was_unreadable=True)]) == ["valid again"]


def test_at_the_edge_of_a_clone_an_event_was_there_already() -> None:
    (change,) = describe_commit([[seen(None, event(A))]], is_boundary=True)
    assert change.kind == "there"
    assert change.sentence.startswith("there already: adopted export control by CN")
    (status,) = describe_commit([[seen(None, event(A))]], "status", is_boundary=True)
    assert (status.kind, status.new) == ("there", "adopted")
    assert status.sentence == "there already: status set to adopted"
