"""The command line as Typer parses it: the group of all commands and its global options."""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rexctl.app import arguments
from rexctl.app.commands import COMMANDS, OTHER_NAMES
from rexctl.cli.context import Context, parse_today
from rexctl.cli.typer_commands import SETTINGS, LazyGroup, command, new_app
from rexctl.errors import UsageError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLORS = ("auto", "always", "never")
# Messages of Typer, and those of rexctl.
_SENTENCES = (
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"\1: too many arguments"),
    (r"Option '(.*)' requires an argument", r"\1: the value is missing"),
    (r"Option '(.*)' does not take a value", r"\1: takes no value"),
    (r"Missing (?:argument|option) '(.*)'", r"missing \1"),
)


class Commands(LazyGroup):
    """The group of all commands."""

    other_names = OTHER_NAMES

    def names(self) -> list[str]:
        """Return all names, hidden ones too."""
        return list(COMMANDS)

    def sections(self) -> dict[str, dict[str, str]]:
        """Return the one-line helps by group."""
        sections: dict[str, dict[str, str]] = {}
        for name, one in COMMANDS.items():
            if not one.hidden:
                sections.setdefault(one.group, {})[name] = one.help
        return sections

    def load(self, name: str) -> Any:
        """Import and return the command of this name."""
        entry = COMMANDS[name]
        return command(name, import_module(entry.module), entry.function)


def root() -> Any:
    """Return the group, with the options that all commands take."""
    app = new_app()
    app.callback(cls=Commands, invoke_without_command=True, context_settings=SETTINGS)(_rexctl)
    return typer.main.get_command(app)


def run(words: Sequence[str]) -> Any:
    """Run one command and return what its `run` returns. Raises UsageError.

    Typer's own entry point turns a closed pipe into exit code 1 and an interrupt into `Abort`.
    """
    group = root()
    try:
        with group.make_context("rexctl", list(words)) as ctx:
            return group.invoke(ctx)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as error:
        raise _usage_error(error, words) from None


def _usage_error(error: typer.TyperException, words: Sequence[str]) -> UsageError:
    """Return the error of rexctl for one of Typer's; `words` are those of the command line."""
    message = error.format_message().strip().rstrip(".")
    path = arguments.command_path(words)
    hint = f"{' '.join(['rexctl', *path])} --help"
    if option := re.match(r"No such option: (\S+)", message):
        return unknown_name("option", option[1], arguments.option_names(path), see=hint)
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return UsageError(match.expand(sentence), hint)
    return UsageError(message[:1].lower() + message[1:], hint)


def _rexctl(
    ctx: typer.Context,
    directory: Annotated[
        str | None,
        typer.Option("-C", "--directory", metavar="DIR", help="Look for the log from this folder."),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="DAY", envvar="REXCTL_TODAY", help="Take this day as today."),
    ] = None,
    color: Annotated[
        str, typer.Option(metavar="WHEN", help="Colour the output: auto, always or never.")
    ] = "auto",
    no_input: Annotated[bool, typer.Option("--no-input", help="Never prompt.")] = False,
    version: Annotated[bool, typer.Option("-V", "--version", help="Show the version.")] = False,
) -> None:
    """Log trade-policy events as YAML files in git, and query them.

    The options may stand before or after the command.

    Example: rexctl list type:export-control actor:CN date:2025-10
    """
    if color not in _COLORS:
        raise unknown_name("colour setting", color, _COLORS, see=f"write {', '.join(_COLORS)}")
    ctx.obj = Context(directory, parse_today(today), color, no_input, os.environ)
    ctx.obj.typer_context = ctx
    if version:
        import_module(COMMANDS["version"].module).run(ctx.obj)
        raise typer.Exit
    if ctx.invoked_subcommand is None and not ctx.resilient_parsing:
        print(ctx.get_help())
        raise typer.Exit
