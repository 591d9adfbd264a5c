"""Explain a finding or an error by its code: what it means, and how to mend it.

Without a code, all codes are listed, each with its sentence. No log is needed.

Examples:
  rexctl explain bad-date
  rexctl explain unresolved-link -f md
  rexctl explain
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, format_option
from rexctl.errors import UnknownWordError
from rexctl.output import help_pages
from rexctl.records import Row, Sheet
from rexctl.registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.cli.context import Call
    from rexctl.output.help_pages import Page

# Formats of events, or of lines that name one: a page is none.
_OF_EVENTS = ("card", "yaml", "id", "path")
_FORMATS = ("text", *(name for name in FORMATS if name not in _OF_EVENTS))


def run(
    call: Call,
    code: Annotated[
        str | None,
        argument("[CODE]", help="As it stands in brackets: error[CODE].",
                       kind="finding"),
    ] = None,
    form: Annotated[
        str, format_option("text, md, json, jsonl, ...")
    ] = "text",
) -> None:  # fmt: skip
    """Show one page, or the list of all."""
    if form not in _FORMATS:
        raise UnknownWordError("format", form, _FORMATS, see=", ".join(_FORMATS))
    pages = [_found(code)] if code is not None else list(help_pages.pages())
    if form == "text":
        width = call.options().width
        listed = help_pages.listed(pages, width if call.terminal else 0)
        call.emit_text(listed if code is None else help_pages.text(pages[0], width))
    elif form == "md" and code is not None:
        call.emit_text(pages[0].markdown)
    else:
        call.emit(_sheet(pages, whole=code is not None), form)


def _found(code: str) -> Page:
    # As it was copied from a finding: error[bad-date].
    code = code.partition("[")[2].partition("]")[0] or code
    page = help_pages.page(code)
    if page is None:
        raise UnknownWordError("code", code, help_pages.codes(), see="rexctl explain lists them")
    return page


def _sheet(pages: Sequence[Page], *, whole: bool) -> Sheet:
    columns = ("code", "sentence", "page") if whole else ("code", "sentence")
    rows = (
        Row({"code": page.code, "sentence": page.sentence} | ({"page": page.body} if whole else {}))
        for page in pages
    )
    return Sheet(columns, rows, caption="codes")
