from __future__ import annotations

from typing import Any

import pytest

from rexctl.checks import CHECKS
from tests.checks.cases import told
from tests.store.logs import event


def allowing(*checks: str) -> dict[str, Any]:
    return event("2025-10-09-a", allow=[{"check": c, "reason": "It is right."} for c in checks])


def test_a_misspelt_check_is_an_error_at_its_place_with_what_was_meant() -> None:
    (one,) = told("allowances-name-checks", allowing("near-duplicates", "nothing-is-deu"))
    assert (one.event, one.loc, one.level) == ("2025-10-09-a", ("allow", 1, "check"), "error")
    assert one.hint == "did you mean nothing-is-due?"


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_can_be_named(code: str) -> None:
    assert told("allowances-name-checks", allowing(code)) == []


def test_a_fault_of_the_file_itself_cannot_be_allowed() -> None:
    (one,) = told("allowances-name-checks", allowing("yaml-syntax"))
    assert "links-resolve" in one.hint
