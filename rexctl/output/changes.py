"""Changes as text: each event with its title, and below it one line a change."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output.paint import paint
from rexctl.records import REMOVED, RETRACTED, UNREADABLE, Change, Row, Sheet
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rexctl.output.emit import Options

    Data = Mapping[str, Any]

SUFFIX = ".txt"
FIELDS = ("event", "title", "type", "kind", "field", "old", "new", "sentence")
_STYLES = {REMOVED: "error", RETRACTED: "error", UNREADABLE: "error"}


def sheet_of(found: Iterable[Change]) -> Sheet:
    """Give changes as a sheet, in the order given, so that any format can show them."""
    return Sheet(
        ("event", "kind", "field", "sentence"), [Row(data(c)) for c in found], caption="changes"
    )


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the changes of a sheet, by event."""
    before = ""
    for rows in events(row.data for row in sheet.rows):
        out.write(before)
        out.writelines(lines(rows, color=options.color))
        before = "\n"


def events(rows: Iterable[Data]) -> Iterator[Sequence[Data]]:
    """Give the changes of each event."""
    return (list(found) for _, found in groupby(rows, key=lambda row: row["event"]))


def lines(rows: Sequence[Data], *, color: bool) -> Iterator[str]:
    """Give the lines of an event: its id and title, and below them each change."""
    head = paint(clean_line(rows[0]["event"]), "id", color)
    title = paint(clean_line(rows[0].get("title", "")), "strong", color)
    yield "  ".join(filter(None, (head, title))) + "\n"
    for row in rows:
        yield f"  {paint(clean_line(row['sentence']), _STYLES.get(row['kind'], ''), color)}\n"


def data(change: Change) -> dict[str, Any]:
    """Give a change as a row; what is not there is left out."""
    found = {name: getattr(change, name) for name in FIELDS}
    return {name: value for name, value in found.items() if value not in (None, "")}
