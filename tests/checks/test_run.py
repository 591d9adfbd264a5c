from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.checks import CHECKS, RULES, context, run
from rexctl.records import DUE
from rexctl.snapshot.snapshot import Snapshot
from tests.checks.cases import TODAY, findings_of, linked
from tests.snapshot.cached import aged
from tests.store.logs import counted, event, log_of, put, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.records import Finding
    from rexctl.store.log import Log

LOOSE = linked("2025-11-07-a", "suspends", "2025-10-09-gone")
ALLOW = [{"check": "unresolved-link", "reason": "the other file comes later"}]


def check(log: Log) -> list[Finding]:
    with Snapshot.open(log) as snapshot:
        return run.check_snapshot(snapshot, TODAY)


def test_a_fault_between_events_is_reported_at_its_line_and_column(tmp_path: Path) -> None:
    log = log_of(tmp_path, LOOSE)
    (found,) = check(log)
    line = text_of(LOOSE).splitlines().index("    to: 2025-10-09-gone") + 1
    assert (found.code, found.path, found.line, found.column) == (
        "unresolved-link", "events/2025/2025-11-07-a.yaml", line, 9,
    )  # fmt: skip
    assert (found.event, found.text, found.width) == (
        "2025-11-07-a",
        "    to: 2025-10-09-gone",
        15,
    )


def test_what_an_event_allows_with_a_reason_is_not_reported(tmp_path: Path) -> None:
    assert check(log_of(tmp_path, LOOSE | {"allow": ALLOW})) == []


def test_an_allowance_without_a_reason_is_a_fault_of_the_file(tmp_path: Path) -> None:
    log = log_of(tmp_path, LOOSE)
    path = log.root / "events/2025/2025-11-07-a.yaml"
    path.write_text(text_of(LOOSE) + "allow:\n  - check: unresolved-link\n")
    assert {f.code for f in check(log)} == {"missing-field"}


def test_one_allowance_hides_neither_another_rule_nor_another_event(tmp_path: Path) -> None:
    other = linked("2025-11-09-b", "suspends", "2025-10-09-gone")
    both = LOOSE | {"allow": ALLOW, "review_by": "2025-11-01"}
    assert [(f.code, f.event) for f in check(log_of(tmp_path, both, other))] == [
        ("overdue", "2025-11-07-a"), ("unresolved-link", "2025-11-09-b"),
    ]  # fmt: skip


def test_faults_of_files_and_between_events_come_in_the_order_of_places(tmp_path: Path) -> None:
    log = log_of(tmp_path, LOOSE, event("2025-10-09-late", review_by="2025-10-10"))
    (log.root / "events/2025/2025-10-10-bad.yaml").write_text("[")
    (log.root / "rexctl.yaml").write_text("format: 1\nqueires: {}\n")
    found = check(log)
    assert [f.path for f in found] == sorted(f.path for f in found)
    assert found[0].level == DUE
    assert len({f.path for f in found}) == 4
    assert found == check(log)


def test_a_file_with_findings_of_several_rules_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        linked(f"2025-11-0{n}-{word}", "suspends", f"2025-10-09-{word}", review_by="2025-11-09",
               tags=["new"])
        for n, word in enumerate(["apples", "bolts", "copper"], start=1)
    ]  # fmt: skip
    log = log_of(tmp_path, *many)
    assert len(check(log)) == 9
    put(log, many[0] | {"note": "Changed."})
    aged(log)
    check(log)
    put(log, event("2025-01-01-new"))
    aged(log)
    seen = counted(monkeypatch)
    assert len(check(log)) == 9
    files = [name for name in seen if name.endswith(".yaml")]
    assert sorted(files) == ["2025-01-01-new.yaml", *(f"{one['id']}.yaml" for one in many)]


def test_a_file_with_errors_makes_no_error_in_another_file(tmp_path: Path) -> None:
    log = log_of(tmp_path, linked("2025-11-07-a", "suspends", "2025-10-09-b"))
    text = text_of(event("2025-10-09-b", status="adoptd", aliases=["2025-10-09-old"]))
    (log.root / "events/2025/2025-10-09-b.yaml").write_text(text)
    assert {f.path for f in check(log)} == {"events/2025/2025-10-09-b.yaml"}


def test_a_file_with_errors_has_its_unknown_codes_and_dead_links_reported(tmp_path: Path) -> None:
    log = log_of(tmp_path)
    bad = linked("2025-10-09-b", "suspends", "2025-10-01-gone", status="adoptd", actors=["Norwya"])
    log.root.joinpath("events/2025").mkdir(parents=True, exist_ok=True)
    (log.root / "events/2025/2025-10-09-b.yaml").write_text(text_of(bad))
    found = {f.code: f.line for f in check(log)}
    assert set(found) == {"unknown-value", "unknown-actor", "unresolved-link"}
    assert all(found.values())


@pytest.mark.parametrize("code", CHECKS)
def test_a_rule_finds_nothing_in_an_empty_log(code: str) -> None:
    assert findings_of(code) == []


def test_a_cached_result_is_returned_without_running_the_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = event("2025-10-09-a", tags=["quite-new"])
    log = log_of(tmp_path, data)
    aged(log)
    first = check(log)
    assert [f.code for f in first] == ["unknown-tag"]
    with monkeypatch.context() as shut:
        shut.setattr(context, "build_context", None)
        assert check(log) == first
    put(log, {**data, "tags": ["quite-new", "newer"]})
    assert len(check(log)) == 2


def test_an_earlier_code_of_a_check_is_still_allowed(tmp_path: Path) -> None:
    allow = [{"check": "links-resolve", "reason": "the other file comes later"}]
    (found,) = check(log_of(tmp_path, LOOSE | {"allow": allow}))
    assert (found.code, found.level, found.hint) == ("unknown-check", "warning", "run rexctl fmt")


def test_a_review_by_that_has_passed_is_reported_even_where_overdue_is_allowed(
    tmp_path: Path,
) -> None:
    allow = [{"check": "overdue", "reason": "Nobody has said what comes next."}]
    plan = event("2025-10-09-a", type="meeting", status="planned", allow=allow)
    assert check(log_of(tmp_path / "one", plan)) == []
    (found,) = check(log_of(tmp_path / "two", plan | {"review_by": "2025-11-09"}))
    assert found.message == "review_by 2025-11-09 has passed"


def test_a_rule_that_comes_or_goes_within_a_version_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, event("2025-10-09-a", tags=["quite-new"], review_by="2025-10-10"))
    aged(log)
    both = {f.code for f in check(log)}
    assert both == {"unknown-tag", "overdue"}
    with monkeypatch.context() as before:
        before.delitem(RULES, "unknown-tag")
        assert {f.code for f in check(log)} == {"overdue"}
    assert {f.code for f in check(log)} == both
