from __future__ import annotations

from pathlib import Path

from rexctl.app.fast_path_options import FORMS

from tests import regenerate


def test_the_file_is_what_the_parser_gives_today() -> None:
    text = (Path(regenerate.ROOT) / "rexctl/commands/asking.py").read_text(encoding="utf-8")
    assert text == regenerate.wanted()["rexctl/commands/asking.py"], "python -m tests.regenerate"


def test_all_reading_commands_have_a_form() -> None:
    assert set(FORMS) == registry.READING
