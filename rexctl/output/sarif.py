"""Findings as SARIF 2.1.0: for code scanning, and for editors that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from rexctl import __version__
from rexctl.output import findings, help_pages
from rexctl.records import DUE, ERROR, WARNING
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, encodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.output.emit import Options
    from rexctl.records import Finding, Sheet

SUFFIX = ".sarif"
TAKEN = 25_000  # results of a run: of a file with more, GitHub's code scanning takes nothing
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {ERROR: "error", WARNING: "warning", DUE: "note"}


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write one run of rexctl, the worst first. Source of the form: OASIS SARIF 2.1.0."""
    found = findings.worst_first(sheet)
    run = {
        "tool": {"driver": _driver(found[:TAKEN])},
        "invocations": [_invocation(found)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one) for one in found[:TAKEN]],
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    safe = clean_json if options.terminal else encodable
    out.write(safe(json_text.dumps(whole)) + "\n")


def _driver(found: Iterable[Finding]) -> dict[str, Any]:
    rules = [_rule(code) for code in sorted({one.code for one in found})]
    return {"name": "rexctl", "version": __version__, "rules": rules}


def _rule(code: str) -> dict[str, Any]:
    """Describe a code by its page: code scanning asks for a sentence and for help of each rule."""
    page = help_pages.page(code)
    if page is None:
        return {"id": code}
    sentence = {"text": page.sentence}
    return {
        "id": code,
        "shortDescription": sentence,
        "fullDescription": sentence,
        "help": {"text": page.body.strip() or page.sentence, "markdown": page.markdown},
    }


def _invocation(found: Sequence[Finding]) -> dict[str, Any]:
    """Tell that the run went well, and how many findings were too many to be taken."""
    told: dict[str, Any] = {"executionSuccessful": True}
    if past := found[TAKEN:]:
        text = f"{findings.summary(found)}; without {findings.summary(past)}, past {TAKEN} results"
        told["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return told


def _result(finding: Finding) -> dict[str, Any]:
    first = finding.column
    place = {
        "artifactLocation": {
            "uri": quote(finding.path, errors="replace"),
            "uriBaseId": "%SRCROOT%",
        },
        "region": {
            "startLine": finding.line,
            "startColumn": first,
            "endColumn": first + finding.width,
        },
    }
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message + (f"; {finding.hint}" if finding.hint else "")},
        "locations": [{"physicalLocation": place}],
    }
