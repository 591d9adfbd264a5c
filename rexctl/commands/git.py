"""Set up git for a log, and merge events for git.

Example: rexctl git setup
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import argument
from rexctl.errors import UsageError
from rexctl.merge import setup
from rexctl.merge.driver import run_driver


def run(context: Context) -> None:
    """Do nothing; raise UsageError where no subcommand follows."""
    if context.typer_context.invoked_subcommand is None:
        raise UsageError("missing COMMAND", "rexctl git setup")


def set_up(context: Context) -> None:
    """Have git merge events by field.

    Then git diff also heads a hunk with the title of its event. This sets merge.rexctl and
    diff.rexctl for this clone alone, and adds the line to .gitattributes, where it is missing, by
    which git uses them; commit that file, and run the command once in each clone. Where rexctl is gone
    or crashes, git merges by lines.

    Example: rexctl git setup
    """
    done = setup.set_up(context.log().root)
    context.emit_result("\n".join(done))
    context.note("git merges events by field now" if done else "git is set up; nothing to do")


def merge_file(
    context: Context,
    base: Annotated[str, argument("BASE", "The common ancestor (%O).")],
    ours: Annotated[str, argument("OURS", "Our version, and the result (%A).")],
    theirs: Annotated[str, argument("THEIRS", "Their version (%B).")],
    path: Annotated[str, argument("PATH", "The path that messages name (%P).")],
) -> int:
    """Merge one event for git, as git setup configures it; the result is written to OURS.

    The exit code is 0 without a conflict, else 1. A result that does not parse is a conflict.

    Example: rexctl git merge-file -- base.yaml ours.yaml theirs.yaml data/events/2025/2025-10-09-x.yaml
    """
    result = run_driver(Path(base), Path(ours), Path(theirs), path)
    context.report(result.findings)
    if result.by_lines:
        context.note(f"{path}: one version is not a valid event file; git merged it by lines")
    return 0 if result.done else 1
