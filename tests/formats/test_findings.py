from __future__ import annotations

import io
import json
from typing import Any

from rexctl.output import findings
from rexctl.output.emit import Options, emit
from rexctl.records import DUE, WARNING, Finding
from rexctl.registry import FINDING_FORMATS

PATH = "data/events/2025/2025-10-10-us-tariff-threat.yaml"
TITEL = Finding(
    "unknown-field", "titel: no such field", PATH, 4, 1, 5,
    hint="did you mean title?", excerpt="titel: 100% tariff threat",
)  # fmt: skip
OLD = Finding("plan-passed", "was planned for 2025-10", PATH, 2, level=DUE)
NEW_TAG = Finding("new-tag", "gallium: is a new tag", "data/a.yaml", 9, level=WARNING)


def told(*found: Finding, **options: Any) -> str:
    out = io.StringIO()
    findings.tell(found, out, **options)
    return out.getvalue()


def test_a_finding_is_told_in_the_form_of_the_command_line() -> None:
    assert told(TITEL) == (
        f"{PATH}:4:1: error[unknown-field] titel: no such field; did you mean title?\n"
        "  4 | titel: 100% tariff threat\n"
        "    | ^^^^^\n"
    )


def test_without_an_excerpt_it_is_one_line() -> None:
    assert told(OLD) == f"{PATH}:2:1: due[plan-passed] was planned for 2025-10\n"


def test_the_underline_stands_below_wide_and_spelled_characters() -> None:
    line = "title: 商\x1bx"
    shown = told(Finding("c", "m", "a.yaml", 12, 9, 1, excerpt=line)).splitlines()
    assert shown[1] == "  12 | title: 商\\u001bx"
    assert shown[2] == "     | " + " " * 9 + "^" * 6


def test_a_place_beyond_the_excerpt_has_no_underline() -> None:
    assert len(told(Finding("c", "m", "a.yaml", 1, 900, excerpt="cut")).splitlines()) == 2
    assert len(told(Finding("c", "m", "a.yaml", 1, 3, excerpt="…cut")).splitlines()) == 2


def test_nothing_in_a_file_or_its_name_steers_the_terminal() -> None:
    hostile = Finding("c", "\x1b[2J", "a\x07.yaml", hint="\u202e", excerpt="\x9b\ttab")
    assert not set(told(hostile)) & set("\x1b\x07\u202e\x9b\t")


def test_colour_marks_the_level() -> None:
    assert "\x1b[1;31merror[unknown-field]\x1b[0m" in told(TITEL, color=True)
    assert "\x1b[1;36mdue[plan-passed]\x1b[0m" in told(OLD, color=True)


def test_findings_are_a_sheet_sorted_by_place() -> None:
    rows = [row.data for row in findings.sheet_of([TITEL, OLD, NEW_TAG]).rows]
    assert [row["code"] for row in rows] == ["new-tag", "plan-passed", "unknown-field"]
    assert "hint" not in rows[0]


def test_every_format_of_findings_takes_that_sheet() -> None:
    for name in FINDING_FORMATS:
        out = io.StringIO()
        assert emit(findings.sheet_of([TITEL, OLD]), name, out, Options(), FINDING_FORMATS) == 2
        assert "unknown-field" in out.getvalue()


def test_a_sheet_of_findings_is_written_as_they_are_told() -> None:
    out = io.StringIO()
    emit(findings.sheet_of([TITEL, OLD]), "text", out, Options(), FINDING_FORMATS)
    assert out.getvalue() == told(OLD, TITEL)


def test_json_holds_the_whole_finding() -> None:
    out = io.StringIO()
    emit(findings.sheet_of([TITEL]), "json", out, Options(), FINDING_FORMATS)
    assert (
        json.loads(out.getvalue())[0] | {"level": "error", "line": 4, "width": 5}
        == json.loads(out.getvalue())[0]
    )


def test_a_summary_counts_by_level_and_file() -> None:
    assert findings.summary([TITEL, TITEL, NEW_TAG]) == "2 errors and 1 warning in 2 files"
    assert findings.summary([TITEL, NEW_TAG, OLD]) == "1 error, 1 warning and 1 due in 2 files"
    assert findings.summary([OLD]) == "1 due in 1 file"
    assert findings.summary([]) == ""


def test_the_worst_come_first_and_within_a_level_the_order_stays() -> None:
    found = findings.worst_first(findings.sheet_of([OLD, NEW_TAG, TITEL, TITEL._replace(line=9)]))
    assert [(one.level, one.line) for one in found] == [
        ("error", 4), ("error", 9), ("warning", 9), ("due", 2),
    ]  # fmt: skip


def test_a_row_of_the_sheet_gives_back_its_finding() -> None:
    (row,) = findings.sheet_of([TITEL]).rows
    assert findings.finding_of(row) == TITEL


def test_the_fault_of_a_file_comes_before_those_that_follow_from_it() -> None:
    loose = Finding("unresolved-link", "m", "data/a.yaml")
    found = findings.worst_first(findings.sheet_of([loose, TITEL, NEW_TAG]))
    assert [one.code for one in found] == ["unknown-field", "unresolved-link", "new-tag"]
