from __future__ import annotations

import io
import json
from typing import Any

import pytest  # noqa: TC002
from rich.cells import cell_len

from rexctl.output import Options, formats_of, notice, write_table
from rexctl.output.github import worst_first
from rexctl.records import DUE, FINDINGS, WARNING, Finding, findings_table, summarize_findings

PATH = "data/events/2025/2025-10-10-us-tariff-threat.yaml"
TITEL = Finding(
    "unknown-field", "titel: no such field", PATH, 4, 1, 5,
    hint="did you mean title?", text="titel: 100% tariff threat",
)  # fmt: skip
OLD = Finding("plan-passed", "was planned for 2025-10", PATH, 2, level=DUE)
NEW_TAG = Finding("new-tag", "gallium: is a new tag", "data/a.yaml", 9, level=WARNING)


def told(*found: Finding, **options: Any) -> str:
    out = io.StringIO()
    notice.print_findings(found, out, **options)
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
    shown = told(Finding("c", "m", "a.yaml", 12, 9, 1, text=line)).splitlines()
    assert shown[1] == "  12 | title: 商\\u001bx"
    assert shown[2] == "     | " + " " * 9 + "^" * 6


def test_a_place_beyond_the_excerpt_has_no_underline() -> None:
    assert len(told(Finding("c", "m", "a.yaml", 1, 900, text="cut")).splitlines()) == 2
    assert len(told(Finding("c", "m", "a.yaml", 1, 3, text="…cut")).splitlines()) == 2


def test_nothing_in_a_file_or_its_name_steers_the_terminal() -> None:
    hostile = Finding("c", "\x1b[2J", "a\x07.yaml", hint="\u202e", text="\x9b\ttab")
    assert not set(told(hostile)) & set("\x1b\x07\u202e\x9b\t")


def test_colour_marks_the_level() -> None:
    assert "\x1b[1;31merror[unknown-field]\x1b[0m" in told(TITEL, color=True)
    assert "\x1b[1;36mdue[plan-passed]\x1b[0m" in told(OLD, color=True)


def test_findings_are_a_sheet_sorted_by_place() -> None:
    rows = [row.data for row in findings_table([TITEL, OLD, NEW_TAG]).rows]
    assert [row["code"] for row in rows] == ["new-tag", "plan-passed", "unknown-field"]
    assert "hint" not in rows[0]


def test_every_format_of_findings_takes_that_sheet() -> None:
    for name in formats_of(FINDINGS):
        out = io.StringIO()
        assert write_table(findings_table([TITEL, OLD]), name, out, Options()) == 2
        assert "unknown-field" in out.getvalue()


def test_a_sheet_of_findings_is_written_as_they_are_told() -> None:
    out = io.StringIO()
    write_table(findings_table([TITEL, OLD]), "text", out, Options())
    assert out.getvalue() == told(OLD, TITEL)


def test_json_holds_the_whole_finding() -> None:
    out = io.StringIO()
    write_table(findings_table([TITEL]), "json", out, Options())
    assert (
        json.loads(out.getvalue())[0] | {"level": "error", "line": 4, "width": 5}
        == json.loads(out.getvalue())[0]
    )


def test_a_summary_counts_by_level_and_file() -> None:
    assert summarize_findings([TITEL, TITEL, NEW_TAG]) == "2 errors and 1 warning in 2 files"
    assert summarize_findings([TITEL, NEW_TAG, OLD]) == "1 error, 1 warning and 1 due in 2 files"
    assert summarize_findings([OLD]) == "1 due in 1 file"
    assert summarize_findings([]) == ""


def test_the_worst_come_first_and_within_a_level_the_order_stays() -> None:
    found = worst_first(findings_table([OLD, NEW_TAG, TITEL, TITEL._replace(line=9)]))
    assert [(one.level, one.line) for one in found] == [
        ("error", 4), ("error", 9), ("warning", 9), ("due", 2),
    ]  # fmt: skip


def test_a_row_of_the_sheet_gives_back_its_finding() -> None:
    (row,) = findings_table([TITEL]).rows
    assert row.record == TITEL


def test_the_fault_of_a_file_comes_before_those_that_follow_from_it() -> None:
    loose = Finding("unresolved-link", "m", "data/a.yaml")
    found = worst_first(findings_table([loose, TITEL, NEW_TAG]))
    assert [one.code for one in found] == ["unknown-field", "unresolved-link", "new-tag"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, finding: Finding, columns: int) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = Terminal()
    notice.print_findings([finding], out)
    return out.getvalue().splitlines()


def test_on_a_narrow_terminal_a_message_is_broken_at_spaces_and_a_path_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = on_a_terminal(monkeypatch, TITEL, 60)
    assert lines[0] == f"{PATH}:4:1:"
    assert lines[1] == "    error[unknown-field] titel: no such field; did you mean"
    assert lines[2] == "    title?"
    wide = on_a_terminal(monkeypatch, TITEL, 130)
    assert wide[0].endswith("error[unknown-field] titel: no such field; did you mean title?")


def test_a_long_source_line_is_cut_around_the_underline(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "title: " + "x" * 90 + " 商务部 HERE " + "y" * 60
    column = line.index("HERE") + 1
    lines = on_a_terminal(monkeypatch, Finding("c", "m", "a", 1, column, 4, line), 60)
    assert all(cell_len(one) <= 60 for one in lines)
    start = cell_len(lines[2].partition("^")[0])
    shown = lines[1]
    assert cell_len(shown.partition("HERE")[0]) == start
    assert shown.endswith("…")


def test_findings_are_sorted_by_file_and_position() -> None:
    made = [
        Finding("b", "m", "b.yaml", 1, 1), Finding("b", "m", "a.yaml", 10, 1),
        Finding("b", "m", "a.yaml", 2, 9), Finding("a", "m", "a.yaml", 2, 9),
        Finding("b", "m", "a.yaml", 2, 1),
    ]  # fmt: skip
    assert sorted(made, key=lambda one: one.sort_key) == [made[n] for n in (4, 3, 2, 1, 0)]


def test_a_finding_of_a_whole_file_is_shown_at_its_first_character() -> None:
    assert told(Finding("stray-file", "is not read", "x.md")) == (
        "x.md:1:1: error[stray-file] is not read\n"
    )
