"""An event as its file has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.legal import SHAPES
from rexctl.store import layout
from rexctl.store.reader import read
from rexctl.store.safe_open import read_bytes
from rexctl.yamlfile import serialize

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.vocabulary.vocabulary import Vocabulary


def canonical(event: dict[str, Any]) -> bytes:
    """Give the canonical bytes of an event."""
    return serialize.write(event, str(event["type"]), SHAPES).encode()


def holds(root: Path, name: str, data: bytes, vocabulary: Vocabulary) -> bool:
    """Tell whether the log's file of this id says just what the canonical bytes `data` say."""
    path = layout.path_of(name)
    there = read_bytes(root / path, path)
    if not isinstance(there, bytes):
        return False
    event = read(there, path, vocabulary).event
    return event is not None and canonical(event) == data
