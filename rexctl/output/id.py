"""Ids, one on each line: for `xargs` and `--ids`."""

from typing import TextIO

from rexctl.errors import bad_value
from rexctl.output import Options
from rexctl.records import Table
from rexctl.values.safe_text import clean_line


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the id of each row. Raises UsageError for a row without one."""
    for row in table.rows:
        event_id = row.data.get("id")
        if not isinstance(event_id, str):
            raise bad_value("-f id", "these rows have no id", "use another format")
        out.write(clean_line(event_id) + options.end)
