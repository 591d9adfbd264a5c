r"""CSV by RFC 4180: a heading and rows; lists joined by `;`, in an element `\;` and `\\`."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output.cell import is_list, texts
from rexctl.records import Cells
from rexctl.values.safe_text import clean, encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".csv"
# What a spreadsheet takes for a formula; also in the wide forms that it folds into these, and
# after a `;`, which is what parts cells for it in half of the world.
_FORMULA = re.compile(r'(^|;[\s"]*)(?=[=+\-@\t\r\n＝＋－＠])')
_IN_LIST = str.maketrans({";": "\\;", "\\": "\\\\"})
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(;[+-]?\d+(\.\d+)?)*", re.ASCII)


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write a heading and each row; `excel_safe` puts an apostrophe before what looks a formula."""
    safe = _safety(options)
    rows = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    rows.writerow(map(safe, sheet.columns))
    if isinstance(sheet.rows, Cells) and not (options.terminal or options.excel_safe):
        rows.writerows(sheet.rows.texts())
        return
    for row in sheet.rows:
        rows.writerow([safe(_cell(row.data, name)) for name in sheet.columns])


def _cell(data: Mapping[str, Any], name: str) -> str:
    """Return the text of a cell; the elements of a list are escaped, any other value is not."""
    found = texts(data, name)
    cell = ";".join(found)
    if ("\\" in cell or ";" in cell) and is_list(data, name):
        return ";".join([text.translate(_IN_LIST) for text in found])
    return cell


def _safety(options: Options) -> Callable[[str], str]:
    def safe(text: str) -> str:
        shown = clean(text, keep="\n\t\r") if options.terminal else encodable(text)
        return _guarded(shown) if options.excel_safe else shown

    return safe


def _guarded(text: str) -> str:
    """Give a cell that no spreadsheet runs; a number stays a number."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)
