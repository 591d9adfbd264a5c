"""The settings of a log: what is wrong with them is named by every command that reads the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    ("line", "hint"),
    [("timezon: UTC", "did you mean timezone?"), ("query: {}", "one of format, title, timezone, queries"),
     ("default_actor: EU", "one of format"), ("querys: {}", "did you mean queries?")],
)  # fmt: skip
def test_an_unknown_setting_is_named_with_the_near_one(line: str, hint: str, filled: Door) -> None:
    settings = filled.folder / "data" / "rexctl.yaml"
    settings.write_text(f"format: 1\n{line}\n", encoding="utf-8")
    said = filled("check")
    assert said.code == 1
    assert f"{line.partition(':')[0]}: no such setting" in said.out
    assert hint in " ".join(said.out.split())
    assert "no such setting" in filled("list").err
    assert filled("add", "statement", "T", "--actor", "SE", "--date", "2025-10-11").code != 0


def test_a_saved_query_stands_beside_other_terms(filled: Door) -> None:
    settings = filled.folder / "data" / "rexctl.yaml"
    settings.write_text(
        "format: 1\nqueries:\n  pigs: 'title:\"live swine\" actor:Norway'\n", encoding="utf-8"
    )
    assert filled("list", "@pigs", "type:tariff", "-c").out == "1\n"
    assert filled("list", "@pigs", "type:meeting", "-c").out == "0\n"
    assert "did you mean pigs?" in filled("list", "@pig").err
    assert filled("search", "swine", "@pigs", "-c").out == "1\n"


def test_undo_says_what_it_undid_and_that_nothing_is_left(filled: Door) -> None:
    for _ in range(3):
        said = filled("undo")
        assert (said.code, said.err.startswith("undid: add of 2025-10-")) == (0, True)
    said = filled("undo")
    assert (said.code, "nothing" in said.err) == (4, True)
