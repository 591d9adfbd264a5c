from __future__ import annotations

import io

from rexctl.output.paint import paint, wanted


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_style_is_put_around_the_text() -> None:
    assert paint("x", "error") == "\x1b[1;31mx\x1b[0m"


def test_without_colour_the_text_is_as_it_was() -> None:
    assert paint("x", "error", on=False) == "x"
    assert paint("x", "no such style") == "x"
    assert paint("", "error") == ""


def test_colour_is_wanted_on_a_terminal_only() -> None:
    assert wanted(Terminal(), {})
    assert not wanted(io.StringIO(), {})


def test_no_color_and_a_dumb_terminal_are_honoured() -> None:
    assert not wanted(Terminal(), {"NO_COLOR": "1"})
    assert not wanted(Terminal(), {"TERM": "dumb"})
    assert wanted(Terminal(), {"NO_COLOR": "", "TERM": "xterm"})
