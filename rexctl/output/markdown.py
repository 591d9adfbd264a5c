"""Markdown as GitHub shows it: a table of rows, or a list of events and their changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output import Options
from rexctl.output.card import chosen_fields, item_lines, retraction_of, shown_fields
from rexctl.output.cells import cell_text, scalar_text
from rexctl.output.part_words import content_lines
from rexctl.output.text import SHORT_COMMIT, commit_time, group_by_commit, group_by_event
from rexctl.records import CHANGES, HISTORY, Row, Table
from rexctl.store.layout import path_of
from rexctl.values.safe_text import clean_line
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from rexctl.changes.report import Item

# GitHub refuses comments of more than 65,536 characters.
MAX_COMMENT = 60_000
_SHOWN_LINES = 10  # of a section of a report; the rest is folded away
_MARKS = {"old": "~~{}~~", "was": "~~{}~~", "new": "**{}**", "now": "**{}**"}
# What has a meaning in Markdown. An underscore inside a word and a hyphen have none, and ids must
# stay copyable.
_SYNTAX = re.compile(r"[\\`*\[\]~|$]|(?<!\w)_|_(?!\w)")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write changes as a report that fits into a comment, the history as a list, whole events as cards.

    All other rows are a table. Markdown is the same wherever it is written, but for links to files.
    """
    if table.kind == CHANGES:
        out.writelines(_report(table, options))
    elif table.kind == HISTORY:
        for rows in group_by_commit(table.rows):
            out.write(f"- {_commit_text(rows[0])}\n")
            out.writelines(f"  {item}" for item in _event_items(rows))
    elif table.whole:
        for number, row in enumerate(table.rows):
            out.write("\n" if number else "")
            out.writelines(_card(chosen_fields(row.data, table)))
    else:
        out.write(_table_line(map(escape, table.columns)))
        out.write(_table_line("---:" if name in table.right else "---" for name in table.columns))
        out.writelines(
            _table_line(escape(cell_text(row.data, name)) for name in table.columns)
            for row in table.rows
        )


