from __future__ import annotations

from tests.checks.cases import locations
from tests.store.logs import event

CODE = "unknown-law"


def test_each_unknown_one_is_reported_at_its_place_and_no_known_one() -> None:
    laws = ["us/ieepa", "us/ieepa/a/b", "us/never-heard-of", "cn/export-control-law"]
    assert locations(CODE, event("2025-10-09-a", legal_basis=laws)) == [
        ("2025-10-09-a", ("legal_basis", 2))
    ]


def test_an_event_without_one_is_right() -> None:
    assert locations(CODE, event("2025-10-09-a")) == []
