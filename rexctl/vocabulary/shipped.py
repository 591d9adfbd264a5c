"""The vocabulary shipped with rexctl: YAML files beside this module, and codes as JSON."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rexctl.vocabulary.spelling import Entries

HERE = Path(__file__).parent
CODES_FILE = HERE.parent / "resources" / "codes.json"


class Codes(NamedTuple):
    """The shipped codes: kind -> code -> name, and rows of bloc, member, since and until."""

    names: dict[str, dict[str, str]]
    members: tuple[tuple[str, str, str, str], ...]


@cache
def codes() -> Codes:
    """Return the shipped codes but those of HS, without loading YAML or pycountry."""
    names = json.loads(CODES_FILE.read_bytes())
    return Codes(names, tuple(tuple(row) for row in names.pop("members")))


@cache
def load(name: str) -> Any:
    """Return the plain data of a shipped file by its name, such as `actors`. Raises ValueError."""
    documents = import_module("rexctl.yamlfile.documents")
    document = documents.read_document((HERE / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    if document.findings:
        raise ValueError(f"{name}.yaml: {document.findings[0].message}")
    return document.value


def entries(name: str) -> Entries:
    """Return the entries of a shipped file that is a list of them, by their codes."""
    return {row["code"]: row for row in load(name)}
