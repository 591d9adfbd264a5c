"""Findings as a code quality report of GitLab: shown in a merge request."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.plain import jsontext
from rexctl.plain.clean import clean_json, encodable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.formats.emit import Options
    from rexctl.plain.sheet import Sheet

SUFFIX = ".json"
_SEVERITY = {"error": "major", "warning": "minor", "due": "info"}


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write one array. Source of the form: GitLab's "Code Quality report format"."""
    seen: dict[tuple[str, ...], int] = {}
    entries = []
    for row in sheet.rows:
        data = row.data
        same = (data["path"], data["code"], data["message"])
        seen[same] = seen.get(same, 0) + 1
        entries.append(_entry(data, _fingerprint(*same, str(seen[same]))))
    safe = clean_json if options.terminal else encodable
    out.write(safe(jsontext.dumps(entries)) + "\n")


def _entry(data: Mapping[str, Any], fingerprint: str) -> dict[str, Any]:
    return {
        "description": data["message"] + (f"; {data['hint']}" if "hint" in data else ""),
        "check_name": data["code"],
        "fingerprint": fingerprint,
        "severity": _SEVERITY[data["level"]],
        "location": {"path": data["path"], "lines": {"begin": int(data["line"])}},
    }


def _fingerprint(*parts: str) -> str:
    """Give what a finding is known by while it moves up and down its file: not the line."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:32]
