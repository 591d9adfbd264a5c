"""Ids, one a line: for `xargs` and `--ids`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.plain.clean import clean_line
from rexctl.plain.errors import BadValueError

if TYPE_CHECKING:
    from rexctl.formats.emit import Options
    from rexctl.plain.sheet import Sheet

SUFFIX = ".ids"
BY_LINE = True


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the id of each row. Raises BadValueError where a row has none."""
    for row in sheet.rows:
        found = row.data.get("id")
        if not isinstance(found, str):
            raise BadValueError("id", "these rows have no id", "choose another format with -f")
        out.write(clean_line(found) + options.end)
