from __future__ import annotations

from typing import Any

import pytest

from rexctl.changes.changes import find_differences
from rexctl.changes.wording import describe_difference
from rexctl.model.tables import SHAPES, TYPES
from rexctl.records import plain_text
from tests.store.logs import event

ID = "2025-11-07-cn-act"
SUSPENDS = {"links": [{"rel": "suspends", "to": "2025-10-09-a"}]}
CLAUSES: dict[str, Any] = {"type": "tariff", "clauses": [{"id": "1"}]}
OLD = {"from": "2025-11-07", "until": "2026-11-10"}


def sentences_of(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [plain_text(describe_difference(found, after))
            for found in find_differences(before, after)]  # fmt: skip


def both(old: dict[str, Any], new: dict[str, Any], **more: Any) -> list[str]:
    return sentences_of(event(ID, **more, **old), event(ID, **more, **new))


def one(old: dict[str, Any], new: dict[str, Any], **more: Any) -> str:
    (found,) = both(old, new, **more)
    return found


def rates(*values: str, unit: str = "percent") -> dict[str, Any]:
    return {"rates": [{"value": value, "unit": unit} for value in values]}


def clause(**more: Any) -> dict[str, Any]:
    return {"clauses": [{"id": "1(1)", **more}]}


def test_the_end_of_a_suspension_has_its_name() -> None:
    old, new = {"effective": OLD}, {"effective": {**OLD, "until": "2026-11-27"}}
    assert one(old, new, **SUSPENDS) == "suspension end moved from 10 to 27 November 2026"
    assert one(old, new) == "end moved from 10 to 27 November 2026"


@pytest.mark.parametrize(
    ("rel", "act"),
    [("suspends", "suspension"), ("amends", "amendment"), ("extends", "extension"),
     ("resumes", "resumption"), ("replaces", "replacement"), ("revokes", "revocation")],
)  # fmt: skip
def test_every_act_on_another_measure_has_its_noun(rel: str, act: str) -> None:
    links = [{"rel": rel, "to": "2025-10-09-a"}]
    new = {"effective": {"from": "2025-11-08"}}
    assert one({"effective": {"from": "2025-11-07"}}, new, links=links).startswith(
        f"{act} start moved"
    )


def test_a_clause_is_called_after_what_is_done_by_way_of_it() -> None:
    old, new = clause(effective=OLD), clause(effective={**OLD, "until": "2026-11-27"})
    assert one(old, new) == "end of clause 1(1) moved from 10 to 27 November 2026"
    by = [{"rel": "suspends", "to": "2025-10-09-a", "via": "1(1)"}]
    assert one(old, new, links=by).startswith("suspension end of clause 1(1) moved")
    assert one(old, new, **SUSPENDS).startswith("end of clause 1(1) moved")


def test_an_end_that_is_written_the_other_way() -> None:
    old, new = {"effective": {"until": "2026-11-10"}}, {"effective": {"through": "2026-11-09"}}
    assert sentences_of(event(ID, **old, **SUSPENDS), event(ID, **new, **SUSPENDS)) == [
        "suspension end removed, was 10 November 2026",
        "suspension last day set to 9 November 2026",
    ]


def test_a_rate_says_on_whom_it_is_and_whether_it_rose() -> None:
    more = {"type": "tariff", "affected": ["CN"]}
    assert one(rates("100"), rates("140"), **more) == "rate on CN raised: 100 -> 140 percent"
    assert one(rates("100"), rates("7.5"), **more) == "rate on CN lowered: 100 -> 7.5 percent"
    assert (
        one(rates("10"), rates("10.0"), **more)
        == "rate on CN written as 10.0 instead of 10 percent"
    )
    points = one(
        rates("24", unit="percentage-points"), rates("10", unit="percentage-points"), **more
    )
    assert points == "rate on CN lowered: 24 -> 10 percentage points"
    assert one(rates("10"), rates("10", "5"), **more) == "rate added: 5 percent"
    origin = one(rates("10"), rates("15"), origin=["JP", "KR"], **more)
    assert origin == "rate on JP and KR raised: 10 -> 15 percent"
    inside = one(clause(**rates("10")), clause(**rates("15")), **more)
    assert inside == "rate on CN of clause 1(1) raised: 10 -> 15 percent"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"status": "threatened"}, {"status": "adopted"}, "status changed from threatened to adopted"),
        ({"date": "2025-11"}, {"date": "2025-11-07"}, "date narrowed from November 2025 to 7 November 2025"),
        ({}, {"affected": ["CN", "US"]}, "CN and US added to affected"),
        ({"tags": ["a", "b"]}, {"tags": ["a"]}, "b removed from tags"),
        ({}, {"summary": "New. And more."}, "summary added: “New. And more.”"),
        ({"summary": "Old."}, {}, "summary removed, was “Old.”"),
        ({"summary": "One. Two."}, {"summary": "One. Two. Three."}, "summary extended: “Three.”"),
        ({"summary": "One. Two."}, {"summary": "One."}, "summary shortened by “Two.”"),
        ({"summary": "One. Two."}, {"summary": "One. Too."}, "summary reworded, 1 of 2 sentences: “[-Two.-] {+Too.+}”"),
        ({"summary": "One. Two."}, {"summary": "Two. One."}, "summary put in another order"),
        ({"title": "Short"}, {"title": "Shorter"}, "title changed from Short to Shorter"),
        ({"title": "A"}, {"title": "B " * 30}, "title reworded: “[-A-] {+" + ("B " * 30).strip() + "+}”"),
        ({"review_by": "2026-01-01"}, {}, "review by removed, was 1 January 2026"),
        ({}, {"instrument": {"kind": "announcement", "number": "61"}}, "instrument added: 61"),
        ({"instrument": {"number": "61", "year": "2025"}}, {"instrument": {"number": "61", "year": "2026"}},
         "instrument year changed from 2025 to 2026"),
        (CLAUSES, CLAUSES | {"effective": OLD}, "window added: from 7 November 2025 until 10 November 2026"),
        ({}, {"time": "13:01"}, "time set to 13:01"),
        ({"x-desk": "a"}, {"x-desk": "b"}, "x-desk changed from a to b"),
        ({"x-m": {"a": "1"}}, {"x-m": {"a": "2"}}, "x-m changed from 1 to 2"),
        ({"x-n": ["a"]}, {"x-n": ["b", "c"]}, "x-n changed from a to b and c"),
    ],
)  # fmt: skip
def test_fields_of_every_event_in_words(
    old: dict[str, Any], new: dict[str, Any], words: str
) -> None:
    assert one(old, new) == words


