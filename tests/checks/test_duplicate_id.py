from __future__ import annotations

from rexctl.checks import duplicate_id
from rexctl.checks.context import build_context
from rexctl.records import Row
from tests.checks.cases import TODAY, VOCABULARY, locations
from tests.store.logs import event

CODE = "duplicate-id"


def test_a_second_file_of_one_id_is_reported_in_that_file() -> None:
    rows = [Row(event("2025-10-09-a"), path=f"events/{name}.yaml") for name in ("a", "b")]
    (one,) = duplicate_id.check(build_context(rows, dict, {}, VOCABULARY, TODAY))
    assert (one.path, one.loc) == ("events/b.yaml", ("id",))
    assert "events/a.yaml" in one.message


def test_an_alias_of_two_events_is_reported_at_the_second() -> None:
    both = [
        event(f"2025-10-09-{name}", aliases=["2025-01-01-x", "2025-01-01-old"][n:])
        for n, name in enumerate("ab")
    ]
    assert locations(CODE, *both) == [("2025-10-09-b", ("aliases", 0))]


def test_an_alias_that_is_the_id_itself_or_another_is_reported() -> None:
    assert locations(CODE, event("2025-10-09-a", aliases=["2025-10-09-a"])) == [
        ("2025-10-09-a", ("aliases", 0))
    ]
    both = event("2025-10-09-a", aliases=["2025-10-09-b"]), event("2025-10-09-b")
    assert locations(CODE, *both) == [("2025-10-09-a", ("aliases", 0))]


def test_an_alias_that_nobody_else_has_is_right() -> None:
    assert (
        locations(CODE, event("2025-10-09-a", aliases=["2025-10-09-old"]), event("2025-10-09-b"))
        == []
    )
