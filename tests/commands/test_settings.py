"""The settings of a log: what is wrong with them is named by every command that reads the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    ("line", "hint"),
    [("timezon: UTC", "did you mean timezone?"), ("query: {}", "one of format, title, timezone, queries"),
     ("default_actor: EU", "one of format"), ("querys: {}", "did you mean queries?")],
)  # fmt: skip
def test_an_unknown_setting_is_named_with_the_near_one(line: str, hint: str, filled: Door) -> None:
    settings = filled.folder / "data" / "rexctl.yaml"
    settings.write_text(f"format: 1\n{line}\n", encoding="utf-8")
    said = filled("check")
    assert said.code == 1
    assert f"{line.partition(':')[0]}: no such setting" in said.out
    assert hint in " ".join(said.out.split())
    assert "no such setting" in filled("list").err
    assert filled("add", "statement", "T", "--actor", "SE", "--date", "2025-10-11").code != 0


def test_a_saved_query_stands_beside_other_terms(filled: Door) -> None:
    settings = filled.folder / "data" / "rexctl.yaml"
    settings.write_text(
        "format: 1\nqueries:\n  pigs: 'title:\"live swine\" actor:Norway'\n", encoding="utf-8"
    )
    assert filled("list", "@pigs", "type:tariff", "-c").out == "1\n"
    assert filled("list", "@pigs", "type:meeting", "-c").out == "0\n"
    assert "did you mean @pigs?" in filled("list", "@pig").err
    assert filled("search", "swine", "@pigs", "-c").out == "1\n"


def test_errors_are_json_lines_where_a_script_wants_them(filled: Door) -> None:
    filled.patch.setenv("REXCTL_ERRORS", "jsonl")
    (error,) = map(json.loads, filled("list", "type=tariff").err.splitlines())
    assert error == {"level": "error", "code": "bad-term", "message": "type=tariff: not a term of a query",
                     "hint": "write type:tariff"}  # fmt: skip
    said = filled("add", "--from", "-", stdin=b'{"type": "tariff", "titel": "x"}')
    findings = [json.loads(line) for line in said.err.splitlines()]
    assert "unknown-field" in [one["code"] for one in findings if "line" in one]
    assert {one["level"] for one in findings} == {"error"}
    note = json.loads(filled("list", "or", "-c").err.splitlines()[0])
    assert (note["level"], "searched for as text" in note["message"]) == ("note", True)


def test_undo_says_what_it_undid_and_that_nothing_is_left(filled: Door) -> None:
    for _ in range(3):
        said = filled("undo")
        assert (said.code, said.err.startswith("undid: add of 2025-10-")) == (0, True)
    said = filled("undo")
    assert (said.code, "nothing" in said.err) == (4, True)
