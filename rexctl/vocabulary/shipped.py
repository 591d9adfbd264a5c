"""The vocabulary that comes with rexctl: YAML files beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from rexctl.vocabulary.spelling import Entries

HERE = Path(__file__).parent


@cache
def load(name: str) -> Any:
    """Give the plain data of a shipped file by its name, such as `actors`. Raises ValueError."""
    (document,) = walk((HERE / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    if document.findings:
        raise ValueError(f"{name}.yaml: {document.findings[0].message}")
    return document.value


def entries(name: str) -> Entries:
    """Give the entries of a shipped file that is a list of them, by their codes."""
    return {row["code"]: row for row in load(name)}