SOURCE = {"url": "https://example.org/r", "publisher": "Reuters", "published": "2025-10-18"}


def test_sources_and_links_are_told_one_by_one() -> None:
    base = event(ID)["sources"]
    assert (
        one({"sources": base}, {"sources": [*base, SOURCE]})
        == "source added: Reuters, 18 October 2025"
    )
    told = one({"sources": [SOURCE]}, {"sources": [{**SOURCE, "attribution": "anonymous"}]})
    assert told == "source Reuters, 18 October 2025: attribution set to anonymous"
    assert one({}, SUSPENDS) == "link added: suspends 2025-10-09-a"
    disputed = {"links": [{**SUSPENDS["links"][0], "disputed_by": ["US"]}]}
    assert one(SUSPENDS, disputed) == "link suspends 2025-10-09-a: US added to disputed by"


def test_what_only_some_types_have_is_told_with_its_meaning() -> None:
    days = one({"licence": {"review_days": "30"}}, {"licence": {"review_days": "45"}})
    assert days == "licence review days raised: 30 -> 45"
    assert one({}, {"controls": ["licence"]}) == "licence added to controls (the kinds of control)"
    owner = {"metric": "ownership", "op": "ge", "value": "50", "unit": "percent"}
    told = one({"thresholds": [owner]}, {"thresholds": [{**owner, "value": "25"}]})
    assert told == "ownership threshold lowered: 50 -> 25 percent"


def leaf(kind: Any, number: int) -> Any:
    """A value that the kind of a field may have, another for each number."""
    if isinstance(kind, list):
        return [leaf(kind[0], number)]
    shape = kind.rpartition("|")[2]
    if shape in SHAPES:
        return {key: leaf(inner, number) for key, inner in SHAPES[shape].items()}
    if kind in ("date", "day"):
        return f"2025-10-{10 + number}"
    return str(10 + number) if kind in ("number", "integer") else f"w{number}."


@pytest.mark.parametrize("name", TYPES)
def test_every_field_of_every_type_has_a_sentence_without_being_named(name: str) -> None:
    """Each value that changes is told; a part whose key changes is told as another part."""
    for field in SHAPES[name]:
        if field in ("id", "type"):
            continue
        kind = SHAPES[name][field]
        before = event(ID, type=name) | {field: leaf(kind, 1)}
        after = event(ID, type=name) | {field: leaf(kind, 2)}
        came = event(ID, type=name)
        came.pop(field, None)
        for old, new in ((before, after), (came, after), (after, came)):
            told = sentences_of(old, new)
            assert told
            for line in told:
                assert "{" not in line.replace("{+", "")
                assert "None" not in line
                assert line == line.strip()
                assert "  " not in line
