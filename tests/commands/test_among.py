from __future__ import annotations

import pytest

from rexctl.cli.filter_events import demand_terms, is_term
from rexctl.errors import UsageError


@pytest.mark.parametrize(
    "word",
    [
        "type:tariff",
        "not:id:2025",
        "@mine",
        "not:@mine",
        "text:a b",
        "effective.from:2025",
        "x-own:1",
        "_earliest:2025",
    ],
)
def test_a_term_is_told_by_its_colon_or_its_sign(word: str) -> None:
    assert is_term(word)
    demand_terms([word], "HEAD")


@pytest.mark.parametrize(
    "word",
    [
        "HEAD",
        "main",
        "@",
        "@~1",
        "@{u}",
        "@{-1}",
        "2025-10-09",
        "",
        ":/two",
        "HEAD@{2025-01-01 10:00}",
        ":x",
        "HEAD^{/a:b}",
    ],
)
def test_what_git_may_understand_is_none(word: str) -> None:
    assert not is_term(word)
    with pytest.raises(UsageError) as fault:
        demand_terms(["type:tariff", word], "HEAD~1")
    assert f"HEAD~1..{word}" in fault.value.hint
