"""`timeline`: where its answer goes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.measures.fold import NOT_YET, STATES
from tests.commands.door import SWINE_ID
from tests.run import ROOT, run, run_on_a_terminal

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_without_altair_no_file_is_written_and_the_old_one_stays(
    filled: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    (filled.folder / "old.svg").write_text("old", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "altair", None)
    for name in ("old.svg", "new.svg", "new.png"):
        result = filled("timeline", "-o", name)
        assert result.code == 7
        assert "install altair vl-convert-python" in result.err
    assert (filled.folder / "old.svg").read_text(encoding="utf-8") == "old"
    assert not list(filled.folder.glob("new.*"))
    assert filled("timeline").lines[0].startswith('{"id": ')


def test_a_picture_goes_to_a_file_or_a_pipe_in_the_format_of_the_suffix(filled: Door) -> None:
    assert filled("timeline", "-o", "a.svg") == (0, "", "")
    assert (filled.folder / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    assert filled("timeline", "-o", "a.png").code == 0
    assert (filled.folder / "a.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in filled("timeline", "-f", "svg").out
    assert "◆ 2025-10-11" in filled("timeline", "-f", "chart").out


def test_a_file_of_the_log_is_not_overwritten(filled: Door) -> None:
    assert filled("timeline", "-f", "svg", "-o", "data/rexctl.yaml").code == 2
    assert (filled.folder / "data" / "rexctl.yaml").read_text(encoding="utf-8") == "format: 1\n"


def test_png_is_not_written_to_a_terminal(filled: Door) -> None:
    shown, code = run_on_a_terminal("timeline", "-f", "png")
    assert code == 2
    assert "use -o FILE.png" in shown


def test_rows_are_those_of_the_ids_on_standard_input(filled: Door) -> None:
    result = filled("timeline", "--ids", "-", "-F", "id,kind,state,start", stdin=SWINE_ID.encode())
    assert [json.loads(line) for line in result.lines] == [
        {"id": SWINE_ID, "kind": "event", "start": "2025-10-09"},
        {"id": SWINE_ID, "kind": "run", "state": "scheduled", "start": "2025-10-09 13:01"},
        {"id": SWINE_ID, "kind": "run", "state": "in-force", "start": "2025-11-01"},
    ]


def test_retracted_events_are_left_out(filled: Door) -> None:
    assert filled("retract", SWINE_ID, "--reason", "wrong").code == 0
    assert SWINE_ID not in filled("timeline").out


def test_a_day_or_a_month_ends_the_span_where_the_query_language_does(filled: Door) -> None:
    assert SWINE_ID in filled("timeline", "--until", "2025-10-09").out
    assert SWINE_ID not in filled("timeline", "--until", "2025-10-08").out
    assert filled("timeline", "--since", "2025-10").out == filled("timeline").out
    assert "event" not in filled("timeline", "--since", "2025-11", "-F", "kind").out


@pytest.mark.parametrize("more", [[], ["--known-by", "2025-10-20"], ["--clauses", "actor:CN"]])
def test_the_counts_of_each_quarter_are_those_of_in_force_at_its_end(more: list[str]) -> None:
    def read(*words: str) -> list[dict[str, Any]]:
        return list(json.loads(run(*words, *more, "-f", "json", cwd=ROOT).out))

    rows = read("--today", "2026-11-30", "timeline", "--each", "quarter", "--since", "2025-02",
                "--until", "2026-05-10")  # fmt: skip
    assert [(row["quarter"], row["day"]) for row in rows[:1] + rows[-1:]] == [
        ("2025-Q1", "2025-03-31"),
        ("2026-Q2", "2026-05-10"),
    ]
    for row in rows:
        states = [one["state"] for one in read("in-force", row["day"], "--all-states")]
        assert states
        assert all(row.get(state, 0) == states.count(state) for state in STATES if state != NOT_YET)


def test_units_of_counts_are_named_as_stats_names_them(filled: Door) -> None:
    for unit, name in {
        "year": "2025",
        "quarter": "2025-Q4",
        "month": "2025-10",
        "week": "2025-W41",
    }.items():
        words = ("timeline", "--each", unit, "--since", "2025-10-08", "--until", "2025-10-08")
        (row,) = [json.loads(line) for line in filled(*words).lines]
        assert (row[unit], row["day"]) == (name, "2025-10-08")
    assert filled("timeline", "--each", "year", "--since", "2999").out == ""
    assert filled("timeline", "--each", "fortnight").code == 2
    assert filled("timeline", "--each", "year", "-o", "a.svg").code == 2


@pytest.mark.parametrize(
    ("columns", "label"),
    [("id", "2025-10-09-cn-mofcom-61  "), ("status,id", "2025-10-09-cn-mofcom-61  ")],
)
def test_the_lines_of_a_drawing_are_named_by_the_columns_that_are_asked(
    columns: str, label: str
) -> None:
    shown = run("timeline", "MOFCOM 61/2025", "-F", columns, "-f", "chart", cwd=ROOT).lines
    assert any(line.startswith(label) for line in shown)
    assert not any("Announcement 61" in line for line in shown)
