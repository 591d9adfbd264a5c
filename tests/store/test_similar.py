from __future__ import annotations

from rexctl.cli import similar_event
from rexctl.index import put, tables
from tests.index.rows import simple

CONTROL = simple("2025-10-09-a", title="China licenses rare-earth exports")
LATER = simple("2025-11-09-b", title="China licenses graphite exports")
TALKS = simple("2025-10-17-c", type="meeting", title="Talks on rare-earth exports of China")


def most(type_name: str, title: str) -> str:
    index = tables.open_index(None, "")
    for one in (CONTROL, LATER, TALKS):
        put.put_line(index, one.row, one.row.json)
    return str(similar_event.most(index, type_name, title).get("id", ""))


def test_the_event_that_shares_most_words_is_most_like() -> None:
    assert most("export-control", "RARE earth exports suspended") == "2025-10-09-a"
    assert most("export-control", "graphite exports suspended") == "2025-11-09-b"


def test_of_equals_the_later_one_counts_even_where_no_word_is_shared() -> None:
    assert most("export-control", "something else") == "2025-11-09-b"


def test_an_event_of_another_type_is_not_like() -> None:
    assert most("meeting", "graphite") == "2025-10-17-c"
    assert most("tariff", "China licenses graphite exports") == ""


def test_a_retracted_event_is_no_example() -> None:
    index = tables.open_index(None, "")
    gone = simple("2025-10-09-a", confidence="retracted")
    put.put_line(index, gone.row, gone.row.json)
    assert similar_event.most(index, "export-control", "anything") == {}
