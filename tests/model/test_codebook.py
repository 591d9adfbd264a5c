from __future__ import annotations

import re

import pytest

from rexctl.model.tables import RELATIONS
from rexctl.model.types import TYPES
from tests import generate_codebook, regenerate
from tests.read_models import keys_of, leaf_of, model_of

PAGE = generate_codebook.codebook_page()


def section(title: str) -> str:
    (found,) = re.findall(
        rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    return str(found)


@pytest.mark.parametrize("name", TYPES)
def test_every_field_of_a_type_is_named_in_its_section_or_in_the_common_one(name: str) -> None:
    text = section(name) + section("Fields of every event")
    for key, info in keys_of(model_of(name)):
        assert f"| `{key}`" in text, key
        assert str(info.description) in text


@pytest.mark.parametrize("name", TYPES)
def test_every_closed_word_stands_in_the_page(name: str) -> None:
    for key, info in keys_of(model_of(name)):
        for value in leaf_of(info).values if key != "type" else ():
            assert f"`{value}`" in PAGE, (key, value)
    status = dict(keys_of(model_of(name)))["status"]
    assert all(f"`{word}`" in section(name) for word in leaf_of(status).values)


def test_every_part_has_a_section_with_its_fields_and_every_way_leads_to_one() -> None:
    todo = [
        part for name in TYPES for _, i in keys_of(model_of(name)) for part in leaf_of(i).models
    ]
    seen = set()
    while todo:
        part = todo.pop()
        if part in seen:
            continue
        seen.add(part)
        text = section(part.__name__)
        assert all(f"| `{key}`" in text for key, _ in keys_of(part)), part
        todo += [inner for _, info in keys_of(part) for inner in leaf_of(info).models]
    headings = {line.lstrip("# ").lower() for line in PAGE.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings


def test_every_relation_is_listed_with_its_inverse() -> None:
    for word, relation in RELATIONS.items():
        assert f"| `{word}` | {relation.inverse} |" in section("Links")


def test_every_row_of_a_table_has_as_many_cells_as_its_heading() -> None:
    width = 0
    for line in PAGE.splitlines():
        cells = len(re.split(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not cells or not width or cells == width, line
        width = cells


def test_it_is_the_page_that_lies_beside_the_log() -> None:
    lying = regenerate.ROOT / "data" / "README.md"
    assert lying.read_text(encoding="utf-8") == PAGE
