from __future__ import annotations

from rexctl.app import fast_path_generator
from rexctl.cli.query_options import Asked


def test_a_form_tells_what_each_flag_takes() -> None:
    made = fast_path_generator._form("list")
    assert made["arguments"] == [("words", True, False)]
    assert {flag: made["options"][flag] for flag in ("-t", "--type", "-c", "-n", "-o")} == {
        "-t": ("type_", "texts"), "--type": ("type_", "texts"), "-c": ("count", "flag"),
        "-n": ("limit", "number"), "-o": ("output", "text"),
    }  # fmt: skip
    assert made["own"] == []
    assert set(made["defaults"]) == set(Asked.__annotations__)


def test_what_a_command_declares_itself_stands_apart() -> None:
    assert fast_path_generator._form("values")["own"] == ["field", "words", "form", "at"]
    assert fast_path_generator._form("show")["arguments"] == [("ids", True, True)]
