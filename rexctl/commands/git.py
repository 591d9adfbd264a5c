"""Tell git how events are merged, and how a diff names them.

Example: rexctl git setup
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from rexctl.app import typer_command
from rexctl.cli.help_settings import SETTINGS, helped
from rexctl.commands import git_merge_file, git_setup
from rexctl.errors import AskedWronglyError, UnknownWordError

_ROOMS = {"setup": git_setup, "merge-file": git_merge_file}
_FOR_PEOPLE = ["setup"]  # the other is for git itself


class Parts(TyperGroup):
    """The commands of this group."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Give those that a person may want."""
        return _FOR_PEOPLE

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Make one of them."""
        if cmd_name in _ROOMS:
            return typer_command.command(cmd_name, _ROOMS[cmd_name])
        if ctx.resilient_parsing:
            return None
        raise UnknownWordError("git command", cmd_name, _FOR_PEOPLE, see="rexctl git setup")


def _alone(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None and not ctx.resilient_parsing:
        raise AskedWronglyError("missing COMMAND", "rexctl git setup")


def command() -> Any:
    """Give the command: a group."""
    app = typer.Typer(
        cls=Parts, name="git", help=helped(__doc__), rich_markup_mode=None, add_completion=False,
        invoke_without_command=True, subcommand_metavar="COMMAND", context_settings=SETTINGS,
    )  # fmt: skip
    app.callback()(_alone)
    return typer.main.get_group(app)
