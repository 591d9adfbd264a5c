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
from rexctl.cli.options import Texts, argument
from rexctl.cli.row_options import RowOptions
from rexctl.commands.schema import fields_table
from rexctl.errors import bad_value, unknown_name
from rexctl.model.tables import ALIASES, FIELDS, TYPES
from rexctl.output import formats_of, help_pages
from rexctl.output.help_pages import Page
from rexctl.records import ROWS, Table, table_of

_FORMATS = ("text", *formats_of(ROWS))


def run(
    context: Context,
    words: Annotated[Texts, argument("[COMMAND|TOPIC|CODE]", "What to explain.", "help")] = None,
    *,
    row_options: RowOptions = RowOptions(_FORMATS),
) -> None:
    """Write the help of a command, or a page."""
    names = list(map(_bare_code, words or ()))
    ctx = context.typer_context.find_root()
    group = ctx.command
    form = row_options.form(context)
    if names and names[0] in TYPES:
        names.insert(0, "add")
    if names and names[0] not in group.commands_by_name:
        word = " ".join(names)
        if page := help_pages.find_topic(word) or help_pages.find_page(word):
            _write_page(context, page, row_options)
            return
        if fields := _fields_about(word):
            _write_rows(context, fields_table(fields), row_options)
            return
        if word not in group.other_names:
            known = [*group.commands_by_name, *TYPES, *help_pages.topics(), *help_pages.codes()]
            raise unknown_name("help page", word, known, see="rexctl --help")
        names = group.other_names[word].split()[:1]
    if form != "text":
        raise bad_value(f"-f {form}", "the help of a command is text")
    for number, name in enumerate(names):
        if not hasattr(group, "get_command"):
            see = f"{' '.join(('rexctl', *names[:number]))} --help"
            raise unknown_name("help page", " ".join(names), (), see=see)
        group = group.get_command(ctx, name)
    with context.paged(no_pager=row_options.no_pager):
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
    *,
    row_options: RowOptions = RowOptions(_FORMATS),
) -> None:
    """Explain the code of a finding or an error: what it means, and how to fix it.

    Without a code, all codes are listed. No log is needed.

    Examples:
      rexctl explain bad-date
      rexctl explain unresolved-link -f md
      rexctl explain
    """
    if code is None:
        rows = ((page.code, page.sentence) for page in help_pages.pages())
        _write_rows(context, table_of(("code", "sentence"), rows), row_options)
        return
    page = help_pages.find_page(_bare_code(code))
    if page is None:
        raise unknown_name("code", _bare_code(code), help_pages.codes(),
                           see="rexctl explain lists them")  # fmt: skip
    _write_page(context, page, row_options)


def _write_rows(context: Context, table: Table, row_options: RowOptions) -> None:
    """Write rows; as text in a pipe they are lines for grep."""
    if row_options.form(context) == "text":
        row_options.format = "table" if context.terminal else "tsv"
        row_options.no_header = not context.terminal
    row_options.write(context, table)


def _write_page(context: Context, page: Page, row_options: RowOptions) -> None:
    texts = {"text": help_pages.format_page(page, context.width), "md": page.markdown}
    text = texts.get(row_options.form(context), "")
    table = table_of(("code", "sentence", "page"), [page])
    row_options.write(context, table, draw=(lambda: context.emit_text(text)) if text else None)


def _bare_code(word: str) -> str:
    """Return a code that may be copied from a message, as error[bad-date]."""
    return word.partition("[")[2].partition("]")[0] or word
