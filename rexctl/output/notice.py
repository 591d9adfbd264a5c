"""Messages on standard error: notices, warnings, errors and findings.

A message that cannot be written (a full or closed standard error) is lost without an exception:
it changes neither the work nor the exit code. With REXCTL_ERRORS=jsonl each message is a JSON line, as
`check -f jsonl` writes it.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TextIO

from rexctl.errors import RexctlError
from rexctl.output.terminal import style, terminal_width, text_width, wants_color, wrap
from rexctl.records import Finding
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, clean_line

_INDENT = "    "
_MIN_SOURCE = 20  # columns of a source line, however narrow the terminal is


def write_notice(text: str, err: TextIO) -> None:
    """Write lines that report no fault; on a terminal they are broken between words."""
    lines = _fitted(map(clean_line, text.split("\n")), terminal_width(err))
    _write({"level": "note", "message": text}, lines, err)


def _fitted(lines: Iterable[str], width: int) -> Iterator[str]:
    """Yield lines of at most `width` columns, with the indentation that they have."""
    for line in lines:
        if width and text_width(line) > width:
            indent = line[: len(line) - len(line.lstrip(" "))]
            yield from (indent + one for one in wrap(line, max(width - len(indent), 1)))
        else:
            yield line


def write_warning(text: str, err: TextIO) -> None:
    """Write `warning: TEXT`."""
    row = {"level": "warning", "message": text}
    _write(row, _message_lines("warning:", "warning", text, err), err)


def write_error(error: RexctlError, err: TextIO) -> None:
    """Write `error[CODE] MESSAGE; HINT`, the reason why a command ended."""
    row = {"level": "error", "code": error.code, "message": error.message, "hint": error.hint}
    message, *commands = _sentence(error.message, error.hint)
    lines = [*_message_lines(f"error[{error.code}]", "error", message, err), *commands]
    _write({key: value for key, value in row.items() if value}, lines, err)


def _sentence(message: str, hint: str) -> list[str]:
    """Return a message with its hint, then the further lines of the hint.

    Those are commands: each stays on a line of its own, which the terminal may break, to be copied.
    """
    first, *commands = hint.split("\n")
    text = clean_line(f"{message}; {first}" if first else message)
    return [text, *(f"  {clean_line(line)}" for line in commands)]


def write_findings(findings: Iterable[Finding], err: TextIO) -> None:
    """Write findings by file and position, in the form in which `check` writes them."""
    width, color = terminal_width(err), wants_color(err)
    for one in sorted(findings, key=lambda one: one.sort_key):
        _write(one.as_row().data, _finding_lines(one, width, color), err)


def _write(row: Mapping[str, Any], lines: Iterable[str], err: TextIO) -> None:
    """Write a message: these lines or, with REXCTL_ERRORS=jsonl, the row as JSON."""
    if os.environ.get("REXCTL_ERRORS") == "jsonl":
        lines = [clean_json(json_text.dumps(dict(row)))]
    with suppress(OSError):
        err.writelines(line + "\n" for line in lines)


def print_findings(findings: Iterable[Finding], out: TextIO, *, color: bool = False) -> None:
    """Write findings in the order given: location, code and message; source line; underline.

    On a terminal the message is broken at spaces to fit the width, and a long source line is cut
    around the underlined part. A path is broken only where it is longer than a line.
    """
    width = terminal_width(out)
    for finding in findings:
        out.writelines(line + "\n" for line in _finding_lines(finding, width, color))


def _message_lines(head: str, level: str, message: str, err: TextIO) -> Iterator[str]:
    styled = style(head, level, wants_color(err))
    return _with_message(styled, clean_line(message), terminal_width(err), len(head) + 1)


def _with_message(before: str, message: str, width: int, used: int) -> Iterator[str]:
    """Yield a message after `before`, which takes `used` columns; further lines are indented."""
    room = max(width - len(_INDENT), 1) if width else 0
    first, *more = wrap(message, room, used=max(used - len(_INDENT), 1)) or [""]
    yield f"{before} {first}".rstrip()
    yield from (_INDENT + line for line in more)


def _finding_lines(finding: Finding, width: int, color: bool) -> Iterator[str]:
    line, column = finding.start
    location = f"{clean_line(finding.path)}:{line}:{column}:"
    code = f"{finding.level}[{finding.code}]"
    sentence, *commands = _sentence(finding.message, finding.hint)
    message = f"{code} {sentence}"
    *lines, location = wrap(location, width) or [""]
    yield from (style(one, "strong", color) for one in lines)
    for text in _with_message(location, message, width, text_width(location) + 1):
        styled = text.replace(code, style(code, finding.level, color), 1)
        yield styled.replace(location, style(location, "strong", color), 1)
    if finding.text:
        yield from _source_lines(finding, width, color)
    yield from commands


def _source_lines(finding: Finding, width: int, color: bool) -> Iterator[str]:
    """Yield the source line and below it the underline, measured in columns of the terminal."""
    line, column = finding.start
    start, text = max(column - 1, 0), finding.text
    # A line that was cut, at its beginning or before the column, does not show where the column is.
    underlined = column <= len(text) + 1 and text[0] != "…"
    before = clean_line(text[:start])
    marked = clean_line(text[start : start + max(finding.width, 1)])
    shown, offset = clean_line(text), text_width(before)
    room = max(width - len(str(line)) - len("   | "), _MIN_SOURCE)
    if width and text_width(shown) > room:
        skipped = before[: max(0, len(before) - room // 2)] if underlined else ""
        rest = shown[len(skipped) :]
        shown = f"…{rest[1:]}" if skipped else rest
        offset -= text_width(skipped)
        while text_width(shown) > room:
            shown = shown[:-2] + "…"
    bar = style("|", "faint", color)
    yield f"  {style(str(line), 'faint', color)} {bar} {shown}"
    if underlined:
        length = max(1, text_width(marked))
        if width:
            length = max(1, min(length, room - offset))
        underline = style("^" * length, finding.level, color)
        yield f"  {' ' * len(str(line))} {bar} {' ' * offset}{underline}"
