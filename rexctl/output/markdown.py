"""A Markdown table, as GitHub shows it: for a pull request or a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from rexctl.output.cell import shown
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".md"
# What Markdown would take for more than itself. An underscore inside a word and a hyphen mean
# nothing there, and ids must stay copyable.
_MARKS = re.compile(r"[\\`*\[\]~|$]|(?<!\w)_|_(?!\w)")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the heading and each row; the columns of numbers are set to the right."""
    del options  # a table of Markdown is the same wherever it goes
    out.write(_line(escaped(name) for name in sheet.columns))
    out.write(_line("---:" if name in sheet.right else "---" for name in sheet.columns))
    out.writelines(
        _line(escaped(shown(row.data, name)) for name in sheet.columns) for row in sheet.rows
    )


def escaped(text: str) -> str:
    """Give a text on one line that Markdown shows as it is; an address stays one to click on."""
    line = clean_line(text)
    if "://" not in line:
        return _escaped(line)
    words = line.split(" ")
    return " ".join(f"<{word}>" if _is_address(word) else _escaped(word) for word in words)


def _escaped(word: str) -> str:
    return _MARKS.sub(r"\\\g<0>", word.translate(_HTML))


def _is_address(word: str) -> bool:
    return word.startswith(("https://", "http://")) and not set(word) & set("<>\\`|[]")


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"
