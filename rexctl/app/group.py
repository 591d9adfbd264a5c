"""The group of all commands: finds one by name and loads it only then."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from rexctl import registry
from rexctl.app import typer_command
from rexctl.cli.context import Call
from rexctl.cli.help_settings import SETTINGS
from rexctl.errors import unknown_name
from rexctl.values import date_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence


class Group(TyperGroup):
    """Commands by name, from the register."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Give all names, as the register orders them."""
        return list(registry.COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load one command; a wrong name is told with the nearest right one."""
        if cmd_name not in registry.COMMANDS:
            if ctx.resilient_parsing:
                return None
            raise unknown_name("command", cmd_name, registry.COMMANDS, see="rexctl --help")
        return command(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Show the commands by what they are for, without loading any of them."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, entry in registry.COMMANDS.items():
            groups.setdefault(entry.group, []).append((name, entry.summary))
        for title, rows in groups.items():
            with formatter.section(title):
                formatter.write_dl(rows)


def command(name: str) -> Any:
    """Load the command of this name, ready to parse its words."""
    room = registry.load(registry.COMMANDS[name].module)
    if hasattr(room, "command"):
        return room.command()
    return typer_command.command(name, room)


def _options(
    ctx: typer.Context,
    directory: Annotated[
        str | None,
        typer.Option("-C", "--directory", metavar="DIR", help="Look for the log from this folder."),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="DAY", envvar="REXCTL_TODAY", help="The day that counts as today."),
    ] = None,
    color: Annotated[
        str, typer.Option(metavar="WHEN", help="auto (on a terminal), always or never.")
    ] = "auto",
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask anything.")] = False,
    version: Annotated[bool, typer.Option("-V", "--version", help="Show the version.")] = False,
) -> None:
    """Log trade-policy events as YAML files in git, and ask what the log holds.

    Example: rexctl list type:export-control actor:CN date:2025-10
    """
    if color not in ("auto", "always", "never"):
        raise unknown_name(
            "colour setting", color, ("auto", "always", "never"), see="auto, always, never"
        )
    ctx.obj = Call(directory, date_ranges.today_of(today), color, no_input, os.environ)
    if version:
        registry.load("rexctl.commands.version").told()
        raise typer.Exit
    if ctx.invoked_subcommand is None and not ctx.resilient_parsing:
        print(ctx.get_help())
        raise typer.Exit


def invoke(words: Sequence[str]) -> Any:
    """Run one command; gives what it returns.

    The parser's own `main` would turn a closed pipe into exit 1, and an interrupt into an abort.
    """
    command = root()
    try:
        with command.make_context("rexctl", list(words)) as context:
            return command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code


def root() -> Any:
    """Make the group, with the options that stand before a command."""
    app = typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
        context_settings=SETTINGS,
    )
    app.callback()(_options)
    return typer.main.get_group(app)
