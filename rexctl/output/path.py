"""Paths of event files, one on each line: for `xargs` and an editor."""

import posixpath
from typing import TextIO

from rexctl.errors import bad_value
from rexctl.output import Options
from rexctl.records import Table


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the path of each row, below `root`. Raises UsageError for a row without a file."""
    for row in table.rows:
        if not row.path:
            raise bad_value("-f path", "these rows have no file", "use -f id")
        out.write(options.safe(posixpath.join(options.root, row.path)) + options.end)
