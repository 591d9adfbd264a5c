"""Explain the code of a finding or an error: what it means, and how to fix it.

Without a code, all codes are listed. No log is needed.

Examples:
  rexctl explain bad-date
  rexctl explain unresolved-link -f md
  rexctl explain
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.errors import unknown_name
from rexctl.output import formats_of, help_pages
from rexctl.records import ROWS, Row, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.output.help_pages import Page

_FORMATS = ("text", *formats_of(ROWS))


def run(
    context: Context,
    code: Annotated[
        str | None,
        options.argument("[CODE]", values="finding", help="The code, as in error[CODE]."),
    ] = None,
    form: Annotated[str, options.format_option("text, md, json, jsonl, csv, tsv.")] = "text",
) -> None:
    """Write one page, or the list of codes."""
    if form not in _FORMATS:
        raise unknown_name("format", form, _FORMATS, see=", ".join(_FORMATS))
    pages = [_found(code)] if code is not None else list(help_pages.pages())
    if form == "text":
        width = context.output_options().width
        listed = help_pages.format_list(pages, width if context.terminal else 0)
        context.emit_text(listed if code is None else help_pages.format_page(pages[0], width))
    elif form == "md" and code is not None:
        context.emit_text(pages[0].markdown)
    else:
        context.emit(_sheet(pages, whole=code is not None), form)


def _found(code: str) -> Page:
    # As it was copied from a finding: error[bad-date].
    code = code.partition("[")[2].partition("]")[0] or code
    page = help_pages.find_page(code)
    if page is None:
        raise unknown_name("code", code, help_pages.codes(), see="rexctl explain lists them")
    return page


def _sheet(pages: Sequence[Page], *, whole: bool) -> Table:
    columns = ("code", "sentence", "page") if whole else ("code", "sentence")
    rows = (
        Row({"code": page.code, "sentence": page.sentence} | ({"page": page.body} if whole else {}))
        for page in pages
    )
    return Table(columns, rows)
