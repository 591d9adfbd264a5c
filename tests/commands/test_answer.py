from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.query_options import CELL_COLUMNS, explode_rows
from rexctl.records import Row, pick
from tests.commands.door import SWINE, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

SOURCE = ("--status", "made", "--source", "https://example.org/s")


def test_j_with_fields_gives_those_keys_only_in_that_order(filled: Door) -> None:
    rows = [json.loads(line) for line in filled("list", "-j", "-F", "status,id,rates.value").lines]
    assert [list(row) for row in rows] == [["status", "id", "rates.value"], *[["status", "id"]] * 2]


def test_fields_in_a_pipe_are_keys_of_json_lines(filled: Door) -> None:
    said = filled("list", "-F", "id,date", "-n", "1")
    assert said.out == f'{{"id": "{SWINE_ID}", "date": "2025-10-09"}}\n'


@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
def test_cells_have_the_same_columns_whatever_the_query(
    form: str, separator: str, filled: Door
) -> None:
    heads = {
        tuple(filled("list", *words, "-f", form).lines[0].split(separator))
        for words in (["type:tariff"], ["type:statement"], [], ["swine"])
    }
    assert heads == {CELL_COLUMNS}
    assert filled("search", "swine", "-f", form).lines[0].split(separator)[:-1] == [*CELL_COLUMNS]
    (line,) = filled("list", "type:tariff", "-f", form, "--no-header").lines
    assert line.split(separator)[:4] == [SWINE_ID, "tariff", "2025-10-09", "adopted"]
    assert line.split(separator)[10] == "10%"


def test_a_notice_counts_the_events_that_cells_do_not_show_whole(filled: Door) -> None:
    said = filled("list", "-f", "csv")
    assert said.err.startswith(
        "1 of 3 events has fields that these columns leave out: time, tz; -F names columns"
    )
    assert filled("list", "type:statement", "-f", "csv").err == ""
    assert filled("list", "-f", "csv", "-F", "id").err == ""
    assert filled("show", SWINE_ID, "-f", "tsv").err.startswith("1 of 1 event has fields")


def test_no_header_is_for_cells(filled: Door) -> None:
    said = filled("list", "--no-header")
    assert (said.code, said.out) == (2, "")
    assert "the format is jsonl" in said.err


def test_events_of_a_day_come_in_the_order_of_their_instants(rexctl: Door) -> None:
    def add(title: str, actor: str, *words: str) -> None:
        date = () if "--date" in words else ("--date", "2025-10-10")
        assert rexctl("add", "statement", title, "--actor", actor, *date, *words, *SOURCE).code == 0

    add("Washington at eight", "US", "--time", "08:00")
    add("Beijing at nine", "CN", "--time", "09:00")
    add("Alaska at two", "US", "--time", "02:00", "--tz", "America/Anchorage")
    add("Hour unknown", "US")
    add("The day before", "US", "--date", "2025-10-09", "--time", "23:00")
    order = ["The day before", "Hour unknown", "Beijing at nine", "Alaska at two",
             "Washington at eight"]  # fmt: skip
    for words in ([], ["--sort", "date"]):
        found = [json.loads(line)["title"] for line in rexctl("list", *words).lines]
        assert found == order, words
    for words in (["-r"], ["--sort", "-date"], ["--sort", "date", "-r"]):
        found = [json.loads(line)["title"] for line in rexctl("list", *words).lines]
        assert found == order[::-1], words
    lines = rexctl("list").out.encode()
    found = [json.loads(line)["title"] for line in rexctl("filter", "-r", stdin=lines).lines]
    assert found == order[::-1]


def test_reverse_comes_before_the_cut(filled: Door) -> None:
    every = filled("list", "-f", "id").lines
    assert filled("list", "-r", "-n", "2", "-f", "id").lines == every[:-3:-1]
    assert filled("list", "--reverse", "--offset", "1", "-f", "id").lines == every[-2::-1]
    assert filled("search", "swine", "-r").code == 2


def test_the_bounds_of_the_date_are_sort_keys(rexctl: Door) -> None:
    for title, date in (("A", "2025-10/2025-12"), ("B", "2025-10-02"), ("C", "2025-09/2026-01")):
        rexctl("add", "statement", title, "--actor", "US", "--date", date, *SOURCE)
    rows = map(json.loads, rexctl("list", "--sort", "_latest", "-F", "title,_latest").lines)
    assert [row["title"] for row in rows] == ["B", "A", "C"]
    rows = map(json.loads, rexctl("list", "--sort", "-_earliest", "-F", "title").lines)
    assert [row["title"] for row in rows] == ["B", "A", "C"]
    said = rexctl("list", "-F", "_earlest")
    assert (said.code, said.err) == (
        2, "error[unknown-field] _earlest: no such field; did you mean _earliest?\n"
    )  # fmt: skip


def test_ids_that_are_not_in_the_log_are_named_and_nothing_is_shown(filled: Door) -> None:
    stdin = f"{SWINE_ID}\n2025-10-09-cn-mofcom-99\n2024-no-such\n".encode()
    said = filled("list", "--ids", "-", stdin=stdin)
    assert (said.code, said.out) == (4, "")
    assert [line.split()[1] for line in said.err.splitlines() if line.startswith("error")] == [
        "2025-10-09-cn-mofcom-99:", "2024-no-such:",
    ]  # fmt: skip
    said = filled("list", "--ids", "-", "--lenient", "-f", "id", stdin=stdin)
    assert (said.code, said.lines, said.err) == (0, [SWINE_ID], "")


