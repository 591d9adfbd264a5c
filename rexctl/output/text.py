"""Findings, changes and the history as text: the default of `check`, `diff` and `log`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output import notice
from rexctl.output.terminal import style
from rexctl.records import FINDINGS, HISTORY, REMOVED, RETRACTED, UNREADABLE
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rexctl.output import Options
    from rexctl.records import Row, Table

    Data = Mapping[str, Any]

SHORT_COMMIT = 10  # digits of a commit's name
_STYLES = {REMOVED: "error", RETRACTED: "error", UNREADABLE: "error"}


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write findings as `check` does; changes below their event, and that below its commit."""
    if table.kind == FINDINGS:
        notice.print_findings((row.record for row in table.rows), out, color=options.color)
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
