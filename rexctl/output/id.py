"""Ids, one a line: for `xargs` and `--ids`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.errors import BadValueError
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".ids"
BY_LINE = True


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the id of each row. Raises BadValueError where a row has none."""
    for row in sheet.rows:
        found = row.data.get("id")
        if not isinstance(found, str):
            raise BadValueError("id", "these rows have no id", "choose another format with -f")
        out.write(clean_line(found) + options.end)
