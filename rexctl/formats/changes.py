"""Changes as text: each event with its title, and below it one line a change."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.plain.change import REMOVED, RETRACTED, Change
from rexctl.plain.clean import clean_line
from rexctl.plain.paint import paint
from rexctl.plain.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rexctl.formats.emit import Options

SUFFIX = ".txt"
FIELDS = ("event", "title", "type", "kind", "field", "old", "new", "sentence")
_STYLES = {REMOVED: "error", RETRACTED: "error"}


def sheet_of(found: Iterable[Change]) -> Sheet:
    """Give changes as a sheet, in the order given, so that any format can show them."""
    return Sheet(
        ("event", "kind", "field", "sentence"), [Row(_data(c)) for c in found], caption="changes"
    )


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the changes of a sheet, by event."""
    before = ""
    for event, rows in events(sheet):
        head = paint(clean_line(event["event"]), "id", options.color)
        title = paint(clean_line(event.get("title", "")), "strong", options.color)
        out.write(before + "  ".join(filter(None, (head, title))) + "\n")
        for row in rows:
            style = _STYLES.get(row["kind"], "")
            out.write(f"  {paint(clean_line(row['sentence']), style, options.color)}\n")
        before = "\n"


def events(sheet: Sheet) -> Iterator[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]]:
    """Give the changes of each event, and the first of them, which names it."""
    data = (row.data for row in sheet.rows)
    for _, rows in groupby(data, key=lambda row: row["event"]):
        found = list(rows)
        yield found[0], found


def _data(change: Change) -> dict[str, Any]:
    """Give a change as a row; what is not there is left out."""
    found = {name: getattr(change, name) for name in FIELDS}
    return {name: value for name, value in found.items() if value not in (None, "")}
