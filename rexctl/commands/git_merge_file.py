"""Merge one event for git: the merge driver that git setup installs; writes the result to OURS.

Ends 0 where the merge is complete, 1 where conflicts are marked. A result that does not parse is a conflict.

Example: rexctl git merge-file -- base.yaml ours.yaml theirs.yaml data/events/2025/2025-10-09-x.yaml
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument
from rexctl.merge.driver import run_driver
from rexctl.output import notice

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    base: Annotated[Path, argument("BASE", help="The version that both come from (%O).")],
    ours: Annotated[Path, argument("OURS", help="Our version, and the result (%A).")],
    theirs: Annotated[Path, argument("THEIRS", help="Their version (%B).")],
    path: Annotated[str, argument("PATH", help="The path of the event, for messages (%P).")],
) -> int:
    """Merge, and report what a person must decide."""
    result = run_driver(base, ours, theirs, path)
    notice.findings(result.findings, sys.stderr)
    if result.by_lines:
        call.say(f"{path}: one of the versions is not a valid event file; git merged it by lines")
    return 0 if result.done else 1
