from __future__ import annotations

from rexctl.cli.help_settings import SETTINGS, helped


def test_examples_keep_their_lines() -> None:
    assert helped("What.\n\nExamples:\n  a\n  b\n") == "What.\n\n\b\nExamples:\n  a\n  b\n"
    assert helped(None) == ""


def test_help_has_a_short_name() -> None:
    assert SETTINGS["help_option_names"] == ["-h", "--help"]
