from __future__ import annotations

import io
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.context import Context
from rexctl.cli.row_options import RowOptions
from rexctl.errors import UsageError
from tests.commands.door import SWINE_ID
from tests.store.saboteur import tree

if TYPE_CHECKING:
    from tests.commands.door import Door

TODAY = date(2025, 10, 19)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "color", "colored"),
    [
        ({}, "auto", True), ({"NO_COLOR": "1"}, "auto", False), ({"TERM": "dumb"}, "auto", False),
        ({"NO_COLOR": ""}, "auto", True), ({"NO_COLOR": "1"}, "always", True), ({}, "never", False),
    ],
)  # fmt: skip
def test_colour_is_for_terminals_that_want_it(
    environ: dict[str, str], color: str, colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert Context(None, TODAY, color, environ=environ).colored is colored


def test_colour_can_be_had_in_a_pipe_and_is_not_there_by_itself(filled: Door) -> None:
    assert "\x1b[" not in filled("list", "-f", "table").out
    assert "\x1b[" in filled("--color", "always", "list", "-f", "table").out


@pytest.mark.parametrize(
    ("environ", "no_input", "asks"),
    [({}, False, True), ({"CI": "true"}, False, False), ({}, True, False)],
)
def test_questions_are_put_to_a_person_who_lets_them(
    environ: dict[str, str], no_input: bool, asks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdin", "stderr"):
        monkeypatch.setattr(sys, name, Terminal())
    assert Context(None, TODAY, no_input=no_input, environ=environ).interactive is asks
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not Context(None, TODAY, environ=environ).interactive
    monkeypatch.setattr(sys, "stdin", None)
    assert not Context(None, TODAY, environ=environ).interactive


def test_a_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="standard input is closed"):
        Context(None, TODAY).stdin()


def test_rows_that_are_no_events_have_the_formats_of_rows() -> None:
    context = Context(None, TODAY)
    assert RowOptions(format="csv").form(context) == "csv"
    assert RowOptions().form(context) == RowOptions(jsonl=True).form(context) == "jsonl"
    for wrong in ({"format": "card"}, {"format": "csv", "jsonl": True}, {"no_header": True}):
        with pytest.raises(UsageError):
            RowOptions(**wrong).form(context)


def test_a_folder_that_is_none_is_not_searched_upward(rexctl: Door) -> None:
    said = rexctl("-C", "nowhere", "list")
    assert said == (2, "", "error[bad-value] -C nowhere: no such folder\n")


def test_an_output_that_cannot_be_written_changes_nothing(filled: Door) -> None:
    said = filled("list", "-o", "no/such/x.csv")
    assert (said.code, said.out) == (7, "")
    assert "nothing was changed" in said.err
    assert filled("show", SWINE_ID).code == 0


@pytest.mark.parametrize("words", [["list"], ["search", "swine"], ["show", SWINE_ID], ["filter"]])
@pytest.mark.parametrize("target", [
    "data/rexctl.yaml", "data/vocabulary/tags.yaml", f"data/events/2025/{SWINE_ID}.yaml", "link.yaml",
    "data/events/2025/new.csv", "data/../data/schema/event.schema.json", "folder/tags.yaml",
])  # fmt: skip
def test_an_output_onto_a_file_of_the_log_is_refused(
    words: list[str], target: str, filled: Door
) -> None:
    home = filled.folder
    for name in ("vocabulary/tags.yaml", "schema/event.schema.json"):
        (home / "data" / name).parent.mkdir()
        (home / "data" / name).write_text("# mine\n", encoding="utf-8")
    (home / "link.yaml").symlink_to(home / "data" / "events" / "2025" / f"{SWINE_ID}.yaml")
    (home / "folder").symlink_to(home / "data" / "vocabulary")
    before = tree(home)
    said = filled(*words, "-o", target)
    assert (said.code, said.out) == (2, "")
    assert f"error[bad-value] -o {target}: is a file of the log in " in said.err
    assert tree(home) == before


@pytest.mark.parametrize("target", ["data/out.csv", "out.csv", "../out.csv", "README.md"])
def test_an_output_beside_the_files_of_the_log_is_written(target: str, filled: Door) -> None:
    assert filled("list", "-f", "csv", "-o", target).code == 0
    assert (filled.folder / target).read_text(encoding="utf-8").startswith("id,")
