from __future__ import annotations

from typing import Any

import pytest

from tests.checks.cases import findings_of, linked
from tests.store.logs import event

DUTY, ACT = "2025-02-01-duty", "2025-05-01-act"
PLAIN = event(DUTY, effective={"from": "2025-03-01"})
ENDING = event(DUTY, effective={"from": "2025-03-01", "until": "2025-06-01"})
PAUSE = linked("2025-04-01-pause", "suspends", DUTY,
               effective={"from": "2025-04-01", "until": "2025-06-01"})  # fmt: skip


def act(rel: str, start: str = "2025-05-01", to: str = DUTY, **more: Any) -> dict[str, Any]:
    return linked(ACT, rel, to, effective={"from": start, **more})


CASES: list[tuple[list[dict[str, Any]], str]] = [
    ([PLAIN, act("resumes")], "the target is not suspended then"),
    ([PLAIN, PAUSE, act("resumes")], ""),
    ([PLAIN, PAUSE, act("resumes", "2025-06-01")], "the target is not suspended then"),
    ([PLAIN, PAUSE, act("resumes", "2025-06-01/2025-06-02")], "the target is not suspended then"),
    ([PLAIN, PAUSE, act("resumes", "2025-05")], ""),
    ([PLAIN, act("extends", until="2025-09-01")], "the target has no end to move"),
    ([ENDING, act("extends", until="2025-09-01")], ""),
    ([PLAIN, PAUSE, act("extends", to="2025-04-01-pause", until="2025-09-01")], ""),
    ([ENDING, act("suspends")], ""),
    ([ENDING, act("suspends", "2025-06-01")], "wholly before or after the life of the target"),
    ([ENDING, act("suspends", "2025-01-01", until="2025-01-15")], "wholly before or after the life of the target"),
    ([ENDING, act("revokes", "2025-06-01")], ""),
    ([ENDING, act("revokes", "2025-06-02")], "wholly before or after the life of the target"),
    ([ENDING, act("replaces", "2025-06-02")], "wholly before or after the life of the target"),
    ([ENDING, act("suspends", "2025-06")], "wholly before or after the life of the target"),
    ([ENDING, act("suspends", "2025-05/2025-06")], ""),
    ([PLAIN, PAUSE, act("revokes", "2025-05-15", "2025-04-01-pause")], ""),
    ([PLAIN, PAUSE, act("revokes", "2025-07-01", "2025-04-01-pause")], "wholly before or after the life of the target"),
    ([PLAIN | {"status": "threatened"}, act("suspends")], "the target is threatened, so it is never in force"),
]  # fmt: skip


@pytest.mark.parametrize(("log", "reason"), CASES)
def test_an_act_that_changes_nothing_is_reported_with_the_reason(
    log: list[dict[str, Any]], reason: str
) -> None:
    found = [one.message.partition(": ")[2] for one in findings_of("no-effect", *log)]
    assert found == ([reason] if reason else [])
