"""Where each cell of a CSV text stands; asked only when something in it is wrong."""

from __future__ import annotations

import re

# RFC 4180: a cell in quotes holds commas, line ends and doubled quotes; any other does not.
_CELL = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')
_BREAK = re.compile(r"\r\n|\n|\r")


def places(lines: list[str], first: int) -> list[tuple[int, int, int]]:
    """Give line, column and width of each cell of the record that begins on line `first`.

    A width ends with its line. The record must have been read without a fault.
    """
    last, quotes = first, lines[first - 1].count('"')
    while quotes % 2 and last < len(lines):  # a record goes on while a quote is open
        quotes += lines[last].count('"')
        last += 1
    text = "\n".join(lines[first - 1 : last])
    found: list[tuple[int, int, int]] = []
    at = 0
    while at <= len(text):
        match = _CELL.match(text, at)
        end = match.end() if match else at
        line, column = text.count("\n", 0, at), at - text.rfind("\n", 0, at)
        width = len(text[at:end].split("\n", 1)[0])
        found.append((first + line, column, max(1, width)))
        if text[end : end + 1] != ",":
            break
        at = end + 1
    return found


def lines_of(text: str) -> list[str]:
    """Give the lines as the reader of CSV counts them: other separators are part of a text."""
    return _BREAK.split(text)
