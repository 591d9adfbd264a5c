"""Explain a command, a topic, or the code of an error.

Topics are query, output, exit-codes, environment and vocabulary.

Examples:
  rexctl help add tariff
  rexctl help query
  rexctl help unknown-actor
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.errors import unknown_name
from rexctl.output import help_pages

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    words: Annotated[
        list[str] | None,
        options.argument("[COMMAND|TOPIC|CODE]", values="help", help="What to explain."),
    ] = None,
) -> None:
    """Write the help of a command, or a page."""
    # A code may be copied from a message, as error[bad-date].
    names = [word.partition("[")[2].partition("]")[0] or word for word in words or ()]
    ctx = context.typer_context.find_root()
    group, path = ctx.command, "rexctl"
    if names and names[0] not in group.names():
        context.emit_text(
            help_pages.format_page(_page(names, group.names()), context.output_options().width)
        )
        return
    for number, name in enumerate(names, 1):
        if not hasattr(group, "get_command"):
            raise unknown_name("help page", " ".join(names), (), see=f"{path} --help")
        group, path = group.get_command(ctx, name), f"{path} {name}"
        # Typer shows the help of the last one as it does for `--help`, and ends the command.
        last = number == len(names)
        ctx = group.make_context(name, ["--help"] if last else [], parent=ctx,
                                 resilient_parsing=not last)  # fmt: skip
    context.emit_text(ctx.get_help())


def _page(names: list[str], commands: list[str]) -> help_pages.Page:
    name = " ".join(names)
    page = help_pages.find_topic(name) or help_pages.find_page(name)
    if page is None:
        known = [*commands, *help_pages.topics(), *help_pages.codes()]
        raise unknown_name("help page", name, known, see="rexctl --help")
    return page
