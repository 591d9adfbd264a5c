from __future__ import annotations

import pytest

from rexctl.store.reader import read, read_all
from rexctl.vocabulary.vocabulary import shipped
from tests.store.logs import event, text_of

GOOD = text_of(event("2025-10-09-a", note="One.\nTwo."))
NAME = "events/2025/2025-10-09-a.yaml"


def told(text: str) -> list[tuple[str, int, int]]:
    reading = read(text.encode(), NAME, shipped())
    assert (reading.event is None) == any(f.level == "error" for f in reading.findings)
    return [(f.code, f.line, f.column) for f in reading.findings]


def test_a_good_file_gives_its_event_in_the_spelling_of_codes() -> None:
    reading = read(GOOD.replace("- CN", "- China").encode(), NAME, shipped())
    assert reading.findings == ()
    assert reading.event == event("2025-10-09-a", note="One.\nTwo.")
    assert reading.document is not None


def test_each_fault_is_told_at_its_line_and_column_in_their_order() -> None:
    text = GOOD.replace("date: 2025-10-09", "date: 2025-13-09").replace("  - CN", "  - Cathay")
    assert [place[1:] for place in told(text)] == [(4, 7), (7, 5)]


def test_a_missing_field_is_told_though_something_else_is_told_of_its_place() -> None:
    codes = [code for code, *_ in told(GOOD.replace("title: What 2025-10-09-a tells\n", ""))]
    assert codes == ["missing-field"]


def test_an_empty_value_is_told_once() -> None:
    assert [code for code, *_ in told(GOOD.replace("status: adopted", "status:"))] == [
        "empty-value"
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "text\n", "[", "\x00"])
def test_what_is_no_mapping_is_no_event_and_is_told(text: str) -> None:
    assert told(text)


def test_a_second_document_is_a_fault_in_a_file_and_an_event_in_a_stream() -> None:
    both = f"{GOOD}---\n{GOOD}"
    assert "second-document" in {code for code, *_ in told(both)}
    found = read_all(both.encode(), "-", shipped())
    assert [reading.event for reading in found] == [event("2025-10-09-a", note="One.\nTwo.")] * 2


def test_a_bad_document_of_a_stream_hides_no_other() -> None:
    bad = GOOD.replace("status: adopted", "status: adoptd")
    found = read_all(f"{bad}---\n{GOOD}".encode(), "-", shipped())
    assert [reading.event is None for reading in found] == [True, False]


def test_computed_keys_are_passed_over() -> None:
    reading = read((GOOD + "_v: 1\n_latest: 2025-10-09\n").encode(), NAME, shipped())
    assert reading.findings == ()
    assert reading.event is not None
    assert "_v" not in reading.event


def test_a_field_is_filled_only_where_the_document_leaves_it_out() -> None:
    without = GOOD.replace("id: 2025-10-09-a\n", "").encode()
    (filled,) = read_all(without, "-", shipped(), id="2025-10-09-filled")
    (kept,) = read_all(GOOD.encode(), "-", shipped(), id="2025-10-09-filled")
    assert filled.event is not None
    assert kept.event is not None
    assert (filled.event["id"], kept.event["id"]) == ("2025-10-09-filled", "2025-10-09-a")


def test_a_warning_does_not_make_an_event_bad() -> None:
    reading = read(GOOD.replace("title: What", "title: What #1 of").encode(), NAME, shipped())
    assert reading.event is not None or any(f.level == "error" for f in reading.findings)
