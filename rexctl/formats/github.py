"""Findings as annotations of a GitHub workflow: shown at their lines in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.plain.clean import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.formats.emit import Options
    from rexctl.plain.sheet import Sheet

SUFFIX = ".txt"
_WORDS = {"error": "error", "warning": "warning", "due": "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the worst first, since GitHub shows ten errors and ten warnings a step; then a count.

    Source of the form: GitHub's "Workflow commands for GitHub Actions".
    """
    del options
    rows = sorted((row.data for row in sheet.rows), key=lambda data: _rank(data["level"]))
    out.writelines(_annotation(data) + "\n" for data in rows)
    for level in _WORDS:
        number = sum(data["level"] == level for data in rows)
        if number:
            out.write(f"{level}: {number}\n")


def _rank(level: str) -> int:
    return list(_WORDS).index(level)


def _annotation(data: Mapping[str, Any]) -> str:
    column = int(data["column"])
    about = {
        "file": data["path"],
        "line": data["line"],
        "col": column,
        "endColumn": column + int(data["width"]),
        "title": data["code"],
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in about.items())
    text = data["message"] + (f"; {data['hint']}" if "hint" in data else "")
    # Cleaned after the line breaks have been spelled GitHub's way: `::` cannot begin a new line.
    return f"::{_WORDS[data['level']]} {properties}::{clean(text.translate(_MESSAGE))}"


def _property(text: str) -> str:
    return clean(text.translate(_PROPERTY))
