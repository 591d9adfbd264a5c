"""YAML documents: one event each, apart by `---`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from rexctl.yamlfile.walk import Document

SUFFIXES = (".yaml", ".yml")


def records(data: bytes, name: str) -> list[Document]:
    """Give each document of the stream."""
    return walk(data, name, many=True)
