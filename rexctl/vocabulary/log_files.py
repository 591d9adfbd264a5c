"""Load the vocabulary of a log from its files, with the settings beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.records import Finding
from rexctl.store import settings
from rexctl.store.layout import SETTINGS
from rexctl.store.safe_open import read_bytes
from rexctl.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def load_vocabulary(root: Path) -> tuple[Vocabulary, list[Finding], dict[str, bytes]]:
    """Return the log's vocabulary joined with the shipped one, findings, and the files' bytes."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    names = sorted(p.name for p in (root / "vocabulary").glob("*.yaml") if p.name[0] != ".")
    for path in [*(f"vocabulary/{name}" for name in names), SETTINGS]:
        data = read_bytes(root / path, path)
        if isinstance(data, Finding):
            findings.append(data)
        else:
            files[path] = data
    vocabulary, faults = parse_vocabulary(files)
    return vocabulary, findings + faults, files


def parse_vocabulary(files: dict[str, bytes]) -> tuple[Vocabulary, list[Finding]]:
    """Return the vocabulary of these files (path in the log -> bytes), and their findings.

    The settings may be among them; their findings are returned too.
    """
    vocabulary, findings = Vocabulary.of_log(
        {path: data for path, data in files.items() if path != SETTINGS}
    )
    if SETTINGS in files:
        findings += settings.parse_settings(files[SETTINGS], SETTINGS)[1]
    return vocabulary, findings
