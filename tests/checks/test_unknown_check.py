from __future__ import annotations

from typing import Any

import pytest

from rexctl.checks import CHECKS, OLD_CODES
from rexctl.checks.unknown_check import rename_old_codes
from tests.checks.cases import findings_of
from tests.store.logs import event


def allowing(*checks: str) -> dict[str, Any]:
    return event("2025-10-09-a", allow=[{"check": c, "reason": "It is right."} for c in checks])


def test_a_misspelt_check_is_an_error_at_its_place_with_what_was_meant() -> None:
    (one,) = findings_of("unknown-check", allowing("near-duplicate", "overdeu"))
    assert (one.event, one.loc, one.level) == ("2025-10-09-a", ("allow", 1, "check"), "error")
    assert one.hint == "did you mean overdue?"


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_can_be_named(code: str) -> None:
    assert findings_of("unknown-check", allowing(code)) == []


def test_a_fault_of_the_file_itself_cannot_be_allowed() -> None:
    (one,) = findings_of("unknown-check", allowing("yaml-syntax"))
    assert "unresolved-link" in one.hint


@pytest.mark.parametrize("old", [old for old, new in OLD_CODES.items() if new in CHECKS])
def test_an_earlier_code_is_a_warning_that_names_the_present_one(old: str) -> None:
    (one,) = findings_of("unknown-check", allowing(old))
    assert (one.level, one.hint) == ("warning", "run rexctl fmt")
    assert one.message == f"{old}: this check is now {OLD_CODES[old]}"


def test_an_event_is_written_with_the_present_codes() -> None:
    allow = rename_old_codes(allowing("links-resolve", "overdue", "unknown-field"))["allow"]
    assert [item["check"] for item in allow] == ["unresolved-link", "overdue", "unknown-field"]
    assert rename_old_codes(event("2025-10-09-a")) == event("2025-10-09-a")
