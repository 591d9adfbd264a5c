from __future__ import annotations

import pytest

from rexctl.records import DUE, ERROR, WARNING, Finding


def test_findings_are_told_by_file_and_then_by_place() -> None:
    made = [
        Finding("b", "m", "b.yaml", 1, 1),
        Finding("b", "m", "a.yaml", 10, 1),
        Finding("b", "m", "a.yaml", 2, 9),
        Finding("a", "m", "a.yaml", 2, 9),
        Finding("b", "m", "a.yaml", 2, 1),
    ]
    ordered = sorted(made, key=lambda finding: finding.place)
    assert ordered == [made[4], made[3], made[2], made[1], made[0]]


def test_a_finding_is_an_error_at_the_first_sign_unless_it_says_more() -> None:
    found = Finding("bad-date", "is no date", "-")
    assert (found.line, found.column, found.width, found.level) == (1, 1, 1, ERROR)
    assert len({ERROR, WARNING, DUE}) == 3


def test_a_finding_cannot_be_changed_and_may_be_kept_in_a_set() -> None:
    found = Finding("a", "m", "x")
    with pytest.raises(AttributeError):
        found.line = 2
    assert len({found, Finding("a", "m", "x")}) == 1
