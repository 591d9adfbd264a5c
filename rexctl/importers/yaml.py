"""YAML documents: one event each, separated by `---`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.yamlfile.documents import read_documents

if TYPE_CHECKING:
    from rexctl.yamlfile.documents import Document


def records(data: bytes, name: str) -> list[Document]:
    """Return each document of the stream."""
    return read_documents(data, name)
