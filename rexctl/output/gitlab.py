"""Findings as a code quality report of GitLab, shown in a merge request."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output.github import worst_first
from rexctl.records import DUE, ERROR, WARNING
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, encodable

if TYPE_CHECKING:
    from rexctl.output import Options
    from rexctl.records import Finding, Table

_SEVERITY = {ERROR: "major", WARNING: "minor", DUE: "info"}


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write one array, the worst first. Source of the form: GitLab's "Code Quality report format"."""
    seen: Counter[tuple[str, ...]] = Counter()
    entries = []
    for finding in worst_first(table):
        content = (finding.path, finding.code, finding.message)
        seen[content] += 1
        entries.append(_entry(finding, _fingerprint(*content, str(seen[content]))))
    safe = clean_json if options.terminal else encodable
    out.write(safe(json_text.dumps(entries)) + "\n")


def _entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": finding.sentence,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[finding.level],
        "location": {"path": finding.path, "lines": {"begin": finding.start[0]}},
    }


def _fingerprint(*parts: str) -> str:
    """Return what identifies a finding while its line number changes."""
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]
