from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.model.types import TYPES

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_the_types_are_listed(bare: Door) -> None:
    rows = [json.loads(line) for line in bare("schema").lines]
    assert [row["type"] for row in rows] == list(TYPES)


@pytest.mark.parametrize("words", [["tariff"], ["--all"], ["--output", "list"]])
def test_a_schema_is_json(words: list[str], bare: Door) -> None:
    assert "$schema" in json.loads(bare("schema", *words).out)


def test_the_fields_of_a_type_are_a_table_where_one_is_asked_for(bare: Door) -> None:
    said = bare("schema", "tariff", "-f", "table")
    assert said.out == bare("fields", "tariff", "-f", "table").out
    assert "rates.value" in said.out
    assert "(threatened, proposed, adopted, withdrawn)" in " ".join(said.out.split())


def test_what_init_writes_is_what_is_shown(bare: Door) -> None:
    bare("init")
    schema = bare.folder / "data" / "schema" / "event.schema.json"
    assert bare("schema", "--all").out == schema.read_text(encoding="utf-8")
    codebook = bare.folder / "data" / "README.md"
    assert bare("schema", "--codebook").out == codebook.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["tarif"], ["--output", "lst"], ["-f", "card"], ["--al"]])
def test_wrong_words_are_told(words: list[str], bare: Door) -> None:
    said = bare("schema", *words)
    assert (said.code, said.out) == (2, "")
    assert "error[" in said.err
