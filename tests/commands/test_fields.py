from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.model.tables import FIELDS

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_every_name_is_listed_with_kind_and_help(bare: Door) -> None:
    rows = [json.loads(line) for line in bare("fields").lines]
    assert [row["field"] for row in rows] == list(FIELDS)
    assert all(row["kind"] and row["help"] for row in rows)


def test_a_type_has_fewer(bare: Door) -> None:
    names = [json.loads(line)["field"] for line in bare("fields", "meeting").lines]
    assert "mode" in names
    assert "rates" not in names


@pytest.mark.parametrize("words", [["tarif"], ["-f", "tabel"], ["-f", "card"], ["-f", "yaml"]])
def test_wrong_words_are_told(words: list[str], bare: Door) -> None:
    said = bare("fields", *words)
    assert (said.code, said.out) == (2, "")
