"""Findings, changes and the history as text: the default of `check`, `diff` and `log`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output.terminal import style, terminal_width, text_width, wrap
from rexctl.records import FINDINGS, HISTORY, REMOVED, RETRACTED, UNREADABLE
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rexctl.output import Options
    from rexctl.records import Finding, Row, Table

    Data = Mapping[str, Any]

SHORT_COMMIT = 10  # digits of a commit's name
_INDENT = "    "
_MIN_SOURCE = 20  # columns of a source line, however narrow the terminal is
_STYLES = {REMOVED: "error", RETRACTED: "error", UNREADABLE: "error"}


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write findings as `write_findings` does; changes below their event, and that below its commit."""
    if table.kind == FINDINGS:
        write_findings((row.record for row in table.rows), out, color=options.color)
        return
    in_commits = table.kind == HISTORY
    before = ""
    for rows in group_by_commit(table.rows) if in_commits else group_by_event(table.rows):
        out.write(before)
        if in_commits:
            out.write(_commit_line(rows[0].data, options.color))
            for event in group_by_event(rows):
                out.writelines(f"  {line}" for line in _event_lines(event, options.color))
        else:
            out.writelines(_event_lines(rows, options.color))
        before = "\n"


def group_by_event(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the neighbouring rows that have the same event."""
    return (list(group) for _, group in groupby(rows, key=lambda row: row.data["event"]))


def group_by_commit(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the neighbouring rows that have the same commit; uncommitted ones have none."""
    return (list(group) for _, group in groupby(rows, key=lambda row: row.data.get("commit", "")))


def commit_time(commit: Data) -> str:
    """Return when a commit was made, by its author's clock: `2025-11-20 14:03 +01:00`."""
    day, _, time = str(commit.get("date", "")).partition("T")
    zone = "+00:00" if time.endswith("Z") else time[8:]
    return " ".join(filter(None, (day, time[:5], zone)))


def _commit_line(commit: Data, color: bool) -> str:
    parts = (
        style(clean_line(commit.get("commit", "")[:SHORT_COMMIT]), "due", color),
        clean_line(commit_time(commit)),
        clean_line(commit.get("author", "")),
        style(clean_line(commit["subject"]), "strong", color),
    )
    return "  ".join(filter(None, parts)) + "\n"


def _event_lines(rows: list[Row], color: bool) -> Iterator[str]:
    first = rows[0].data
    title = style(clean_line(first.get("title", "")), "strong", color)
    yield "  ".join(filter(None, (style(clean_line(first["event"]), "id", color), title))) + "\n"
    for row in rows:
        sentence = clean_line(row.data["sentence"])
        yield f"  {style(sentence, _STYLES.get(row.data['kind'], ''), color)}\n"


def write_findings(findings: Iterable[Finding], out: TextIO, *, color: bool = False) -> None:
    """Write findings in the order given: location, code and message; source line; underline.

    On a terminal the message is broken at spaces to fit the width, and a long source line is cut
    around the underlined part. A path is never broken.
    """
    width = terminal_width(out)
    for finding in findings:
        out.writelines(line + "\n" for line in _finding_lines(finding, width, color))


def _finding_lines(finding: Finding, width: int, color: bool) -> Iterator[str]:
    line, column = finding.start
    location = f"{clean_line(finding.path)}:{line}:{column}:"
    code = f"{finding.level}[{finding.code}]"
    message = f"{code} {clean_line(finding.sentence)}"
    for text in with_message(location, message, width, text_width(location) + 1):
        styled = text.replace(code, style(code, finding.level, color), 1)
        yield styled.replace(location, style(location, "strong", color), 1)
    if finding.text:
        yield from _source_lines(finding, width, color)


def with_message(before: str, message: str, width: int, used: int) -> Iterator[str]:
    """Yield a message after `before`, which takes `used` columns; further lines are indented."""
    room = max(width - len(_INDENT), 1) if width else 0
    first, *more = wrap(message, room, used=max(used - len(_INDENT), 1)) or [""]
    yield f"{before} {first}".rstrip()
    yield from (_INDENT + line for line in more)


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
