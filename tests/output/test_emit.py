from __future__ import annotations

import io
import json
import os
import stat
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from rexctl.errors import UsageError
from rexctl.output import (
    FORMATS,
    Options,
    format_from_suffix,
    formats_of,
    require_format,
    write_table,
)
from rexctl.output.files import replace_file
from rexctl.records import EVENTS, FINDINGS, ROWS, TIMELINE, Cells, Lines, Row, Table

EVENT = {"id": "2025-10-09-cn-mofcom-61", "type": "export-control", "actors": ["CN/mofcom"]}


def sheet(*rows: dict[str, Any]) -> Table:
    return Table(("id", "type"), [Row(row) for row in rows or (EVENT,)], kind=EVENTS)


def test_a_sheet_goes_out_in_the_format_named_and_the_rows_are_counted() -> None:
    out = io.StringIO()
    assert write_table(sheet(EVENT, EVENT), "jsonl", out) == 2
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [EVENT, EVENT]


def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        write_table(sheet(), "jsnol", io.StringIO())
    assert caught.value.exit_code == 2
    assert caught.value.code == "unknown-format"
    assert "json" in caught.value.hint


def test_nul_is_refused_where_a_row_is_no_line() -> None:
    with pytest.raises(UsageError):
        write_table(sheet(), "json", io.StringIO(), Options(nul=True))


def test_excel_safe_is_refused_where_there_is_no_csv() -> None:
    with pytest.raises(UsageError):
        write_table(sheet(), "json", io.StringIO(), Options(excel_safe=True))


def test_a_terminal_is_found_out() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    write_table(sheet({"id": "a", "title": "\x9b31m"}), "jsonl", out)
    assert "\x9b" not in out.getvalue()


def test_rows_stream_through_without_being_gathered() -> None:
    out = io.StringIO()
    seen = []

    def rows():  # type: ignore[no-untyped-def]
        for n in range(3):
            seen.append(out.getvalue().count("\n"))
            yield Row({"id": f"e{n}"})

    write_table(Table(("id",), rows()), "jsonl", out)
    assert seen == [0, 1, 2]


def test_lines_of_a_store_are_copied_out_and_counted() -> None:
    texts = [json.dumps({"id": f"e{n}", "title": "稀土"}, ensure_ascii=False) for n in range(200)]
    stored = [(text.encode(), "") for text in texts]
    for options in (Options(), Options(nul=True)):
        out = io.StringIO()
        assert write_table(Table(("id",), Lines(stored), kind=EVENTS), "jsonl", out, options) == 200
        assert out.getvalue() == "".join(text + options.end for text in texts)
    assert write_table(Table(("id",), Lines(stored), kind=EVENTS), "id", io.StringIO()) == 200
    for some in (stored, []):
        out = io.StringIO()
        assert write_table(Table(("id",), Lines(some), kind=EVENTS), "json", out) == len(some)
        assert json.loads(out.getvalue()) == [json.loads(line) for line, _ in some]


def test_lines_of_a_store_go_past_the_texts_of_a_file_and_stay_in_their_place(
    tmp_path: Path,
) -> None:
    target = tmp_path / "out"
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write("before\n")
        write_table(Table(("id",), Lines([('{"a": "稀土"}'.encode(), "")])), "jsonl", out)
        out.write("after\n")
    assert target.read_text(encoding="utf-8") == 'before\n{"a": "稀土"}\nafter\n'


NASTY = ["plain", "", 'quo"te', "tab\there", "line\nend", "back\\slash", "=SUM(1)", "稀土 Türkiye",
         "hid\u200bden", "\x1b[31m", "semi;colon", "comma,", "\u3164", "https://a.example/b_c_", "a_b|*"]  # fmt: skip
WAYS = (Options(), Options(terminal=True), Options(heading=False), Options(width=40, color=True))


@pytest.mark.parametrize("options", [*WAYS, Options(excel_safe=True)])
@pytest.mark.parametrize("name", ["csv", "tsv", "table", "md", "jsonl", "json", "id", "path"])
def test_cells_of_a_store_are_written_as_the_rows_are(name: str, options: Options) -> None:
    if options.excel_safe and name != "csv":
        return
    columns = ("id", "title")
    stored = [(f"2025-10-0{n % 9 + 1}-a", text, f"events/{n}") for n, text in enumerate(NASTY)]
    rows = [Row({"id": i, "title": t} if t else {"id": i}, path=p) for i, t, p in stored]
    fast, slow = io.StringIO(), io.StringIO()
    chosen = name in ("jsonl", "json")
    assert write_table(
        Table(columns, Cells(columns, stored), chosen, EVENTS), name, fast, options
    ) == len(NASTY)
    assert write_table(Table(columns, rows, chosen, EVENTS), name, slow, options) == len(NASTY)
    assert fast.getvalue() == slow.getvalue()


def test_lines_of_a_store_are_harmless_on_a_terminal() -> None:
    out = io.StringIO()
    write_table(
        Table(("id",), Lines([('{"a": "\x9b"}'.encode(), "")])),
        "jsonl",
        out,
        Options(terminal=True),
    )
    assert out.getvalue() == '{"a": "\\u009b"}\n'


@pytest.mark.parametrize(
    ("target", "name"), [("a.csv", "csv"), ("b/C.JSON", "json"), ("x.yml", "yaml")]
)
def test_a_suffix_chooses_the_format(target: str, name: str) -> None:
    assert format_from_suffix(target, formats_of(EVENTS)) == name


@pytest.mark.parametrize("target", ["a.docx", "plain", ".csv"])
def test_a_suffix_that_says_nothing_is_refused(target: str) -> None:
    with pytest.raises(UsageError) as caught:
        format_from_suffix(target, formats_of(EVENTS))
    assert "-f" in caught.value.hint


def test_a_suffix_chooses_a_format_of_the_kind_of_table() -> None:
    for name, entry in FORMATS.items():
        for kind, suffix in product((EVENTS, TIMELINE), entry.suffixes):
            if kind in entry.kinds:
                assert format_from_suffix(f"x{suffix}", formats_of(kind)) == name
            else:
                with pytest.raises(UsageError):
                    format_from_suffix(f"x{suffix}", formats_of(kind))


def test_every_format_has_a_module_that_writes() -> None:
    for entry in FORMATS.values():
        assert callable(import_module(entry.module).write)


def test_a_format_is_only_for_its_kinds_of_table() -> None:
    assert require_format("sarif", FINDINGS) == "sarif"
    for name in ("card", "yaml", "id", "path", "github", "text"):
        with pytest.raises(UsageError, match="no such format"):
            require_format(name, ROWS)


def test_a_whole_file_takes_its_name_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with replace_file(str(target)) as out:
        out.write("a\r\n")
        assert not target.exists()
    assert target.read_bytes() == b"a\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_fault_leaves_what_stood_there(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError), replace_file(str(target)) as out:
        out.write("half")
        raise ZeroDivisionError
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_replaced_keeps_its_rights_and_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    with replace_file(str(link)) as out:
        out.write("after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_device_is_written_to_as_it_is() -> None:
    with replace_file(os.devnull) as out:
        out.write("nothing")
    assert not stat.S_ISREG(Path(os.devnull).stat().st_mode)


def test_a_folder_that_is_not_there_is_an_error_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(OSError), replace_file(str(tmp_path / "no" / "out.csv")):
        pass
