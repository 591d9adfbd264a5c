from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.commands.filter import BATCH
from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    "query", ["actor:NO", "type:statement", "date:2025-10-10..", "again", "not:actor:SE"]
)
def test_a_filtered_list_is_the_list_that_was_asked_for_byte_for_byte(
    query: str, filled: Door
) -> None:
    whole = filled("list").out.encode()
    assert filled("filter", query, stdin=whole).out == filled("list", query).out


def test_a_kept_line_passes_as_it_came_and_in_its_order(bare: Door) -> None:
    lines = ['{"title":"z",  "id": "b","type":"tariff","rates":[{"value":10.50}]}',
             '{"id":"a","type":"tariff","x":"\\u00e9"}']  # fmt: skip
    said = bare("filter", "type:tariff", stdin="\r\n".join(lines).encode())
    assert said == (0, "\n".join(lines) + "\n", "")


def test_no_log_is_needed_and_none_is_looked_for(bare: Door) -> None:
    assert bare("filter", "-c", stdin=b'{"id":"a"}') == (0, "1\n", "")


def test_a_line_that_is_no_object_is_named_and_left_out(bare: Door) -> None:
    stream = b'{"id":"a"}\nnope\n[1]\n\xff\n\n{"id":"b"}\n'
    said = bare("filter", "-F", "id", stdin=stream)
    assert (said.code, said.lines) == (6, ['{"id": "a"}', '{"id": "b"}'])
    assert [line.split(" ")[0] for line in said.err.splitlines() if "error[" in line] == [
        "-:2:1:", "-:3:1:", "-:4:1:",
    ]  # fmt: skip
    assert bare("filter", "-F", "id", "--lenient", stdin=stream).code == 0


def test_fields_formats_and_sorts_make_the_lines_anew(filled: Door) -> None:
    whole = filled("list").out.encode()
    assert filled("filter", "type:tariff", "-F", "id", "-f", "tsv", stdin=whole).lines == [
        "id",
        SWINE_ID,
    ]
    assert filled("filter", "--sort", "-date", "-n", "1", "-f", "id", stdin=whole).lines != [
        SWINE_ID
    ]
    assert filled("filter", "-c", stdin=whole).out == "3\n"


def test_a_stream_longer_than_a_batch_comes_through_whole(bare: Door) -> None:
    lines = [f'{{"id":"e{n}","type":"tariff"}}' for n in range(BATCH + 3)]
    said = bare("filter", "type:tariff", stdin="\n".join(lines).encode())
    assert said.lines == lines


def test_wrong_words_read_nothing(bare: Door) -> None:
    for words in (["tipe:x"], ["actor:Norway"], ["-f", "tabel"], ["--ids", "-"]):
        said = bare("filter", *words, stdin=b'{"id":"a"}')
        assert (said.code, said.out) == (2, "")


def test_a_closed_standard_input_is_told(bare: Door) -> None:
    assert bare("filter", stdin=None) == (2, "", "error[bad-value] -: standard input is closed\n")


def test_what_a_line_holds_is_the_same_however_it_is_sorted(bare: Door) -> None:
    """Columns of the tables have texts alone, where a line of a stream may have anything."""
    stream = (
        b'{"id":"a","title":""}\n{"id":"b","title":5}\n{"id":"c","title":"q\\ud800"}\n{"id":"d"}\n'
    )
    for form in ("jsonl", "json", "csv", "tsv"):
        words = ("filter", "-F", "id,title", "-f", form)
        assert bare(*words, "--sort", "id", stdin=stream) == bare(*words, stdin=stream)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["list", "-f", "json"], "an array"), (["list", "-f", "csv"], "CSV"),
        (["list", "-f", "tsv"], "CSV"), (["show", SWINE_ID, "-f", "yaml"], "YAML"),
    ],
)  # fmt: skip
def test_another_format_is_one_error(words: list[str], what: str, filled: Door) -> None:
    said = filled("filter", "type:tariff", stdin=filled(*words).out.encode())
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith(f"error[not-json] standard input: {what}, not JSON lines; ")
    assert said.err.count("error[") == 1


def test_an_array_after_good_lines_is_one_bad_line(bare: Door) -> None:
    said = bare("filter", "-f", "id", stdin=b'{"id":"a"}\n[1]\n')
    assert (said.code, said.lines) == (6, ["a"])


def test_a_field_that_no_line_has_is_named(filled: Door) -> None:
    lines = filled("list", "-F", "id,date").out.encode()
    said = filled("filter", "type:tariff", "rates.value:10", "date:2025", stdin=lines)
    assert said == (0, "", "no line has rates and type, so that none can match\n")
    whole = filled("list").out.encode()
    assert filled("filter", "type:tariff", "rates.value:99", stdin=whole) == (0, "", "")
    clause = b'{"id":"a","clauses":[{"id":"1","products":["hs:28"]}]}\n'
    assert filled("filter", "product:hs:30", stdin=clause).err == ""
    assert filled("filter", "missing:type", "not:status:made", "-c", stdin=lines).out == "3\n"
