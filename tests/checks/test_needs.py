"""What a rule declares that an event must have for the rule to find anything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.checks import RULES
from rexctl.checks.context import run_rule
from tests.checks.cases import context_of
from tests.checks.test_examples import TODAY, events

if TYPE_CHECKING:
    from typing import Any


@pytest.mark.parametrize("code", RULES)
def test_a_rule_finds_nothing_in_an_event_that_has_nothing_it_needs(code: str) -> None:
    for name in RULES:  # by itself, since the examples share ids
        log = [event for verdict in ("FAIL", "PASS") for event in events(name, verdict)]
        context = context_of(log, today=TODAY)
        assert {one.event for one in run_rule(code, context)} <= context.having(code).keys()
        out = [one for one in log if one["id"] not in context.having(code)]
        assert list(run_rule(code, context_of(out, today=TODAY))) == []


def test_no_rule_of_links_or_codes_is_run_over_a_plain_statement() -> None:
    plain: dict[str, Any] = {
        "id": "2025-10-09-walk", "type": "statement", "title": "A walk", "date": "2025-10-09",
        "status": "made", "actors": ["US"], "sources": [{"url": "https://example.org/x"}],
    }  # fmt: skip
    context = context_of([plain])
    run = {code for code in RULES if context.having(code)}
    assert run == {"near-duplicate", "future-date"}
