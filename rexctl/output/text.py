"""Findings, changes and the history as text: the default of `check`, `diff` and `log`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output import Options, notice
from rexctl.output.terminal import style, text_width, wrap
from rexctl.records import CHANGES, FINDINGS, REMOVED, RETRACTED, UNREADABLE, Row, Table, plain_text
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from rexctl.changes.report import Item

Data = Mapping[str, Any]

_LEAST_TITLE = 10  # columns
SHORT_COMMIT = 10  # digits of a commit's name
_STYLES = {REMOVED: "error", RETRACTED: "error", UNREADABLE: "error"}


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write findings as `check` does; changes below their event, and that below its commit."""
    if table.kind == FINDINGS:
        notice.print_findings((row.record for row in table.rows), out, color=options.color)
        return
    if table.kind == CHANGES:
        out.writelines(f"{line}\n" for line in report_lines(table, options))
        return
    before = ""
    for rows in group_by_commit(table.rows):
        out.write(before + _commit_line(rows[0].data, options.color))
        for event in group_by_event(rows):
            out.writelines(f"  {line}" for line in _event_lines(event, options.color))
        before = "\n"


def report_lines(table: Table, options: Options) -> Iterator[str]:
    """Yield the lines of a report on changes, wrapped where they go to a terminal."""
    for text, name in _report(table, options.width if options.terminal else 0):
        yield style(text, name, color=True) if options.color else text


def _report(table: Table, width: int) -> Iterator[tuple[str, str]]:
    """Yield each line with the name of its style."""
    from rexctl.changes.report import sections_of

    for line in table.heading:
        yield from ((one, "strong") for one in _indented(clean_line(line), "", width))
    before = bool(table.heading)
    for section in sections_of((row.record for row in table.rows), every=table.every):
        if table.sections:
            yield from [("", "")] if before else []
            yield f"{section.title} ({section.number})", "strong"
        before = True
        for item in section.items:
            yield from _item_lines(item, width)


def _item_lines(item: Item, width: int) -> Iterator[tuple[str, str]]:
    """Yield the lines of an event: its id and title, cut at the end of the line, then its changes."""
    if item.event:
        title, room = clean_line(item.title), width - len(item.event) - 2
        if width and text_width(title) > room:
            title = "".join(wrap(title, max(room - 1, 1))[:1]) + "…" if room > _LEAST_TITLE else ""
        yield f"{clean_line(item.event)}  {title}".rstrip(), "id"
    name = "error" if item.is_loss else ""
    for pieces in item.lines:
        yield from ((line, name) for line in _indented(clean_line(plain_text(pieces)), "  ", width))
    if item.added:
        from rexctl.output.part_words import content_lines  # most changes add no event

        for detail in content_lines(item.added):
            yield from ((line, "") for line in _indented(detail, "    ", width))


def _indented(text: str, indent: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, those after the first two columns further in."""
    lines = wrap(text, max(width - len(indent) - 2, 20)) if width else [text]
    yield from (indent + ("  " if n else "") + line for n, line in enumerate(lines))


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
