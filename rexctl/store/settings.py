"""The settings of a log, as `rexctl.yaml` has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.store.safe_open import read_bytes
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.records import Finding

    # Every command reads the time zone, and few need a YAML parser for more.
    from rexctl.yamlfile.documents import Document

FORMAT = "1"
SETTINGS = "rexctl.yaml"
_TIMEZONE = re.compile(rb"^timezone:[ \t]+[\"']?([A-Za-z0-9_+/-]+)", re.MULTILINE)
_KEYS = ("format", "title", "timezone", "queries")


class Settings(NamedTuple):
    """What a project sets: the format of its files, a title, the time zone of its days, and queries saved by name."""

    format: str = FORMAT
    title: str = ""
    timezone: str = ""
    queries: tuple[tuple[str, str], ...] = ()


def read(data: bytes, name: str) -> tuple[Settings, list[Finding]]:
    """Read `rexctl.yaml`; a fault in it is a finding, and what it does not tell is as usual."""
    # Every command reads the time zone, and few need a YAML parser for more.
    from rexctl.yamlfile.documents import read_document

    document = read_document(data, name)
    findings = list(document.findings)
    value = document.value
    if not isinstance(value, dict):
        findings.append(document.fault("wrong-shape", "the settings are a mapping", ()))
        return Settings(), findings
    findings += _faults(document, value)
    queries = value.get("queries")
    saved = queries.items() if isinstance(queries, dict) else ()
    return (
        Settings(
            str(value.get("format", FORMAT)),
            str(value.get("title", "")),
            str(value.get("timezone", "")),
            tuple((key, text) for key, text in saved if isinstance(text, str)),
        ),
        findings,
    )


def read_timezone(root: Path) -> str:
    """Return the `timezone` setting of the log at `root`; "" where it is not set or not readable.

    It is searched for in the text: every command needs it, and loading a YAML parser takes 20 ms.
    """
    data = read_bytes(root / SETTINGS, SETTINGS)
    line = _TIMEZONE.search(data) if isinstance(data, bytes) else None
    return line[1].decode("ascii") if line else ""


def _faults(document: Document, value: dict[str, Any]) -> list[Finding]:
    found = [
        document.fault("unknown-field", f"{key}: no such setting", (key,), on="key",
                       hint=did_you_mean(key, _KEYS) or f"one of {', '.join(_KEYS)}")
        for key in value if key not in _KEYS
    ]  # fmt: skip
    if value.get("format", FORMAT) != FORMAT:
        found.append(document.fault(
            "newer-format", f"format {value['format']}: this rexctl knows format {FORMAT}",
            ("format",), hint="a newer rexctl reads it",
        ))  # fmt: skip
    found += [document.fault("wrong-shape", f"the {key} is a text", (key,))
              for key in ("title", "timezone") if not isinstance(value.get(key, ""), str)]  # fmt: skip
    queries = value.get("queries", {})
    if not isinstance(queries, dict) or not all(isinstance(q, str) for q in queries.values()):
        found.append(document.fault("wrong-shape", "queries are names and texts", ("queries",)))
    return found
