"""Findings as SARIF 2.1.0, for code scanning and for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from rexctl import __version__
from rexctl.output import help_pages
from rexctl.output.github import worst_first
from rexctl.records import DUE, ERROR, WARNING, summarize_findings
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, encodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.output import Options
    from rexctl.records import Finding, Table

MAX_RESULTS = 25_000  # GitHub's code scanning refuses a file with more results in a run
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {ERROR: "error", WARNING: "warning", DUE: "note"}


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write one run of rexctl, the worst first. Source of the form: OASIS SARIF 2.1.0."""
    findings = worst_first(table)
    shown = findings[:MAX_RESULTS]
    run = {
        "tool": {"driver": _driver(shown)},
        "invocations": [_invocation(findings)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in shown],
    }
    safe = clean_json if options.terminal else encodable
    out.write(safe(json_text.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})) + "\n")


def _driver(findings: Iterable[Finding]) -> dict[str, Any]:
    rules = [_rule(code) for code in sorted({finding.code for finding in findings})]
    return {"name": "rexctl", "version": __version__, "rules": rules}


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


def _invocation(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return that the run succeeded, and how many findings are left out of the results."""
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if rest := findings[MAX_RESULTS:]:
        text = (
            f"{summarize_findings(findings)}; {summarize_findings(rest)} left out: "
            f"at most {MAX_RESULTS} results are accepted"
        )
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _result(finding: Finding) -> dict[str, Any]:
    line, column = finding.start
    location = {
        "artifactLocation": {
            "uri": quote(finding.path, errors="replace"),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {
            "startLine": line,
            "startColumn": column,
            "endColumn": column + finding.width,
        },
    }
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.level],
        "message": {"text": finding.sentence},
        "locations": [{"physicalLocation": location}],
    }
