"""Markdown as GitHub shows it: a table of rows, or a list of events and their changes."""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from rexctl.output import Options
from rexctl.output.card import item_lines, retraction_of, shown_fields
from rexctl.output.cells import cell_text, scalar_text
from rexctl.output.text import SHORT_COMMIT, commit_time, group_by_commit
from rexctl.records import CHANGES, HISTORY, Row, Table
from rexctl.values.safe_text import clean_line

# GitHub refuses comments of more than 65,536 characters.
MAX_COMMENT = 60_000
# What has a meaning in Markdown. An underscore inside a word and a hyphen have none, and ids must
# stay copyable.
_SYNTAX = re.compile(r"[\\`*\[\]~|$]|(?<!\w)_|_(?!\w)")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write changes as a list that fits into a comment, the history as a list, whole events as cards.

    All other rows are a table.
    """
    del options  # Markdown is the same wherever it is written
    if table.kind == CHANGES:
        out.writelines(_limited(_event_items(table.rows)))
    elif table.kind == HISTORY:
        for rows in group_by_commit(table.rows):
            out.write(f"- {_commit_text(rows[0])}\n")
            out.writelines(f"  {item}" for item in _event_items(rows))
    elif table.whole:
        for number, row in enumerate(table.rows):
            out.write("\n" if number else "")
            out.writelines(_card(row))
    else:
        out.write(_table_line(map(escape, table.columns)))
        out.write(_table_line("---:" if name in table.right else "---" for name in table.columns))
        out.writelines(
            _table_line(escape(cell_text(row.data, name)) for name in table.columns)
            for row in table.rows
        )


def _card(row: Row) -> Iterator[str]:
    """Yield the lines of an event as `show` draws it: a heading, and an item for each field."""
    data = row.data
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
    return " ".join(
        f"<{word}>" if _is_address(word) else _escape_word(word) for word in line.split(" ")
    )


def _escape_word(word: str) -> str:
    return _SYNTAX.sub(r"\\\g<0>", word.translate(_HTML))


def _is_address(word: str) -> bool:
    return word.startswith(("https://", "http://")) and not set(word) & set("<>\\`|[]")


def _table_line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _limited(items: Iterable[str]) -> Iterator[str]:
    """Yield items up to the length of a comment, then the number of those left out."""
    length = left_out = 0
    for item in items:
        length += len(item)
        if length > MAX_COMMENT:
            left_out += 1
        else:
            yield item
    if left_out:
        yield f"\nand {left_out} more event{'' if left_out == 1 else 's'}\n"


def _event_items(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each event: its title, its id, and its changes in one sentence."""
    events: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        event = str(row.data["event"])
        _, sentences = events.setdefault(event, (str(row.data.get("title", event)), []))
        sentences.append(escape(str(row.data["sentence"])))
    for event, (title, sentences) in events.items():
        text = "; ".join(sentences)
        stop = "" if text.endswith((".”", "…”")) else "."  # a quotation may end with its own
        yield f"- **{escape(title)}** (`{escape(event)}`): {text}{stop}\n"


def _commit_text(row: Row) -> str:
    commit = row.data
    name = str(commit.get("commit", ""))[:SHORT_COMMIT]
    parts = (commit_time(commit), str(commit.get("author", "")), str(commit["subject"]))
    text = ", ".join(escape(part) for part in parts if part)
    return f"{text} (`{escape(name)}`)" if name else text
