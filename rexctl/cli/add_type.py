"""The subcommand of one type, made from its model."""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperOption

from rexctl.cli import add_flags as derived
from rexctl.cli.add_event import log_event
from rexctl.cli.complete import complete
from rexctl.cli.help_settings import SETTINGS
from rexctl.model.types import module_of


class AddOne(TyperCommand):
    """The subcommand of one type."""

    def __init__(self, name: str) -> None:
        self.flags = derived.flags_of(name)
        about = f"{module_of(name).__doc__}\n\n\b\nAn example of its file:\n{_indented(name)}"
        title = TyperArgument(param_decls=["title"], required=False, metavar="TITLE",
                              help="What happened, in one line.")  # fmt: skip
        options = derived.options_of(self.flags, _offered)
        super().__init__(
            name, params=[title, *_ways(), *options], help=about, rich_markup_mode=None,
            context_settings=SETTINGS,
        )  # fmt: skip

    def invoke(self, ctx: Any) -> None:
        """Log the event."""
        log_event(ctx.obj, str(self.name), self.flags, dict(ctx.params))


def _offered(flag: derived.Flag) -> Any:
    """Give what a shell offers for a flag; of a closed list, only the words of this very type."""
    words = flag.leaf.values if flag.leaf else ()
    return complete(flag.kind, flag.top, flag.inner, words)


def _ways() -> list[TyperOption]:
    return [
        TyperOption(param_decls=["name", "--id"], metavar="ID", help="The id; else it is made."),
        TyperOption(param_decls=["dry_run", "--dry-run"], is_flag=True,
                    help="Show the file, and write nothing."),
        TyperOption(param_decls=["ask", "-i", "--ask"], is_flag=True,
                    help="Ask for what is needed, with the most similar past event at hand."),
        TyperOption(param_decls=["edit", "-e", "--edit"], is_flag=True,
                    help="Open a form in the editor."),
    ]  # fmt: skip


def _indented(name: str) -> str:
    return "\n".join("  " + line for line in str(module_of(name).EXAMPLE).splitlines())
