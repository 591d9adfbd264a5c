from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.model.tables import FIELDS

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_every_name_is_listed_with_kind_and_help(bare: Door) -> None:
    rows = [json.loads(line) for line in bare("fields").lines]
    assert sorted(row["field"] for row in rows) == sorted(FIELDS)
    assert [row["field"] for row in rows[:5]] == ["id", "type", "title", "date", "status"]
    assert all(row["kind"] and row["help"] for row in rows)


def test_a_type_has_fewer(bare: Door) -> None:
    names = [json.loads(line)["field"] for line in bare("fields", "meeting").lines]
    assert "mode" in names
    assert "rates" not in names


@pytest.mark.parametrize("words", [["tarif"], ["-f", "tabel"], ["-f", "card"], ["-f", "yaml"]])
def test_wrong_words_are_told(words: list[str], bare: Door) -> None:
    said = bare("fields", *words)
    assert (said.code, said.out) == (2, "")


@pytest.mark.parametrize("columns", ["80", "120"])
def test_no_name_is_cut_and_no_line_is_longer_than_the_terminal(columns: str, bare: Door) -> None:
    bare.patch.setenv("COLUMNS", columns)
    lines = bare("fields", "-f", "table").lines
    assert max(map(len, lines)) <= int(columns)
    assert {line.split()[0] for line in lines[1:] if line[:1] != " "} == set(FIELDS)


def test_the_common_fields_come_first_and_those_of_other_types_are_left_out(bare: Door) -> None:
    names = [line.split()[0] for line in bare("fields", "-f", "table").lines if line[:1] != " "]
    assert names[1:4] == ["id", "type", "title"]
    assert names.index("summary") < names.index("time")
    assert "forum" in names
    assert not any(line.startswith("forum ") for line in bare("fields", "tariff").lines)
