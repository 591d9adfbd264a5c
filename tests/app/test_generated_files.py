from __future__ import annotations

import pytest

from rexctl.app import COMMANDS, fast_path
from tests import regenerate


@pytest.mark.parametrize(
    "path", ["rexctl/resources/options.json", "rexctl/resources/add_flags.json"]
)
def test_a_generated_file_is_what_the_declarations_give_today(path: str) -> None:
    text = (regenerate.ROOT / path).read_text(encoding="utf-8")
    assert text == regenerate.wanted()[path], "run python -m tests.regenerate"


def test_the_table_of_options_has_every_command() -> None:
    assert set(fast_path.table()) == set(COMMANDS)


def test_no_command_declares_a_global_option() -> None:
    for name in COMMANDS:
        own = set(fast_path.table()[name]["options"])
        assert own.isdisjoint({"-C", "--directory", "--today", "--color", "--no-input"}), name
