"""Findings as annotations of a GitHub workflow: shown at their lines in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.output import findings
from rexctl.records import DUE, ERROR, WARNING
from rexctl.values.safe_text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.output.emit import Options
    from rexctl.records import Finding, Sheet

SUFFIX = ".txt"
SHOWN = 10  # annotations of each level that GitHub shows of a step; it drops what comes later
_WORDS = {ERROR: "error", WARNING: "warning", DUE: "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
_TITLE = "rexctl check"


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the worst first, as many as GitHub shows; then the others for its log, and a count.

    Source of the form: GitHub's "Workflow commands for GitHub Actions", and the runner's parser.
    """
    del options
    found = findings.worst_first(sheet)
    shown, past = _parted(found)
    out.writelines(_annotation(one) + "\n" for one in shown)
    # As annotations they would be dropped, and in the log lose their place: it shows messages only.
    out.writelines(_logged(one) + "\n" for one in past)
    if past:
        out.write(f"::notice title={_property(_TITLE)}::{_count(found, past)}\n")
    elif found:
        out.write(findings.summary(found) + "\n")


def _parted(found: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Part what GitHub shows from what it drops; where it drops any, a notice is kept for the count."""
    room = dict.fromkeys(_WORDS, SHOWN)
    if any(_number(found, level) > SHOWN for level in room):
        room[DUE] -= 1
    parts: tuple[list[Finding], list[Finding]] = ([], [])
    for one in found:
        room[one.level] -= 1
        parts[room[one.level] < 0].append(one)
    return parts


def _number(found: Iterable[Finding], level: str) -> int:
    return sum(one.level == level for one in found)


def _count(found: Sequence[Finding], past: Sequence[Finding]) -> str:
    return (
        f"{findings.summary(found)}; GitHub shows {SHOWN} of a level a step: "
        f"{findings.summary(past)} stand only in the log of this step"
    )


def _annotation(finding: Finding) -> str:
    about = {
        "file": finding.path,
        "line": finding.line,
        "col": finding.column,
        "endColumn": finding.column + finding.width,
        "title": finding.code,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in about.items())
    # Cleaned after the line breaks have been spelled GitHub's way: `::` cannot begin a new line.
    return f"::{_WORDS[finding.level]} {properties}::{clean(_text(finding).translate(_MESSAGE))}"


def _logged(finding: Finding) -> str:
    """Give a line of the log in which no text from a file is a command to the runner.

    A command begins a line with `::`, so the line begins with a word of ours; the older form
    `##[add-mask]` is obeyed wherever in a line it stands.
    """
    place = f"{finding.path}:{finding.line}:{finding.column}"
    line = clean_line(f"{finding.level}[{finding.code}] {place}: {_text(finding)}")
    return line.replace("##[", "##\\u005b")


def _text(finding: Finding) -> str:
    return finding.message + (f"; {finding.hint}" if finding.hint else "")


def _property(text: str) -> str:
    return clean(text.translate(_PROPERTY))
