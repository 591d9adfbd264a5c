from __future__ import annotations

from typing import Any

import pytest

from rexctl.cli.assignments import Assignment, apply, parse
from rexctl.errors import UsageError
from rexctl.model.typed_input import items_from_input
from rexctl.vocabulary.vocabulary import shipped_vocabulary

EVENT: dict[str, Any] = {
    "id": "2025-10-09-a", "type": "export-control", "title": "A", "actors": ["CN"], "tags": ["a", "b"],
    "effective": {"from": "2025-10-09"}, "products": ["hs:2846", {"code": "hs:2805", "role": "inferred"}],
    "clauses": [{"id": "1(1)", "effective": {"from": "2025-12-01"}}, {"id": "2"}, {"id": "0"}],
    "sources": [{"url": "https://example.org/a"}], "exemptions": ["One, and two."],
}  # fmt: skip


def done(word: str) -> dict[str, Any]:
    """What of the event is other after an assignment; None is gone."""
    asked = parse(word)
    assert asked is not None
    after = apply(
        EVENT,
        asked,
        read_items=lambda text, kind: items_from_input(text, kind, shipped_vocabulary()),
    )
    keys = {*EVENT, *after}
    return {key: after.get(key) for key in keys if after.get(key) != EVENT.get(key)}


@pytest.mark.parametrize(("word", "asked"), [
    ("date=2025", Assignment(("date",), "=", "2025")), ("tags+=a,b", Assignment(("tags",), "+=", "a,b")),
    ("sources.0.url-=x=y", Assignment(("sources", "0", "url"), "-=", "x=y")), ("note=", Assignment(("note",), "=", "")),
    ("clauses.1(1).title=A b", Assignment(("clauses", "1(1)", "title"), "=", "A b")),
    ("2025-10-09-a", None), ("type:tariff", None), ("=x", None), ("@saved", None), ("a b=c", None),
])  # fmt: skip
def test_what_is_an_assignment_and_what_is_none(word: str, asked: Assignment | None) -> None:
    assert parse(word) == asked


@pytest.mark.parametrize(("word", "changed"), [
    ("title=B", {"title": "B"}), ("effective.until=2026", {"effective": {"from": "2025-10-09", "until": "2026"}}),
    ("effective=2026", {"effective": {"from": "2026"}}), ("effective.from=", {"effective": None}),
    ("instrument.number=61", {"instrument": {"number": "61"}}), ("instrument=61", {"instrument": {"number": "61"}}),
    ("tags=x,y", {"tags": ["x", "y"]}), ("tags+=b,c", {"tags": ["a", "b", "c"]}), ("tags-=a", {"tags": ["b"]}),
    ("tags-=a,b", {"tags": None}), ("tags=", {"tags": None}), ("affected+=US", {"affected": ["US"]}),
    ("exemptions+=Three, four.", {"exemptions": ["One, and two.", "Three, four."]}),
    ("sources+=https://b.org/x,y", {"sources": [{"url": "https://example.org/a"}, {"url": "https://b.org/x,y"}]}),
    ("sources-=https://example.org/a", {"sources": None}),
    ("sources.0.accessed=2025-10-18", {"sources": [{"url": "https://example.org/a", "accessed": "2025-10-18"}]}),
    ("products-=hs:2805", {"products": ["hs:2846"]}), ("products-=HS:28.05", {"products": ["hs:2846"]}),
    ("actors+=US,China", {"actors": ["CN", "US"]}), ("actors-=China", {"actors": None}),
    ("affected=Hong Kong SAR, China", {"affected": ["HK"]}),
    ("thresholds+=ownership >= 50%", {"thresholds": [
        {"metric": "ownership", "op": "ge", "value": "50", "unit": "percent"}]}),
    ('sources+={"title": "Notice", "publisher": "MOFCOM", "published": "2025"}', {"sources": [
        EVENT["sources"][0], {"title": "Notice", "publisher": "MOFCOM", "published": "2025"}]}),
    ("products.hs:2846.role=reference", {"products": [{"code": "hs:2846", "role": "reference"}, EVENT["products"][1]]}),
    ("products.1.role=", {"products": ["hs:2846", {"code": "hs:2805"}]}), ("x-own.deep=1", {"x-own": {"deep": "1"}}),
])  # fmt: skip
def test_what_an_assignment_does(word: str, changed: dict[str, Any]) -> None:
    assert done(word) == changed


def test_an_item_is_named_by_its_chief_field_before_its_number() -> None:
    (clauses,) = done("clauses.1(1).effective.from=2025-12-02").values()
    assert clauses[0]["effective"] == {"from": "2025-12-02"}
    assert done("clauses.0.title=Z")["clauses"][2] == {"id": "0", "title": "Z"}
    assert done("clauses.1.title=B")["clauses"][1] == {"id": "2", "title": "B"}


@pytest.mark.parametrize(
    "word", ["titel=B", "effective.form=2025", "clauses.2.efective.from=2025", "products.0.x=1"]
)
def test_a_field_that_is_none_is_told_with_the_nearest(word: str) -> None:
    with pytest.raises(UsageError, match="no such field"):
        done(word)


@pytest.mark.parametrize(("word", "why"), [
    ("title+=B", "is no list"), ("tags-=c", "has no c"), ("tags+=", "has no value"),
    ("sources.7.url=x", "there is no 7"), ("claims.0.text=x", "there is no 0"),
])  # fmt: skip
def test_what_cannot_be_done_is_told(word: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        done(word)


def test_the_event_itself_is_left_alone() -> None:
    before = str(EVENT)
    for word in ("tags+=c", "effective.until=2026", "clauses.1(1).title=B"):
        done(word)
    assert str(EVENT) == before
