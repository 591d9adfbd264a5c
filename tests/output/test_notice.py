from __future__ import annotations

import io

import pytest  # noqa: TC002

from rexctl.errors import bad_value, unknown_name
from rexctl.output import notice
from rexctl.records import Finding


def test_an_error_is_told_on_one_line_with_its_code_and_hint() -> None:
    err = io.StringIO()
    notice.write_error(unknown_name("format", "tabel", ["table"]), err)
    assert err.getvalue() == "error[unknown-format] tabel: no such format; did you mean table?\n"


def test_an_error_without_a_hint_ends_with_its_message() -> None:
    err = io.StringIO()
    notice.write_error(bad_value("x", "is bad"), err)
    assert err.getvalue() == "error[bad-value] x: is bad\n"


def test_what_was_given_cannot_steer_the_terminal() -> None:
    err = io.StringIO()
    notice.write_error(bad_value("\x1b[2J\n", "is bad", "\u202e"), err)
    assert err.getvalue() == "error[bad-value] \\u001b[2J : is bad; \\u202e\n"


def test_colour_marks_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    err = io.StringIO()
    monkeypatch.setattr(notice, "wants_color", lambda stream: True)
    notice.write_error(bad_value("x", "is bad"), err)
    assert err.getvalue() == "\x1b[1;31merror[bad-value]\x1b[0m x: is bad\n"


def test_a_notice_keeps_its_lines() -> None:
    err = io.StringIO()
    notice.write_notice("made data/\nmade\x07 data/rexctl.yaml", err)
    assert err.getvalue() == "made data/\nmade\\u0007 data/rexctl.yaml\n"


def test_a_warning_says_that_it_is_one() -> None:
    err = io.StringIO()
    notice.write_warning("the cache is read-only", err)
    assert err.getvalue() == "warning: the cache is read-only\n"


def test_findings_are_told_in_the_form_of_check() -> None:
    err = io.StringIO()
    notice.write_findings([Finding("unknown-field", "titel: no such field", "a.yaml", 4)], err)
    assert err.getvalue() == "a.yaml:4:1: error[unknown-field] titel: no such field\n"
