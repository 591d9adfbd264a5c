"""Findings as SARIF 2.1.0: for code scanning, and for editors that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from rexctl.plain import jsontext
from rexctl.plain.clean import clean_json, encodable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.formats.emit import Options
    from rexctl.plain.sheet import Sheet

SUFFIX = ".sarif"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "due": "note"}


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write one run of rexctl. Source of the form: OASIS SARIF 2.1.0."""
    results = [_result(row.data) for row in sheet.rows]
    rules = [{"id": code} for code in sorted({result["ruleId"] for result in results})]
    driver = {"name": "rexctl", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    safe = clean_json if options.terminal else encodable
    out.write(safe(jsontext.dumps(whole)) + "\n")


def _result(data: Mapping[str, Any]) -> dict[str, Any]:
    line, column, width = (int(data[name]) for name in ("line", "column", "width"))
    place = {
        "artifactLocation": {"uri": quote(data["path"], errors="replace")},
        "region": {"startLine": line, "startColumn": column, "endColumn": column + width},
    }
    return {
        "ruleId": data["code"],
        "level": _LEVELS[data["level"]],
        "message": {"text": data["message"] + (f"; {data['hint']}" if "hint" in data else "")},
        "locations": [{"physicalLocation": place}],
    }
