from __future__ import annotations

from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from rexctl.vocabulary import shipped
from rexctl.yamlfile.serialize import write_generic

FILES = sorted(path.stem for path in shipped.HERE.glob("*.yaml"))


def text_of(name: str) -> str:
    return (shipped.HERE / f"{name}.yaml").read_text(encoding="utf-8")


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
    assert FILES == ["actors", "blocs", "countries", "legal-bases", "materials", "zones"]


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_file_says_at_its_head_what_it_is_and_is_canonical(name: str) -> None:
    head, _, body = text_of(name).partition("\n\n")
    assert all(line.startswith("# ") for line in head.splitlines())
    assert body == canonical(shipped.load(name))


@pytest.mark.parametrize("name", FILES)
def test_other_readers_of_yaml_read_the_same(name: str) -> None:
    assert texts(yaml.safe_load(text_of(name))) == shipped.load(name)
    reader = YAML(typ="safe", pure=True)
    assert texts(reader.load(text_of(name))) == shipped.load(name)


@pytest.mark.parametrize("name", ["actors", "blocs", "materials", "legal-bases"])
def test_each_code_has_one_entry(name: str) -> None:
    assert len(shipped.entries(name)) == len(shipped.load(name))
    assert all(code == entry["code"] for code, entry in shipped.entries(name).items())


def test_a_broken_file_is_an_error_and_no_silence(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    monkeypatch.setattr(shipped, "HERE", tmp_path)
    with pytest.raises(ValueError, match=r"broken\.yaml: a"):
        shipped.load("broken")
