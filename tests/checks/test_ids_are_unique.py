from __future__ import annotations

from tests.checks.cases import places, told
from tests.store.logs import event

CODE = "ids-are-unique"


def test_a_second_file_of_one_id_is_told_in_that_file() -> None:
    (one,) = told(CODE, event("2025-10-09-a"), twins=(("2025-10-09-a", "events/2025/x.yaml"),))
    assert (one.path, one.loc) == ("events/2025/x.yaml", ("id",))
    assert "events/2025/2025-10-09-a.yaml" in one.message


def test_an_alias_of_two_events_is_told_at_the_second() -> None:
    both = [
        event(f"2025-10-09-{name}", aliases=["2025-01-01-x", "2025-01-01-old"][n:])
        for n, name in enumerate("ab")
    ]
    assert places(CODE, *both) == [("2025-10-09-b", ("aliases", 0))]


def test_an_alias_that_is_the_id_itself_or_another_is_told() -> None:
    assert places(CODE, event("2025-10-09-a", aliases=["2025-10-09-a"])) == [
        ("2025-10-09-a", ("aliases", 0))
    ]
    both = event("2025-10-09-a", aliases=["2025-10-09-b"]), event("2025-10-09-b")
    assert places(CODE, *both) == [("2025-10-09-a", ("aliases", 0))]


def test_an_alias_that_nobody_else_has_is_right() -> None:
    assert (
        places(CODE, event("2025-10-09-a", aliases=["2025-10-09-old"]), event("2025-10-09-b")) == []
    )
