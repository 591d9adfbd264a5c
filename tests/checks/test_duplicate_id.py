from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.checks.run import check_snapshot
from rexctl.snapshot.snapshot import Snapshot
from tests.checks.cases import TODAY, locations
from tests.store.logs import event, log_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

CODE = "duplicate-id"


@pytest.mark.parametrize("names", [("a",), ("a", "b")])
def test_a_second_file_of_one_id_is_reported_in_that_file(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    log = log_of(tmp_path, event("2025-10-09-x"))
    for name in names:
        (log.root / f"events/2025/{name}.yaml").write_text(text_of(event("2025-10-09-x")))
    with Snapshot.open(log) as snapshot:
        found = check_snapshot(snapshot, TODAY)
    assert [(one.code, one.path) for one in found] == [
        ("path-mismatch", f"events/2025/{name}.yaml") for name in names
    ]


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
