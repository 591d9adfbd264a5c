"""Findings as a code quality report of GitLab: shown in a merge request."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output import findings
from rexctl.records import DUE, ERROR, WARNING
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, encodable

if TYPE_CHECKING:
    from rexctl.output.emit import Options
    from rexctl.records import Finding, Sheet

SUFFIX = ".json"
_SEVERITY = {ERROR: "major", WARNING: "minor", DUE: "info"}


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write one array, the worst first. Source of the form: GitLab's "Code Quality report format"."""
    seen: dict[tuple[str, ...], int] = {}
    entries = []
    for one in findings.worst_first(sheet):
        same = (one.path, one.code, one.message)
        seen[same] = seen.get(same, 0) + 1
        entries.append(_entry(one, _fingerprint(*same, str(seen[same]))))
    safe = clean_json if options.terminal else encodable
    out.write(safe(json_text.dumps(entries)) + "\n")


def _entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": finding.message + (f"; {finding.hint}" if finding.hint else ""),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[finding.level],
        "location": {"path": finding.path, "lines": {"begin": finding.line}},
    }


def _fingerprint(*parts: str) -> str:
    """Give what a finding is known by while it moves up and down its file: not the line."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:32]
