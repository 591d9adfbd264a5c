from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from rexctl.output.width import columns_of, cut, fill, wrap
from rexctl.values.safe_text import clean_line

WORDS = st.text("ab ü商务，。（）e\u0301", max_size=40)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("商务部", 6), ("e\u0301", 1), ("", 0), ("Türkiye", 7)]
)
def test_columns_are_those_of_a_terminal(text: str, columns: int) -> None:
    assert columns_of(text) == columns == cell_len(text)


@given(WORDS, st.integers(1, 20))
def test_a_cut_text_fits(text: str, columns: int) -> None:
    shown = cut(text, columns)
    assert columns_of(shown) <= columns
    assert shown == text or shown.endswith("…")


def test_no_column_holds_nothing() -> None:
    assert cut("abc", 0) == ""


def test_a_text_is_filled_on_the_side_asked_for() -> None:
    assert fill("商", 4) == "商  "
    assert fill("10", 4, right=True) == "  10"
    assert fill("long", 2) == "long"


@settings(max_examples=100)
@given(WORDS, st.integers(4, 30))
def test_wrapping_loses_nothing_and_fits(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert columns_of(line) <= columns or " " not in line


def test_a_long_word_stays_whole() -> None:
    url = "https://example.org/" + "x" * 40
    assert wrap(f"see {url} there", 20) == ["see", url, "there"]


def test_a_line_of_chinese_does_not_begin_with_a_closing_mark() -> None:
    lines = wrap("商务部公告，第六十一号。", 10)
    assert len(lines) > 1
    assert not any(line[0] in "，。" for line in lines)


@given(st.text())
def test_clean_text_has_a_width_for_every_character(text: str) -> None:
    assert columns_of(clean_line(text)) >= 0
