"""Findings as annotations of a GitHub workflow, shown at their lines in a pull request."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TextIO

from rexctl.checks import CHECKS
from rexctl.records import DUE, ERROR, LEVELS, WARNING, summarize_findings
from rexctl.values.safe_text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.output import Options
    from rexctl.records import Finding, Table

MAX_SHOWN = 10  # annotations of each level that GitHub shows of a step; it drops later ones
_COMMANDS = {ERROR: "error", WARNING: "warning", DUE: "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write as many annotations as GitHub shows, the worst first; then the rest for its log.

    Source of the form: GitHub's "Workflow commands for GitHub Actions", and the runner's parser.
    """
    del options
    findings = worst_first(table)
    shown, rest = _split(findings)
    out.writelines(_annotation(finding) + "\n" for finding in shown)
    # GitHub would drop these as annotations, and its log would not show where they are.
    out.writelines(_log_line(finding) + "\n" for finding in rest)
    if rest:
        count = (
            f"{summarize_findings(findings)}; GitHub shows {MAX_SHOWN} of a level in a step: "
            f"{summarize_findings(rest)} are only in the log of this step"
        )
        out.write(f"::notice title=rexctl check::{count}\n")
    elif findings:
        out.write(summarize_findings(findings) + "\n")


def worst_first(table: Table) -> list[Finding]:
    """Return the findings of a table by level: a host shows only the first of them.

    Faults within a file come before those between events: one file that does not parse breaks
    every link to its event.
    """
    findings = (row.record for row in table.rows)
    return sorted(findings, key=lambda one: (LEVELS.index(one.level), one.code in CHECKS))


def _split(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Return what GitHub shows and what it drops; the count, a notice, takes the place of one."""
    room = dict.fromkeys(_COMMANDS, MAX_SHOWN)
    if any(number > MAX_SHOWN for number in Counter(one.level for one in findings).values()):
        room[DUE] -= 1
    parts: tuple[list[Finding], list[Finding]] = ([], [])
    for finding in findings:
        room[finding.level] -= 1
        parts[room[finding.level] < 0].append(finding)
    return parts


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
    message = clean(finding.sentence.translate(_MESSAGE))
    return f"::{_COMMANDS[finding.level]} {text}::{message}"


def _log_line(finding: Finding) -> str:
    """Return a line of the log in which no text of a file is a command to the runner.

    A command begins a line with `::`, so the line begins with the level; the older form
    `##[add-mask]` is obeyed anywhere in a line.
    """
    line, column = finding.start
    location = f"{finding.path}:{line}:{column}"
    text = clean_line(f"{finding.level}[{finding.code}] {location}: {finding.sentence}")
    return text.replace("##[", "##\\u005b")
