"""The report on changes: what a reviewer is told first."""

from __future__ import annotations

from typing import Any

from rexctl.changes import doubts, report
from rexctl.changes.changes import compare_events, compare_pairs
from rexctl.changes.report import headings, layout_changes, sections_of
from rexctl.output import help_pages
from rexctl.output.part_words import content_lines
from rexctl.records import SECTIONS
from tests.store.logs import event

A, B, C = "2025-10-09-cn-a", "2025-10-10-cn-b", "2025-10-11-cn-c"
RATE: dict[str, Any] = {"value": "44", "unit": "percent"}
CLAUSES = [{"id": "1"}, {"id": "2"}]


def tariff(**more: Any) -> dict[str, Any]:
    return event(A, type="tariff", **{"rates": [RATE], **more})


def test_the_first_lines_count_by_kind_and_by_type() -> None:
    changes = compare_pairs([(None, event(A)), (None, event(B)), (event(C), None)])
    assert headings(changes, "in force on 2025-10-09: 0 -> 2 of 2 linked measures", {}) == (
        "2 events added, 1 removed", "in force on 2025-10-09: 0 -> 2 of 2 linked measures",
        "new: 2 export controls",
    )  # fmt: skip


def test_a_new_event_comes_with_its_content() -> None:
    new = event(A, type="sanction", affected=["CN"], change="add",
                entities=[{"name": "Arrow"}, {"name": "Bow"}], counts=[{"value": "14", "of": "CN"}],
                clauses=[{"id": "1", "effective": {"from": "2025-12-01"}, "products": ["hs:72"]}],
                claims=[{"text": "They\\nsay so.", "by": "US", "attribution": "anonymous"}])  # fmt: skip
    (section,) = sections_of(compare_events(None, new))
    assert [*content_lines(section.items[0].added)] == [
        "affected CN; change add; entities Arrow and Bow; out of 14 of CN",
        "clause 1; effective from 2025-12-01; products hs:72",
        "claim US: They\\nsay so. (attribution: anonymous)",
    ]


def test_sections_come_in_the_order_of_a_reviewer_and_events_that_only_look_new_come_last() -> None:
    pairs = [
        (event(A), event(A, title="T", status="proposed", effective={"from": "2026-01-01"})),
        (event(B), event(B)), (event(C), None), (None, event("2025-10-12-cn-d")),
    ]  # fmt: skip
    changes = compare_pairs(pairs)
    found = sections_of([*changes, *layout_changes(pairs, changes)])
    assert [(one.title.split()[0].strip(":,"), one.number) for one in found] == [
        ("Removed", 1), ("Status", 1), ("In", 1), ("New", 1), ("Texts", 1), ("Only", 1)
    ]  # fmt: skip


def test_old_words_are_never_hidden() -> None:
    long = " ".join(f"word{n}" for n in range(60))
    (change,) = compare_events(
        event(A, title=f"{long} 30% {long}"), event(A, title=f"{long} 20% {long}")
    )
    assert change.sentence == (
        "title reworded: “… word54 word55 word56 word57 word58 word59 [-30%-] {+20%+} "
        "word0 word1 word2 word3 word4 word5 …”"
    )
    (gone,) = compare_events(event(A, summary=f"One. {long}."), event(A, summary="One."))
    assert long in gone.sentence
    (other,) = compare_events(
        event(A, title="A b c"), event(A, title="X y z of something else at some length here")
    )
    assert (
        other.sentence
        == "title reworded: “[-A b c-] {+X y z of something else at some length here+}”"
    )


def test_a_rename_and_a_retraction_that_are_taken_back_say_so() -> None:
    (back,) = compare_events({**event(A), "id": B, "aliases": [A]}, event(A))
    assert back.sentence == f"renamed back from {B} to {A}"
    (withdrawn,) = compare_events(event(A, confidence="retracted"), event(A))
    assert (withdrawn.sentence, withdrawn.section) == ("retraction withdrawn", "status")


def test_the_page_on_reviews_has_every_section_and_every_limit() -> None:
    page = help_pages.find_topic("review")
    assert page is not None
    for title in SECTIONS.values():
        assert f"\n{title}\n  " in page.body, title
    assert f"a figure {doubts._FACTOR} times as high or as low" in page.body
    assert "Three or more events that change alike" in page.body and report._MIN_FOLDED == 3
    assert "Fifteen events are listed" in page.body and report._MOST_DOUBTS == 15
