"""What a new log begins with: settings, schema, codebook, and what editors and git read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from rexctl.merge import setup
from rexctl.model import codebook, json_schema
from rexctl.model.types import TYPES, example_of
from rexctl.records import Finding
from rexctl.store import layout
from rexctl.store.safe_open import read_bytes
from rexctl.values.clock import machine_timezone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = "schema/event.schema.json"
_GLOB = "data/events/**/*.yaml"
_SETTINGS = """\
# This file marks the folder as a rexctl log.
format: 1
"""
_TIMEZONE = """\
# The time zone of the log's days: which day is today, and on which day a commit was made.
timezone: {}
"""
_ATTRIBUTES = f"""\
data/events/**/*.yaml text eol=lf {setup.USE}
data/schema/*.json text eol=lf linguist-generated
data/README.md text eol=lf linguist-generated
"""


def generated() -> Iterator[tuple[str, str]]:
    """Give the files of `data/` that follow from the schema: path in the log, and text."""
    yield SCHEMA, json.dumps(json_schema.schema_of_all(), indent=2, ensure_ascii=False) + "\n"
    yield "README.md", codebook.page()


def stale(root: Path) -> Iterator[tuple[str, str]]:
    """Return what is wrong with each generated file that is missing, old or no file, and the fix."""
    for path, text in generated():
        data = read_bytes(root / path, path)
        if isinstance(data, Finding) and os.path.lexists(root / path):
            yield f"{path}: {data.message}", "move it away, then rexctl init --refresh"
        elif data != text.encode():
            yield f"{path} is missing or old", "rexctl init --refresh"


def files(*, demo: bool) -> Iterator[tuple[str, str]]:
    """Give each file of a new project: its path from the project's folder, and its text."""
    zone = machine_timezone()
    yield "data/rexctl.yaml", _SETTINGS + (_TIMEZONE.format(zone) if zone else "")
    for path, text in generated():
        yield f"data/{path}", text
    yield ".gitattributes", _ATTRIBUTES
    yield ".vscode/settings.json", _vscode()
    if demo:
        for name in TYPES:
            text = example_of(name)
            first = text.splitlines()[0].removeprefix("id: ")
            yield f"data/{layout.path_of(first)}", text


def _vscode() -> str:
    """Settings by which the YAML extension of VS Code, and editors like it, know the schema."""
    return json.dumps({
        "yaml.schemas": {f"./data/{SCHEMA}": _GLOB},
        "files.eol": "\n",
        "files.insertFinalNewline": True,
    }, indent=2) + "\n"  # fmt: skip
