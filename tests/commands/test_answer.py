from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.query_options import explode_rows
from rexctl.records import Row, pick
from tests.commands.door import SWINE, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_j_with_fields_gives_those_keys_only_in_that_order(filled: Door) -> None:
    rows = [json.loads(line) for line in filled("list", "-j", "-F", "status,id,rates.value").lines]
    assert [list(row) for row in rows] == [["status", "id", "rates.value"], *[["status", "id"]] * 2]


def test_fields_in_a_pipe_are_tab_separated_without_a_heading(filled: Door) -> None:
    said = filled("list", "-F", "id,date", "-n", "1")
    assert said.out == f"{SWINE_ID}\t2025-10-09\n"


def test_the_suffix_of_o_chooses_the_format_unless_f_does(filled: Door) -> None:
    assert filled("list", "-o", "x.csv") == (0, "", "")
    rows = list(csv.DictReader(io.StringIO((filled.folder / "x.csv").read_text(encoding="utf-8"))))
    assert rows[0]["id"] == SWINE_ID
    filled("list", "-o", "x.csv", "-f", "id")
    assert (filled.folder / "x.csv").read_text(encoding="utf-8").splitlines()[0] == SWINE_ID


def test_a_list_can_be_exploded_into_a_row_a_value(rexctl: Door) -> None:
    rexctl(*SWINE, "--affected", "SE,DK")
    said = rexctl("list", "--explode", "affected", "-F", "id,affected")
    assert said.lines == [f"{SWINE_ID}\tSE", f"{SWINE_ID}\tDK"]


def test_exploding_keeps_a_row_without_the_field_and_reaches_into_lists() -> None:
    rows = [Row({"id": "a", "rates": [{"value": "1"}, {"value": "2"}]}), Row({"id": "b"})]
    found = [dict(row.data) for row in explode_rows(rows, "rates.value")]
    assert [pick(row, "rates.value") for row in found] == ["1", "2", None]


def test_what_stands_beside_an_exploded_value_goes_with_it() -> None:
    clauses = [{"id": "1", "from": "a", "reach": ["x", "y"]}, {"id": "2", "from": "b"}]
    found = [row.data for row in explode_rows([Row({"id": "e", "clauses": clauses})], "clauses.id")]
    assert [(pick(d, "clauses.id"), pick(d, "clauses.from")) for d in found] == [
        ("1", "a"), ("2", "b"),
    ]  # fmt: skip
    inner = [
        row.data for row in explode_rows([Row({"id": "e", "clauses": clauses})], "clauses.reach")
    ]
    assert [(pick(d, "clauses.id"), pick(d, "clauses.reach")) for d in inner] == [
        ("1", "x"), ("1", "y"), ("2", None),
    ]  # fmt: skip


def test_a_number_of_events_goes_alone(filled: Door) -> None:
    assert filled("list", "-c") == (0, "3\n", "")
    assert filled("list", "-c", "type:tariff") == (0, "1\n", "")


def test_nul_ends_ids_and_paths_and_is_refused_for_cells(filled: Door) -> None:
    assert filled("list", "-f", "id", "-0").out.split("\0")[0] == SWINE_ID
    assert filled("list", "-f", "csv", "-0").code == 2


def test_paths_are_as_seen_from_the_current_folder(filled: Door) -> None:
    (path,) = filled("list", "type:tariff", "-f", "path").lines
    assert path == f"data/events/2025/{SWINE_ID}.yaml"
    filled.patch.chdir(filled.folder / "data" / "events")
    (path,) = filled("list", "type:tariff", "-f", "path").lines
    assert (filled.folder / "data" / "events" / path).is_file()


def test_explain_tells_the_query_and_lists_nothing(filled: Door) -> None:
    said = filled("list", "type:tariff", "not:actor:NO", "swine", "--explain")
    assert said.code == 0
    assert said.lines[0] == "type is tariff"
    assert said.lines[-1] == 'the text contains "swine"'
    assert len(said.lines) == 3
    assert SWINE_ID not in said.out


@pytest.mark.parametrize("words", [["-c"], ["--explain"]])
def test_what_has_no_rows_goes_into_no_file(words: list[str], filled: Door) -> None:
    said = filled("list", "-o", "x.csv", *words)
    assert (said.code, said.out) == (2, "")
    assert not (filled.folder / "x.csv").exists()


def test_sorting_goes_up_and_down(filled: Door) -> None:
    up = filled("list", "--sort", "title", "-f", "id").lines
    assert filled("list", "--sort", "-title", "-f", "id").lines == up[::-1]
    assert len(up) == 3


def test_a_sixty_column_terminal_never_shortens_the_id(filled: Door) -> None:
    filled.patch.setenv("COLUMNS", "60")
    lines = filled("list", "-f", "table").lines
    assert max(map(len, lines)) <= 60
    assert any(line.split("  ")[0] == SWINE_ID for line in lines)


def test_retracted_events_are_left_out_unless_asked_for(rexctl: Door) -> None:
    rexctl(*SWINE, "--confidence", "retracted", "--note", "It never was.")
    assert rexctl("list", "-c").out == "0\n"
    assert rexctl("list", "-c", "--retracted").out == "1\n"
    assert rexctl("list", "-c", "confidence:retracted").out == "1\n"
