from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from rexctl.checks import CHECKS, run, whole
from rexctl.records import DUE
from tests.checks.cases import TODAY, case, linked
from tests.store.logs import aged, counted, event, log_of, put, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.records import Finding
    from rexctl.store.log import Log

LOOSE = linked("2025-11-07-a", "suspends", "2025-10-09-gone")
ALLOW = [{"check": "links-resolve", "reason": "the other file comes later"}]


def told(log: Log) -> list[Finding]:
    return run.findings(log, log.index(), TODAY)


def test_a_fault_between_events_is_told_at_its_line_and_column(tmp_path: Path) -> None:
    log = log_of(tmp_path, LOOSE)
    (found,) = told(log)
    line = text_of(LOOSE).splitlines().index("    to: 2025-10-09-gone") + 1
    assert (found.code, found.path, found.line, found.column) == (
        "links-resolve", "events/2025/2025-11-07-a.yaml", line, 9,
    )  # fmt: skip
    assert (found.event, found.text, found.width) == (
        "2025-11-07-a",
        "    to: 2025-10-09-gone",
        15,
    )


def test_what_an_event_allows_with_a_reason_is_not_told_of_it(tmp_path: Path) -> None:
    assert told(log_of(tmp_path, LOOSE | {"allow": ALLOW})) == []


def test_an_allowance_without_a_reason_is_a_fault_of_the_file(tmp_path: Path) -> None:
    log = log_of(tmp_path, LOOSE)
    path = log.root / "events/2025/2025-11-07-a.yaml"
    path.write_text(text_of(LOOSE) + "allow:\n  - check: links-resolve\n")
    assert {f.code for f in told(log)} == {"missing-field"}


def test_one_allowance_hides_neither_another_rule_nor_another_event(tmp_path: Path) -> None:
    other = linked("2025-11-18-b", "suspends", "2025-10-09-gone")
    both = LOOSE | {"allow": ALLOW, "review_by": "2025-11-01"}
    assert [(f.code, f.event) for f in told(log_of(tmp_path, both, other))] == [
        ("reviews-are-kept", "2025-11-07-a"), ("links-resolve", "2025-11-18-b"),
    ]  # fmt: skip


def test_faults_of_files_and_between_events_come_in_the_order_of_places(tmp_path: Path) -> None:
    log = log_of(tmp_path, LOOSE, event("2025-10-09-late", review_by="2025-10-10"))
    (log.root / "events/2025/2025-10-10-bad.yaml").write_text("[")
    (log.root / "rexctl.yaml").write_text("format: 1\nqueires: {}\n")
    found = told(log)
    assert [f.path for f in found] == sorted(f.path for f in found)
    assert found[0].level == DUE
    assert len({f.path for f in found}) == 4
    assert found == told(log)


def test_a_good_log_has_nothing_told_and_no_file_of_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    index = log.index()
    monkeypatch.setattr(whole, "read_bytes", None)
    assert run.findings(log, index, TODAY) == []


def test_each_file_of_which_something_is_told_is_read_once_by_whatever_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        linked(f"2025-11-0{n}-{word}", "suspends", f"2025-10-09-{word}", review_by="2025-11-09",
               tags=["new"])
        for n, word in enumerate(["apples", "bolts", "copper"], start=1)
    ]  # fmt: skip
    log = log_of(tmp_path, *many)
    index = log.index()
    seen = counted(monkeypatch)
    assert len(run.findings(log, index, TODAY)) == 9
    assert sorted(seen) == [f"{one['id']}.yaml" for one in many]


def test_a_bad_event_is_no_target_and_the_link_to_it_hides_nothing(tmp_path: Path) -> None:
    log = log_of(tmp_path, linked("2025-11-07-a", "suspends", "2025-10-09-b"))
    (log.root / "events/2025/2025-10-09-b.yaml").write_text(
        text_of(event("2025-10-09-b", status="adoptd"))
    )
    (loose,) = [f for f in told(log) if f.code == "links-resolve"]
    assert (loose.message, loose.hint) == (
        "2025-10-09-b: is in the log, and its file has errors", "mend that file first",
    )  # fmt: skip
    assert {(f.event or f.path) for f in told(log)} == {
        "2025-11-07-a",
        "events/2025/2025-10-09-b.yaml",
    }


@pytest.mark.parametrize("code", CHECKS)
def test_every_rule_has_its_name_and_bears_an_empty_log(code: str) -> None:
    room = import_module(CHECKS[code])
    assert code == room.ID
    assert list(room.check(case())) == []


def test_what_was_found_is_found_again_without_asking_the_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = event("2025-10-09-a", tags=["quite-new"])
    log = log_of(tmp_path, data)
    aged(log)
    first = run.findings(log, log.index(), TODAY)
    assert [f.code for f in first] == ["tags-are-known"]
    with monkeypatch.context() as shut:
        shut.setattr(whole, "case_of", None)
        assert run.findings(log, log.index(), TODAY) == first
    put(log, {**data, "tags": ["quite-new", "newer"]})
    assert len(run.findings(log, log.index(), TODAY)) == 2


def test_a_rule_that_comes_or_goes_within_a_version_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, event("2025-10-09-a", tags=["quite-new"], review_by="2025-10-10"))
    aged(log)
    both = {f.code for f in told(log)}
    assert both == {"tags-are-known", "reviews-are-kept"}
    fewer = {code: room for code, room in CHECKS.items() if code != "tags-are-known"}
    with monkeypatch.context() as before:
        before.setattr(run, "CHECKS", fewer)
        before.setattr(whole, "CHECKS", fewer)
        assert {f.code for f in told(log)} == {"reviews-are-kept"}
    assert {f.code for f in told(log)} == both
