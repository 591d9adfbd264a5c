r"""CSV (RFC 4180): a heading and rows; lists joined by `;`, in an item written as `\;` and `\\`."""

import csv
import re
from typing import TextIO

from rexctl.output import Options
from rexctl.output.cells import joined_cells
from rexctl.records import Cells, Table

# What a spreadsheet takes for a formula: also as a full-width character, which it converts, and
# after a `;`, which separates cells in half of the world.
_FORMULA = re.compile(r'(^|;[\s"]*)(?=[=+\-@\t\r\n＝＋－＠])')
_IN_LIST = str.maketrans({";": "\\;", "\\": "\\\\"})
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(;[+-]?\d+(\.\d+)?)*", re.ASCII)


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write a heading and the rows; `excel_safe` puts an apostrophe before a formula."""

    def safe(text: str) -> str:
        shown = options.safe(text, keep="\n\t\r")
        return _guard_formula(shown) if options.excel_safe else shown

    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    if options.heading:
        writer.writerow(map(safe, table.columns))
    if isinstance(table.rows, Cells) and not (options.terminal or options.excel_safe):
        writer.writerows(table.rows.texts())
        return
    writer.writerows([safe(cell) for cell in cells] for cells in joined_cells(table, {}, _IN_LIST))


def _guard_formula(text: str) -> str:
    """Return a cell that no spreadsheet runs as a formula; a number stays a number."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)
