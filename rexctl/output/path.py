"""Paths of event files, one on each line: for `xargs` and an editor."""

from __future__ import annotations

import posixpath
from typing import TextIO

from rexctl.errors import bad_value
from rexctl.output import Options
from rexctl.records import Table
from rexctl.values.safe_text import clean, encodable


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the path of each row, below `root`. Raises UsageError for a row without a file."""
    safe = clean if options.terminal else encodable
    for row in table.rows:
        if not row.path:
            raise bad_value("-f path", "these rows have no file", "use -f id")
        out.write(safe(posixpath.join(options.root, row.path)) + options.end)
