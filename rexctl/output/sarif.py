"""Findings as SARIF 2.1.0, for code scanning and for editors."""

from typing import Any, TextIO
from urllib.parse import quote

from rexctl import __version__
from rexctl.output import Options, help_pages
from rexctl.output.github import worst_first
from rexctl.records import DUE, ERROR, WARNING, Finding, Table
from rexctl.values import json_text

MAX_RESULTS = 25_000  # GitHub's code scanning refuses a file with more results in a run
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {ERROR: "error", WARNING: "warning", DUE: "note"}


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write one run of rexctl, the worst first, as many as a host takes. Source: OASIS SARIF 2.1.0."""
    shown = worst_first(table)[:MAX_RESULTS]
    rules = [_rule(code) for code in sorted({finding.code for finding in shown})]
    run = {
        "tool": {"driver": {"name": "rexctl", "version": __version__, "rules": rules}},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in shown],
    }
    sarif = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    out.write(options.safe_json(json_text.dumps(sarif)) + "\n")


def _rule(code: str) -> dict[str, Any]:
    """Return the description of a code from its page: code scanning shows both texts."""
    page = help_pages.find_page(code)
    if page is None:
        return {"id": code}
    sentence = {"text": page.sentence}
    return {
        "id": code,
        "shortDescription": sentence,
        "fullDescription": sentence,
        "help": {"text": page.body.strip() or page.sentence, "markdown": page.markdown},
    }


def _result(finding: Finding) -> dict[str, Any]:
    line, column = finding.start
    location = {
        "artifactLocation": {
            "uri": quote(finding.path, errors="replace"),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {"startLine": line, "startColumn": column, "endColumn": column + finding.width},
    }
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.level],
        "message": {"text": finding.sentence},
        "locations": [{"physicalLocation": location}],
    }
