"""The vocabulary and settings of a log, read from its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.records import Finding
from rexctl.store import settings
from rexctl.store.safe_open import read_bytes
from rexctl.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "rexctl.yaml"


def vocabulary_of(root: Path) -> tuple[Vocabulary, list[Finding], dict[str, bytes]]:
    """Give the log's vocabulary joined with ours, what is wrong with it, and the files' bytes."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    names = sorted(p.name for p in (root / "vocabulary").glob("*.yaml") if p.name[0] != ".")
    for path in [*(f"vocabulary/{name}" for name in names), SETTINGS]:
        data = read_bytes(root / path, path)
        if isinstance(data, Finding):
            findings.append(data)
        else:
            files[path] = data
    vocabulary, told = vocabulary_in(files)
    return vocabulary, findings + told, files


def vocabulary_in(files: dict[str, bytes]) -> tuple[Vocabulary, list[Finding]]:
    """Give the vocabulary that these files of a log make, joined with ours, and what is wrong with it."""
    vocabulary, told = Vocabulary.of_log(
        {path: data for path, data in files.items() if path != SETTINGS}
    )
    if SETTINGS in files:
        told += settings.read(files[SETTINGS], SETTINGS)[1]
    return vocabulary, told
