from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from rexctl.model.types import TYPES
from rexctl.query import Query
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store import init_files
from rexctl.store.log import Log, parse_settings
from rexctl.vocabulary.vocabulary import shipped_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

CODES = shipped_vocabulary().by_kind()
ALWAYS = {
    "data/rexctl.yaml",
    "data/schema/event.schema.json",
    "data/README.md",
    ".gitattributes",
}


def paths(*, demo: bool = False) -> dict[str, str]:
    found = list(init_files.project_files({"TZ": "Asia/Shanghai"}, CODES, demo=demo))
    assert len(dict(found)) == len(found)
    return dict(found)


def test_a_new_project_has_settings_schema_codebook_and_what_editors_read() -> None:
    assert set(paths()) == ALWAYS


def test_every_file_is_whole_and_in_the_form_of_its_suffix() -> None:
    for path, text in paths(demo=True).items():
        assert text.endswith("\n"), path
        assert "\r" not in text
        if path.endswith(".json"):
            json.loads(text)
        if path.endswith((".yml", ".yaml")):
            assert isinstance(yaml.safe_load(text), dict)


def test_the_settings_are_good_and_the_mark_of_a_log() -> None:
    found, findings = parse_settings(paths()["data/rexctl.yaml"].encode(), "rexctl.yaml")
    assert (found.format, findings) == ("1", [])


def test_the_examples_make_a_log_with_one_event_of_each_type_and_no_fault(tmp_path: Path) -> None:
    for path, text in paths(demo=True).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    with Snapshot.open(Log(tmp_path / "data", None)) as snapshot:
        assert snapshot.findings() == []
        assert {row["type"] for row in snapshot.count_by(("type",), Query())} == set(TYPES)


def test_what_editors_are_told_leads_to_what_is_written() -> None:
    settings = dict(init_files.repository_files(""))[".vscode/settings.json"]
    (schema,) = json.loads(settings)["yaml.schemas"]
    assert schema.removeprefix("./") in paths()


def test_what_follows_from_the_schema_is_the_same_each_time() -> None:
    assert list(init_files.generated_files(CODES)) == list(init_files.generated_files(CODES))
    assert {f"data/{path}" for path, _ in init_files.generated_files(CODES)} == {
        "data/schema/event.schema.json",
        "data/README.md",
    }
