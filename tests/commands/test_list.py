from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

BAD = "2025-10-09-bad.yaml"


def test_a_line_has_schema_order_and_ends_with_its_version(filled: Door) -> None:
    rows = [json.loads(line) for line in filled("list").lines]
    assert [list(row)[:4] for row in rows] == [["id", "type", "title", "date"]] * 3
    assert all(list(row)[-1] == "_v" and row["_v"] == 1 for row in rows)
    assert rows[0]["id"] == SWINE_ID
    assert all(value not in (None, "", [], {}) for row in rows for value in row.values())


def test_an_empty_answer_is_success(filled: Door) -> None:
    assert filled("list", "actor:DK") == (0, "", "")
    assert filled("list", "actor:DK", "-f", "table") == (0, "", "no events\n")


def test_a_bad_file_is_named_and_the_good_ones_are_printed(filled: Door) -> None:
    filled.put(BAD, "id: 2025-10-09-bad\ntype: tarif\n")
    said = filled("list", "-f", "id")
    assert (said.code, len(said.lines)) == (6, 3)
    assert said.err.startswith(f"data/events/2025/{BAD}:1:1: error[")
    assert said.err.count("error[") == 1
    assert filled("list", "-f", "id", "--lenient").code == 0


def test_what_was_asked_wrongly_outweighs_a_bad_file(filled: Door) -> None:
    filled.put(BAD, "type: tarif\n")
    assert filled("list", "tipe:x").code == 2


def test_a_reader_writes_nothing_into_the_log(filled: Door) -> None:
    before = {path: path.stat().st_mtime_ns for path in (filled.folder / "data").rglob("*")}
    filled("list")
    filled("list", "-f", "table")
    assert {path: path.stat().st_mtime_ns for path in (filled.folder / "data").rglob("*")} == before


def test_a_cache_that_cannot_be_used_changes_nothing(filled: Door) -> None:
    whole = filled("list").out
    filled.patch.setenv("REXCTL_CACHE", "/dev/null")
    assert filled("list") == (0, whole, "")


def test_a_spoilt_index_changes_nothing(filled: Door) -> None:
    whole = filled("list").out
    for path in (filled.folder.parent / "cache").rglob("*.sqlite"):
        path.write_bytes(b"spoilt" * 1000)
    assert filled("list") == (0, whole, "")


def test_a_saved_query_is_used_by_its_name(filled: Door) -> None:
    (filled.folder / "data" / "rexctl.yaml").write_text(
        "format: 1\nqueries:\n  swine: product:hs:01 actor:NO\n", encoding="utf-8"
    )
    assert filled("list", "@swine", "-f", "id").lines == [SWINE_ID]


def test_every_answer_says_where_several_files_have_one_id(filled: Door) -> None:
    filled.put("2025-10-09-copy.yaml", filled.files[f"{SWINE_ID}.yaml"])
    filled.put("2025-10-09-no (1).yaml", filled.files[f"{SWINE_ID}.yaml"])
    for words in (["list"], ["list", "-c"], ["list", "-f", "table"], ["stats"], ["show", SWINE_ID]):
        answer = filled(*words)
        assert answer.code == 6
        assert answer.err.count(f"{SWINE_ID}: 3 files have this id; ") == 1
    assert filled("show", "status:made").code == 0
    for words in (["set", SWINE_ID, "note=x"], ["retract", SWINE_ID, "--reason", "x"]):
        answer = filled(*words)
        assert answer.code == 5
        assert "2025-10-09-copy.yaml, data/events/2025/2025-10-09-no (1).yaml" in answer.err


def test_the_number_is_that_of_the_rows_that_would_be_shown(filled: Door) -> None:
    assert filled("list", "-c", "-n", "2").lines == ["2"]
    assert filled("list", "-c", "-n", "9", "--offset", "1").lines == ["2"]
    assert filled("list", "-c", "--offset", "9").lines == ["0"]


def test_fields_as_other_tools_write_them_are_understood(filled: Door) -> None:
    for option, text, meant in (("--sort", "date:desc", "-date"), ("--sort", "date asc", "date"),
                                ("-F", "sources.0.url", "sources.url"), ("-F", ".rates[]", "rates")):  # fmt: skip
        assert f"did you mean {meant}?" in filled("list", option, text).err
    assert "write -f csv" in filled("list", "--csv").err
    assert filled("list", "-o", "").code == 2