def _card(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of an event as `show` draws it: a heading, and an item for each field."""
    yield f"### {escape(scalar_text(data.get('title')))}\n\n"
    if "id" in data:
        yield f"`{clean_line(scalar_text(data['id']))}`\n\n"
    if retraction := retraction_of(data):
        yield f"**{escape(retraction)}**\n\n"
    for name, value in shown_fields(data).items():
        lines = item_lines(name, value)
        label = f"- **{escape(name)}**:"
        if isinstance(value, str) or len(lines) == 1:  # a text may have paragraphs and items
            paragraphs = [escape(text) for _, text in lines]
            yield f"{label} {paragraphs[0] if paragraphs else ''}".rstrip() + "\n"
            yield from (f"  {text}".rstrip() + "\n" for text in paragraphs[1:])
            continue
        yield f"{label}\n"
        yield from (f"{'  ' if depth == 0 else '    '}- {escape(text)}\n" for depth, text in lines)


def escape(text: str) -> str:
    """Return a text on one line that Markdown shows unchanged; an address stays a link."""
    line = clean_line(text)
    if "://" not in line:
        return _escape_word(line)
    return " ".join(map(_address_or_word, line.split(" ")))


def _address_or_word(word: str) -> str:
    """Return a word with a link where it is an address; a mark that ends a sentence is no part of it.

    >>> _address_or_word("https://e.org/a_(b))."), _address_or_word("https://e.org/a_(b)")
    ('<https://e.org/a_(b)>).', '<https://e.org/a_(b)>')
    """
    address = word.rstrip(".,:;")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,:;")
    return (
        f"<{address}>{_escape_word(word[len(address) :])}"
        if _is_address(address)
        else _escape_word(word)
    )


def _escape_word(word: str) -> str:
    # An arrow begins no quotation, and ends no tag of which the beginning is escaped.
    return _SYNTAX.sub(r"\\\g<0>", word.translate(_HTML)).replace("-&gt;", "->")


def _is_address(word: str) -> bool:
    return word.startswith(("https://", "http://")) and not set(word) & set("<>\\`|[]")


def _table_line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _report(table: Table, options: Options) -> Iterator[str]:
    """Yield a report on changes: headings, and items of which all but ten are folded away.

    It ends where a host would refuse a longer comment, with the number of what is left out.
    """
    from rexctl.changes.report import sections_of

    for line, following in pairwise([*table.heading, ""]):
        text = _doubt(line[2:], options) if line.startswith("- ") else f"**{escape(line)}**"
        yield f"{text}\n" if line[:2] == following[:2] == "- " else f"{text}\n\n"
    length = left_out = 0
    for section in sections_of((row.record for row in table.rows), every=table.every):
        items = ["".join(_item(item, options)) for item in section.items]
        shown = []
        for item, text in zip(section.items, items, strict=True):
            length += len(text)
            if length > MAX_COMMENT:
                left_out += item.number
            else:
                shown.append(text)
        yield from _folded(section.title, section.number, shown)
    if left_out:
        yield f"and {count_of(left_out, 'more change')}: rexctl diff lists them\n"


def _doubt(line: str, options: Options) -> str:
    """Return an item of what to check, with a link to the event that begins it."""
    event, colon, reasons = line.partition(": ")
    return f"- {_link(event, options)}: {escape(reasons)}" if colon else f"- {escape(line)}"


def _folded(title: str, count: int, items: list[str]) -> Iterator[str]:
    """Yield a heading and its items; those past ten lines are shown on a click."""
    if not items:
        return
    yield f"## {escape(title)} ({count})\n\n"
    shown, lines = 0, 0
    for item in items:
        lines += item.count("\n")
        if shown and lines > _SHOWN_LINES:
            break
        shown += 1
    yield from items[:shown]
    if rest := items[shown:]:
        yield f"\n<details><summary>{len(rest)} more</summary>\n\n"
        yield from rest
        yield "\n</details>\n"
    yield "\n"


def _item(item: Item, options: Options) -> Iterator[str]:
    """Yield an event as an item of a list: its title, its id with a link, each change."""
    lines = [_marked(pieces) for pieces in item.lines]
    if not item.event:
        yield from (f"- {line}\n" for line in lines)
        return
    name = _link(item.event, options) if item.has_file else _code(item.event)
    head = f"- **{escape(item.title or item.event)}** ({name})"
    if len(lines) == 1:
        yield f"{head}: {lines[0]}\n"
    else:
        yield f"{head}\n"
        yield from (f"  - {line}\n" for line in lines)
    yield from (f"  - {escape(detail)}\n" for detail in content_lines(item.added))


def _link(event: str, options: Options) -> str:
    return f"[{_code(event)}]({_address(path_of(event), options)})"


def _code(text: str) -> str:
    return f"`{clean_line(text).replace('`', '')}`"


def _marked(pieces: Iterable[tuple[str, str]]) -> str:
    """Return a sentence with what was struck out and what is new in bold."""
    texts = []
    for text, mark in pieces:
        if mark == "to":
            texts.append(" ")
        elif mark == "code":
            texts.append(_code(text))
        elif mark and text.strip():
            texts.append(_MARKS[mark].format(escape(text).strip()))
        else:
            texts.append(_escape_inside(text))
    return "".join(texts)


def _escape_inside(text: str) -> str:
    """Return an escaped text with the blanks at its ends, which separate it from its neighbours."""
    head = " " if text[:1].isspace() else ""
    tail = " " if text.strip() and text[-1:].isspace() else ""
    return head + escape(text.strip()) + tail


def _address(path: str, options: Options) -> str:
    """Return the address of a file of the log: on a host, or relative to the current folder."""
    from urllib.parse import quote

    return options.link_base + quote(
        path if options.link_base else f"{options.root}/{path}".lstrip("/")
    )


def _event_items(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each event: its title, its id, and its changes in one sentence."""
    for group in group_by_event(rows):
        event = str(group[0].data["event"])
        title = str(group[0].data.get("title", event))
        text = "; ".join(
            _marked(row.record.pieces or ((row.record.sentence, ""),)) for row in group
        )
        stop = "" if text.endswith((".”", "…”")) else "."  # a quotation may end with its own
        yield f"- **{escape(title)}** (`{escape(event)}`): {text}{stop}\n"


def _commit_text(row: Row) -> str:
    commit = row.data
    name = str(commit.get("commit", ""))[:SHORT_COMMIT]
    parts = (commit_time(commit), str(commit.get("author", "")), str(commit["subject"]))
    text = ", ".join(escape(part) for part in parts if part)
    return f"{text} (`{escape(name)}`)" if name else text