def test_the_suffix_of_o_chooses_the_format_unless_f_does(filled: Door) -> None:
    assert filled("list", "-o", "x.csv")[:2] == (0, "")
    rows = list(csv.DictReader(io.StringIO((filled.folder / "x.csv").read_text(encoding="utf-8"))))
    assert rows[0]["id"] == SWINE_ID
    filled("list", "-o", "x.csv", "-f", "id")
    assert (filled.folder / "x.csv").read_text(encoding="utf-8").splitlines()[0] == SWINE_ID


def test_a_list_can_be_exploded_into_a_row_a_value(rexctl: Door) -> None:
    rexctl(*SWINE, "--affected", "SE,DK")
    said = rexctl("list", "--explode", "affected", "-F", "id,affected", "-f", "tsv")
    assert said.lines == ["id\taffected", f"{SWINE_ID}\tSE", f"{SWINE_ID}\tDK"]


def test_exploding_reaches_into_lists_and_leaves_out_what_has_no_value() -> None:
    rows = [
        Row({"id": "a", "rates": [{"value": "1"}, {"value": "2"}]}),
        Row({"id": "b"}, path="b.yaml"),
    ]
    without: list[str] = []
    found = [dict(row.data) for row in explode_rows(rows, "rates.value", without)]
    assert [pick(row, "rates.value") for row in found] == ["1", "2"]
    assert without == ["b.yaml"]


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
        ("1", "x"), ("1", "y"),
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


@pytest.mark.parametrize("columns", ["60", "80", "100"])
def test_an_id_that_does_not_fit_is_a_beginning_that_other_commands_accept(
    columns: str, filled: Door
) -> None:
    filled.patch.setenv("COLUMNS", columns)
    heading, *lines = filled("list", "-f", "table").lines
    assert max(map(len, [heading, *lines])) <= int(columns)
    shown = [line[heading.index("id") :].split("  ")[0] for line in lines if line[:1] != " "]
    found = [json.loads(filled("show", one).out)["id"] for one in shown]
    assert found == filled("list", "-f", "id").lines
    if columns == "100":
        assert shown[0] == "2025-10-09-no-charges…"


def test_a_table_for_a_wide_terminal_has_whole_ids(filled: Door) -> None:
    filled.patch.setenv("COLUMNS", "140")
    lines = filled("list", "-f", "table").lines
    assert lines[0].split() == ["date", "type", "status", "title", "id"]
    assert lines[1].endswith(SWINE_ID)


def test_retracted_events_are_left_out_unless_asked_for(rexctl: Door) -> None:
    rexctl(*SWINE, "--confidence", "retracted", "--note", "It never was.")
    assert rexctl("list", "-c").out == "0\n"
    assert rexctl("list", "-c", "--retracted").out == "1\n"
    assert rexctl("list", "-c", "confidence:retracted").out == "1\n"


@pytest.mark.parametrize(
    "words",
    [
        ["stats"], ["values", "type"], ["fields"], ["schema"], ["check", "--strict"], ["list"],
        ["show", SWINE_ID], ["search", "swine"],
    ],
)  # fmt: skip
def test_j_is_json_lines_wherever_rows_are_read(words: list[str], filled: Door) -> None:
    filled.put("2025-01-02-x.yaml", "id: 2025-01-02-x\n")
    said = filled(*words, "-j")
    rows = [json.loads(line) for line in said.lines]
    assert rows and all(isinstance(row, dict) for row in rows)
    assert filled(*words, "-f", "jsonl").out == said.out
    refused = filled(*words, "-j", "-f", "json")
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["list", "-f", "id"], [SWINE_ID]),
        (["show", "-f", "id"], [SWINE_ID]),
        (["stats", "-f", "tsv"], ["type\tevents", "tariff\t1"]),
        (["values", "status", "-f", "tsv"], ["status\tevents", "adopted\t1"]),
        (["check", "-j"], []),
        (["set", "note=x", "--dry-run"], [f"{SWINE_ID}  Norway charges 10% on live swine", "  note added: “x”"]),
        (["retract", "--reason", "No.", "--dry-run"], None),
    ],
)  # fmt: skip
def test_ids_come_from_a_file_wherever_events_are_chosen(
    words: list[str], shown: list[str] | None, filled: Door
) -> None:
    filled.put("2025-01-02-x.yaml", "id: 2025-01-02-x\n")
    said = filled(*words, "--ids", "-", stdin=f"{SWINE_ID}\n".encode())
    assert said.code == (6 if words[0] in ("list", "stats", "values") else 0)
    if shown is not None:
        assert said.lines == shown
    listed = f"{SWINE_ID}\n2024-no-such\n".encode()
    said = filled(*words, "--ids", "-", stdin=listed)
    assert (said.code, said.out) == (4, "")
    assert "2024-no-such: no such event" in said.err
    said = filled(*words, "--ids", "-", "--lenient", stdin=listed)
    assert said.code == 0
    if shown is not None:
        assert said.lines == shown
