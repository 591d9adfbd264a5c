"""Explain a command, a topic, a field or one of its values, or the code of an error.

Topics are query, output, clauses, states, exit-codes, environment, review and vocabulary.

Examples:
  rexctl help add tariff
  rexctl help query
  rexctl help unknown-actor
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import Jsonl, NoPager, Texts, argument, format_option
from rexctl.commands.schema import field_list
from rexctl.errors import require_name, unknown_name
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.output import formats_of, help_pages
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
    if names and names[0] in TYPES:
        names.insert(0, "add")
    if names and names[0] not in group.commands_by_name:
        word, width = " ".join(names), context.width
        if page := help_pages.find_topic(word) or help_pages.find_page(word):
            context.emit_text(help_pages.format_page(page, width))
            return
        if fields := _fields_about(word):
            context.emit_text(field_list(fields, "", width))
            return
        if word not in group.other_names:
            known = [*group.commands_by_name, *TYPES, *help_pages.topics(), *help_pages.codes()]
            raise unknown_name("help page", word, known, see="rexctl --help")
        names = group.other_names[word].split()[:1]
    for number, name in enumerate(names):
        if not hasattr(group, "get_command"):
            see = f"{' '.join(('rexctl', *names[:number]))} --help"
            raise unknown_name("help page", " ".join(names), (), see=see)
        group = group.get_command(ctx, name)
    ctx.command.main([*names, "--help"], "rexctl", standalone_mode=False)


def _fields_about(word: str) -> list[str]:
    """Return the fields that a word names, those within it, and those of which it is a value."""
    name = ALIASES.get(word, word)
    return [one for one, field in FIELDS.items() if not one.startswith("clauses.")
            and (one == name or one.startswith(f"{name}.") or word in field.values)]  # fmt: skip


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
