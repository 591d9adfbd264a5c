"""Set up git for a log, and merge events for git.

Example: rexctl git setup
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli.typer_commands import LazyGroup, command
from rexctl.commands import git_merge_file, git_setup
from rexctl.errors import UsageError

if TYPE_CHECKING:
    from rexctl.cli.context import Context

_MODULES = {"setup": git_setup, "merge-file": git_merge_file}


def run(context: Context) -> None:
    """Do nothing; raise UsageError where no subcommand follows."""
    if context.typer_context.invoked_subcommand is None:
        raise UsageError("missing COMMAND", "rexctl git setup")


class GROUP(LazyGroup):
    """The subcommands of `git`."""

    noun = "git command"
    metavar = "COMMAND"

    def names(self) -> list[str]:
        """Return both; git itself calls the hidden one."""
        return list(_MODULES)

    def sections(self) -> dict[str, dict[str, str]]:
        """Return the one that people call."""
        return {"Commands": {"setup": "Have git merge events by field."}}

    def load(self, name: str) -> Any:
        """Return the command of this name."""
        return command(name, _MODULES[name])
