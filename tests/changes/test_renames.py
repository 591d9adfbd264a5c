from __future__ import annotations

from rexctl.changes.changes import match_id
from rexctl.changes.history import match_likeness
from tests.store.logs import event

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"


def test_the_alias_says_which_event_it_was() -> None:
    assert match_id(event(B, aliases=[C, A]), {A: event(A)}) == A
    assert match_id(event(B), {A: event(A)}) is None


def test_without_an_alias_the_one_that_says_the_same_is_it() -> None:
    new = event(B, title="T", status="proposed")
    assert match_likeness(new, {A: event(A, title="T"), C: event(C)}) == A
    assert match_likeness(new, {A: event(A, title="T"), C: event(C, title="T")}) is None


def test_two_events_from_one_page_are_not_one() -> None:
    page = [{"url": "https://example.org/page"}]
    assert match_likeness(event(B, sources=page), {A: event(A, sources=page)}) is None
    assert match_likeness(event(B, title="T", date="2025-10-10"), {A: event(A, title="T")}) is None
    assert match_likeness(event(B, title="T"), {A: event(A, title="T", type="tariff")}) is None
    assert match_likeness(event(B), {A: {}}) is None  # a file that did not read
