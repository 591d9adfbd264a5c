"""Paths of the files, one a line: for `xargs` and an editor."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, TextIO

from rexctl.errors import BadValueError
from rexctl.values.safe_text import clean, encodable

if TYPE_CHECKING:
    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".paths"
BY_LINE = True


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the path of each row, below `root`. Raises BadValueError where one has no file."""
    safe = clean if options.terminal else encodable
    for row in sheet.rows:
        if not row.path:
            raise BadValueError("path", "these rows stand in no file", "say -f id")
        out.write(safe(posixpath.join(options.root, row.path)) + options.end)
