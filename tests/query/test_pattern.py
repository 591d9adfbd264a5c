from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.errors import UsageError
from rexctl.query.pattern import compile_pattern, search_pattern


@pytest.mark.parametrize(
    ("pattern", "subject"),
    [
        ("rare.earth", "China's Rare Earth curbs"),
        (r"\bno\. ?6[12]\b", "Announcement No. 61"),
        ("^announcement", "Announcement 61"),
        ("稀土", "对稀土实施出口管制"),
        (r"^\w+$", "稀土"),
        ("a.b", "a\nb"),
        (r"100\s?%|100 percent", "a 100% duty"),
        (r"(a)\1", "xaa"),
        ("", ""),
    ],
)
def test_a_pattern_matches_in_any_case(pattern: str, subject: str) -> None:
    assert search_pattern(pattern, subject)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", *(pytest.param(one, marks=pytest.mark.slow) for one in (r"(\w+\s?)+$", "(a|aa)+$"))],
)
def test_a_pattern_that_would_run_for_hours_is_stopped(pattern: str) -> None:
    began = time.process_time()
    try:
        assert not search_pattern(pattern, "a" * 20_000 + "!")
    except UsageError as error:
        assert "takes over" in error.message
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "missing )"),
        ("a)", "position"),
        ("*a", "nothing to repeat"),
        ("[b-a]", "range"),
        ("[", "position"),
        ("a" * 201, "over 200 characters"),
        ("((a{99}){99}){99}", "repeats over"),
        ("((((a{999}){999}){999}){999})", "repeats over"),
    ],
)
def test_a_wrong_or_too_large_pattern_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(UsageError) as error:
        compile_pattern(pattern)
    assert reason in error.value.message


@given(st.text("ab()[]{}|*+?^$\\.,-12dwq", max_size=20))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    try:
        compile_pattern(text)
    except UsageError:
        return
    assert search_pattern(text, "ab1 2") in (True, False)
