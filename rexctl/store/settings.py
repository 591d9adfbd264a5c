"""The settings of a log, in `rexctl.yaml`: format, title, timezone and saved queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import EnvironmentFaultError
from rexctl.records import ERROR, Finding
from rexctl.store.layout import SETTINGS
from rexctl.store.safe_open import read_bytes
from rexctl.values.clock import is_timezone
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from rexctl.yamlfile.documents import Document

FORMAT = "1"
_KEYS = ("format", "title", "timezone", "queries")
_TIMEZONE = re.compile(rb"^timezone:[ \t]+[\"']?([A-Za-z0-9_+/-]+)", re.MULTILINE)


class Settings(NamedTuple):
    """The settings of a log; those that the file does not set have their defaults."""

    format: str = FORMAT
    title: str = ""
    timezone: str = ""  # an IANA name; "" is UTC
    queries: Mapping[str, str] = {}


def require_writable(root: Path, display: str) -> None:
    """Raise EnvironmentFaultError where a log must not be written by this version of rexctl.

    That is a log whose settings cannot be read, have an unknown key or belong to a newer format.
    `display` is the path of the settings as the message shows it.
    """
    data = read_bytes(root / SETTINGS, SETTINGS)
    findings = [data] if isinstance(data, Finding) else parse_settings(data, SETTINGS)[1]
    if first := next((one for one in findings if one.level == ERROR), None):
        raise EnvironmentFaultError(
            f"{display}:{first.line}:{first.column}: {first.message}",
            f"{first.hint or 'correct the settings'}; nothing was changed",
        )


def read_timezone(root: Path) -> str:
    """Return the `timezone` of the log at `root`; "" where it is not set or not readable.

    It is searched for in the text: every command needs it, and loading a YAML parser takes 20 ms.
    """
    data = read_bytes(root / SETTINGS, SETTINGS)
    line = _TIMEZONE.search(data) if isinstance(data, bytes) else None
    return line[1].decode("ascii") if line else ""


def parse_settings(data: bytes, name: str) -> tuple[Settings, list[Finding]]:
    """Return the settings in `data`, the content of `rexctl.yaml`, and what is wrong with it."""
    # Every command reads the time zone, and few need a YAML parser for more.
    from rexctl.yamlfile.documents import read_document

    document = read_document(data, name)
    findings = list(document.findings)
    value = document.value
    if not isinstance(value, dict):
        if not any(one.level == ERROR for one in findings):
            findings.append(document.fault("wrong-shape", "the settings must be a mapping", ()))
        return Settings(), findings
    findings += _faults(document, value)
    queries = value.get("queries")
    saved = queries.items() if isinstance(queries, dict) else ()
    texts = {key: str(value[key]) for key in ("format", "title", "timezone") if key in value}
    queries = {key: text for key, text in saved if isinstance(text, str)}
    return Settings(**texts, queries=queries), findings


def _faults(document: Document, value: dict[str, Any]) -> list[Finding]:
    faults = [
        document.fault("unknown-field", f"{key}: no such setting", (key,), on="key",
                       hint=did_you_mean(key, _KEYS) or f"one of {', '.join(_KEYS)}")
        for key in value if key not in _KEYS
    ]  # fmt: skip
    if value.get("format", FORMAT) != FORMAT:
        faults.append(document.fault(
            "newer-format", f"format {value['format']}: this rexctl knows format {FORMAT}",
            ("format",), hint="install a newer rexctl",
        ))  # fmt: skip
    faults += [document.fault("wrong-shape", f"the {key} must be a text", (key,))
               for key in ("title", "timezone") if not isinstance(value.get(key, ""), str)]  # fmt: skip
    zone = value.get("timezone")
    if isinstance(zone, str) and not is_timezone(zone):
        faults.append(document.fault("unknown-zone", f"{zone}: no such time zone", ("timezone",),
                                     hint="write an IANA name such as Europe/Berlin"))  # fmt: skip
    queries = value.get("queries", {})
    if not isinstance(queries, dict) or not all(isinstance(q, str) for q in queries.values()):
        faults.append(
            document.fault("wrong-shape", "queries must be names with texts", ("queries",))
        )
    return faults
