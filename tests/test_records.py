from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.records import Cells, Lines, Row, Table, pick
from rexctl.values.json_text import Num

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = {
    "id": "a",
    "rates": [{"value": Num("10.50")}, {"value": Num("2"), "per": "kg"}],
    "effective": {"from": "2025"},
    "links": [{"asserted_by": ["CN", "US"]}, {"asserted_by": ["EU"]}],
    "products": ["hs:28", {"code": "hs:2846"}],
    "group.count": Num("3"),
}


def test_a_row_of_text_is_read_when_its_data_are_asked_for_and_its_text_is_kept() -> None:
    row = Row(text='{"a":  10.50}')
    assert row.data == {"a": "10.50"}
    assert isinstance(row.data["a"], Num)
    assert row.text == '{"a":  10.50}'


def test_a_row_of_data_is_written_when_its_text_is_asked_for() -> None:
    assert Row({"a": Num("10.50"), "b": ["x"]}).text == '{"a": 10.50, "b": ["x"]}'


def test_a_dotted_name_leads_into_mappings_and_through_lists() -> None:
    assert pick(DATA, "effective.from") == "2025"
    assert pick(DATA, "rates.value") == ["10.50", "2"]
    assert pick(DATA, "rates.per") == ["kg"]
    assert pick(DATA, "links.asserted_by") == ["CN", "US", "EU"]
    assert pick(DATA, "products.code") == ["hs:2846"]


def test_a_name_that_leads_nowhere_is_none() -> None:
    for name in ("status", "effective.until", "rates.prior", "id.x", "", "."):
        assert pick(DATA, name) is None, name


def test_a_key_with_a_dot_in_it_is_found_whole() -> None:
    assert pick(DATA, "group.count") == "3"


def test_a_sheet_shows_whole_rows_unless_columns_were_chosen() -> None:
    assert Table(("id",), []).chosen is False


STORED = [(b'{"n": %d}' % n, f"events/{n}") for n in range(150)]
TEXTS = [line.decode() for line, _ in STORED]


def test_stored_lines_are_rows_with_their_paths() -> None:
    rows = Lines(STORED)
    first = next(rows)
    assert (first.data, first.text, first.path) == ({"n": "0"}, '{"n": 0}', "events/0")
    assert rows.count == 1
    assert [row.text for row in rows] == TEXTS[1:]
    assert rows.count == 150


def test_stored_lines_come_in_blocks_and_no_more_is_taken_than_one_holds() -> None:
    taken = []

    def store() -> Iterator[tuple[bytes, str]]:
        for pair in STORED:
            taken.append(pair)
            yield pair

    rows = Lines(store())
    blocks = rows.blocks()
    first = next(blocks)
    assert len(taken) == len(first) == rows.count < 150
    assert [*first, *(line for block in blocks for line in block)] == [line for line, _ in STORED]
    assert rows.count == 150


def test_stored_cells_are_rows_of_what_is_there() -> None:
    rows = Cells(("id", "title"), [("a", "A", "events/a"), ("b", "", "events/b")])
    first, second = rows
    assert (first.data, first.path) == ({"id": "a", "title": "A"}, "events/a")
    assert (second.data, second.text, rows.count) == ({"id": "b"}, '{"id": "b"}', 2)


def test_stored_cells_are_texts_side_by_side_and_counted() -> None:
    rows = Cells(("id", "title"), [("a", "A", "events/a"), ("b", "", "events/b")])
    assert list(rows.texts()) == [("a", "A"), ("b", "")]
    assert rows.count == 2
