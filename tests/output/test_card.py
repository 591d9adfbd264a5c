from __future__ import annotations

import io
from typing import Any

import pytest

from rexctl.output import Options
from rexctl.output.card import write
from rexctl.output.terminal import text_width
from rexctl.records import Row, Table

EVENT: dict[str, Any] = {
    "id": "2025-11-07-cn-mofcom-70",
    "type": "export-control",
    "title": "Announcement 70 suspends Announcement 61",
    "actors": ["CN/mofcom"],
    "summary": "The ministry said so.\nIt named a year.\n\n- a point that is long\n- another",
    "effective": {"from": "2025-11-07", "until": "2026-11-10"},
    "links": [{"rel": "suspends", "to": "2025-10-09-cn-mofcom-61", "clause": "1(1)"}],
    "sources": [
        {"url": "https://example.org/x"},
        {"title": "A long title of a source that stands for itself", "publisher": "a news outlet"},
    ],
    "_v": "1",
    "_links_in": [{"rel": "responds-to", "from": "2025-11-10-us-ustr", "title": "The answer"}],
}


def drawn(*rows: dict[str, Any], columns: tuple[str, ...] = (), **options: Any) -> list[str]:
    out = io.StringIO()
    sheet = Table(columns, [Row(row) for row in rows or (EVENT,)], chosen=bool(columns))
    write(sheet, out, Options(**options))
    return out.getvalue().splitlines()


def test_a_card_shows_every_field_and_the_links_both_ways() -> None:
    assert drawn(width=60) == [
        "2025-11-07-cn-mofcom-70",
        "Announcement 70 suspends Announcement 61",
        "",
        "type       export-control",
        "actors     CN/mofcom",
        "summary    The ministry said so. It named a year.",
        "",
        "           - a point that is long",
        "           - another",
        "effective  from 2025-11-07 until 2026-11-10",
        "links      suspends 2025-10-09-cn-mofcom-61 (clause: 1(1))",
        "linked by  answered-by 2025-11-10-us-ustr",
        "             The answer",
        "sources    https://example.org/x",
        "           A long title of a source that stands for itself",
        "             publisher  a news outlet",
    ]


def test_links_from_others_are_told_where_it_has_none_of_its_own() -> None:
    lines = drawn({k: v for k, v in EVENT.items() if k != "links"}, width=60)
    assert "linked by  answered-by 2025-11-10-us-ustr" in lines
    lines = drawn({"id": "a", "_links_in": [{"rel": "amends", "from": "b"}]})
    assert lines[-1] == "linked by  amended-by b"


def test_computed_keys_are_not_fields() -> None:
    assert not any(line.startswith("_") for line in drawn())


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_lines_fit_and_no_word_of_the_event_is_lost(width: int) -> None:
    lines = drawn(width=width)
    assert all(text_width(line) <= width for line in lines)
    words = set(" ".join(lines).replace(",", " ").replace("(", " ").replace(")", " ").split())
    assert {"year.", "https://example.org/x", "2026-11-10", "outlet", "answered-by"} <= words


def test_an_address_is_left_whole_so_that_it_can_be_copied() -> None:
    url = "https://example.org/" + "x" * 80
    assert f"sources  {url}" in drawn({"id": "a", "sources": [{"url": url}]}, width=40)


def test_clauses_stand_one_below_the_other() -> None:
    clauses = [{"id": "1(1)", "title": "made abroad, with a share of the value",
                "effective": {"from": "2025-12-01"}}, {"id": "1(3)"}]  # fmt: skip
    assert drawn({"id": "a", "clauses": clauses}, width=50)[2:] == [
        "clauses  1(1)",
        "           title      made abroad, with a share of",
        "                      the value",
        "           effective  from 2025-12-01",
        "         1(3)",
    ]


def test_chosen_fields_are_the_only_ones() -> None:
    assert drawn(columns=("id", "effective.from")) == [
        "2025-11-07-cn-mofcom-70", "", "effective.from  2025-11-07",
    ]  # fmt: skip


def test_two_cards_have_an_empty_line_between_them() -> None:
    assert drawn({"id": "a"}, {"id": "b"}) == ["a", "", "b"]


def test_nothing_in_an_event_steers_the_terminal() -> None:
    hostile = {
        "id": "a\x1b",
        "title": "\u202e",
        "note\x07": "x\x1b[2J\ny",
        "list": ["\x9b", {"k": "\x00"}],
    }
    text = "\n".join(drawn(hostile))
    assert not set(text) & set("\x1b\u202e\x07\x9b\x00")


def test_colour_goes_to_names_and_the_heading() -> None:
    assert drawn({"id": "a", "title": "t", "date": "2025"}, color=True) == [
        "\x1b[36ma\x1b[0m", "\x1b[1mt\x1b[0m", "", "\x1b[2mdate  \x1b[0m2025",
    ]  # fmt: skip
