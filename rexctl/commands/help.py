"""Explain a command, a topic, or the code of an error.

Topics are query, output, states, exit-codes, environment, review and vocabulary.

Examples:
  rexctl help add tariff
  rexctl help query
  rexctl help unknown-actor
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import Jsonl, NoPager, Texts, argument, format_option
from rexctl.errors import require_name, unknown_name
from rexctl.output import formats_of, help_pages
from rexctl.output.help_pages import Page
from rexctl.records import ROWS, table_of

_FORMATS = ("text", *formats_of(ROWS))


def run(
    context: Context,
    words: Annotated[Texts, argument("[COMMAND|TOPIC|CODE]", "What to explain.", "help")] = None,
    no_pager: NoPager = False,
) -> None:
    """Write the help of a command, or a page."""
    with context.paged(no_pager=no_pager):
        _write_help(context, words)


def _write_help(context: Context, words: list[str] | None) -> None:
    names = list(map(_bare_code, words or ()))
    ctx = context.typer_context.find_root()
    group = ctx.command
    if names and names[0] not in group.commands_by_name:
        page = _page(names, list(group.commands_by_name))
        context.emit_text(help_pages.format_page(page, context.width))
        return
    for number, name in enumerate(names):
        if not hasattr(group, "get_command"):
            see = f"{' '.join(('rexctl', *names[:number]))} --help"
            raise unknown_name("help page", " ".join(names), (), see=see)
        group = group.get_command(ctx, name)
    ctx.command.main([*names, "--help"], "rexctl", standalone_mode=False)


def _page(names: list[str], commands: list[str]) -> Page:
    name = " ".join(names)
    page = help_pages.find_topic(name) or help_pages.find_page(name)
    if page is None:
        known = [*commands, *help_pages.topics(), *help_pages.codes()]
        raise unknown_name("help page", name, known, see="rexctl --help")
    return page


def explain(
    context: Context,
    code: Annotated[
        str | None, argument("[CODE]", "The code, as in error[CODE].", "finding")
    ] = None,
    form: Annotated[str, format_option(*_FORMATS)] = "text",
    jsonl: Jsonl = False,
) -> None:
    """Explain the code of a finding or an error: what it means, and how to fix it.

    Without a code, all codes are listed. No log is needed.

    Examples:
      rexctl explain bad-date
      rexctl explain unresolved-link -f md
      rexctl explain
    """
    form = "jsonl" if jsonl else require_name("format", form, _FORMATS)
    width = context.width
    if code is None:
        if form == "text":
            pages = list(help_pages.pages())
            context.emit_text(help_pages.format_list(pages, width if context.terminal else 0))
        else:
            rows = ((page.code, page.sentence) for page in help_pages.pages())
            context.emit(table_of(("code", "sentence"), rows), form)
        return
    page = help_pages.find_page(_bare_code(code))
    if page is None:
        raise unknown_name("code", _bare_code(code), help_pages.codes(),
                           see="rexctl explain lists them")  # fmt: skip
    if form == "text":
        context.emit_text(help_pages.format_page(page, width))
    elif form == "md":
        context.emit_text(page.markdown)
    else:
        context.emit(table_of(("code", "sentence", "page"), [page]), form)


def _bare_code(word: str) -> str:
    """Return a code that may be copied from a message, as error[bad-date]."""
    return word.partition("[")[2].partition("]")[0] or word
