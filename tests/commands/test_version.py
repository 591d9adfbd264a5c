from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl import __version__

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize("words", [["version"], ["--version"], ["-V"]])
def test_every_way_to_ask_gives_the_same_line(words: list[str], bare: Door) -> None:
    said = bare(*words)
    assert said.code == 0
    assert said.out.startswith(f"rexctl {__version__} (Python 3.")


def test_a_word_too_many_is_told(bare: Door) -> None:
    assert bare("version", "2").err.startswith("error[usage-error] 2: too many arguments")
