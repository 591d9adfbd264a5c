from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rexctl.output.terminal import (
    STYLES,
    pad,
    style,
    style_of,
    terminal_width,
    text_width,
    wants_color,
    wrap,
)
from rexctl.values.safe_text import clean_line
from rexctl.views.timeline import LOOKS

WORDS = st.text("ab ü商务，。（）e\u0301👩\u200d🚀", max_size=40)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("商务部", 6),
        ("e\u0301", 1),
        ("", 0),
        ("Türkiye", 7),
        ("👩\u200d🚀", 2),
        ("🇨🇳", 2),
    ],
)
def test_the_width_of_a_text_is_that_of_a_terminal(text: str, width: int) -> None:
    assert text_width(text) == width


@given(WORDS, st.integers(4, 30))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line) <= width or " " not in line


def test_a_long_word_stays_whole() -> None:
    url = "https://example.org/" + "x" * 40
    for word in (url, "data/events/2025/a-b-c-d.yaml:20:12:", "2025-10-09-cn-mofcom-61-suspended"):
        assert wrap(f"see {word} there", 20) == ["see", word, "there"]


def test_the_first_line_is_shorter_by_what_is_before_it() -> None:
    assert wrap("one two three", 9, used=5) == ["one", "two three"]
    assert wrap("three four", 9, used=8) == ["", "three", "four"]
    assert wrap("three four", 0, used=8) == ["three four"]


def test_a_line_of_chinese_does_not_begin_with_closing_punctuation() -> None:
    lines = wrap("商务部公告，第六十一号。", 10)
    assert len(lines) > 1
    assert not any(line[0] in "，。" for line in lines)


@given(st.text())
def test_every_clean_text_has_a_width(text: str) -> None:
    assert text_width(clean_line(text)) >= 0


def test_a_text_is_padded_by_columns() -> None:
    assert pad("商", 4) == "商  "
    assert pad("long", 2) == "long"


def test_a_style_is_written_only_with_color() -> None:
    assert style("x", "error", True) == "\x1b[1;31mx\x1b[0m"
    assert style("x", "error", False) == style("x", "no such style", True) == "x"
    assert style("", "error", True) == ""


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_color_is_for_a_terminal_that_wants_it(environ: dict[str, str], expected: bool) -> None:
    assert wants_color(Terminal(), environ) is expected
    assert wants_color(io.StringIO(), environ) is False


def test_the_width_of_a_pipe_is_unlimited() -> None:
    assert terminal_width(io.StringIO(), {"COLUMNS": "70"}) == 0
    assert terminal_width(Terminal(), {"COLUMNS": "70"}) == 70
    assert terminal_width(Terminal(), {"COLUMNS": "x"}) == 0


def test_every_state_and_outcome_has_the_style_that_a_timeline_gives_it() -> None:
    for state, look in LOOKS.items():
        assert style_of("state", state) == style_of("next", state) == STYLES[look]
    for outcome in ("averted", "called off", "carried out", "lapsed", "open", "overdue"):
        assert style_of("outcome", outcome) == STYLES[outcome]
    assert style_of("state", "not-yet") == style_of("title", "suspended") == ""
    assert style_of("what", "2 measures suspended until 2026-11-10, by x") == STYLES["suspended"]
