"""Findings as annotations of a GitHub workflow, shown at their lines in a pull request."""

from typing import TextIO

from rexctl.checks import CHECKS
from rexctl.output import Options
from rexctl.records import DUE, ERROR, LEVELS, WARNING, Finding, Table, summarize_findings
from rexctl.values.safe_text import clean

_COMMANDS = {ERROR: "error", WARNING: "warning", DUE: "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write an annotation for each finding, the worst first, then their number.

    GitHub shows ten of a level in a step; its log has all of them, and so each message names its place.
    Source of the form: GitHub's "Workflow commands for GitHub Actions", and the runner's parser.
    """
    del options
    findings = worst_first(table)
    out.writelines(_annotation(finding) + "\n" for finding in findings)
    if findings:
        out.write(summarize_findings(findings) + "\n")


def worst_first(table: Table) -> list[Finding]:
    """Return the findings of a table by level: a host shows only the first of them.

    Faults within a file come before those between events: one file that does not parse breaks
    every link to its event.
    """
    findings = (row.record for row in table.rows)
    return sorted(findings, key=lambda one: (LEVELS.index(one.level), one.code in CHECKS))


def _annotation(finding: Finding) -> str:
    line, column = finding.start
    properties = {
        "file": finding.path, "line": line, "col": column, "endColumn": column + finding.width,
        "title": finding.code,
    }  # fmt: skip
    text = ",".join(
        f"{name}={clean(str(value).translate(_PROPERTY))}" for name, value in properties.items()
    )
    # Cleaned after the line breaks are escaped GitHub's way: `::` cannot begin a new line.
    message = clean(f"{finding.path}:{line}:{column}: {finding.sentence}".translate(_MESSAGE))
    return f"::{_COMMANDS[finding.level]} {text}::{message}"
