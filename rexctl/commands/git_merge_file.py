"""Merge one event for git: what git setup has git run; the result is written into OURS.

Ends 0 where nothing is left to settle, else 1. A result that does not parse is a conflict.

Example: rexctl git merge-file -- base.yaml ours.yaml theirs.yaml data/events/2025/2025-10-09-x.yaml
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument
from rexctl.merge.files import merge_files
from rexctl.output import notice

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    base: Annotated[Path, argument("BASE", help="The version that both come from (%O).")],
    ours: Annotated[Path, argument("OURS", help="Our version, and the result (%A).")],
    theirs: Annotated[Path, argument("THEIRS", help="Their version (%B).")],
    path: Annotated[str, argument("PATH", help="Where the event lives (%P); only told.")],
) -> int:
    """Merge, and tell what must be settled."""
    merged = merge_files(base, ours, theirs, path)
    notice.findings(merged.findings, sys.stderr)
    if merged.by_lines:
        call.say(f"{path}: one of the versions does not read as an event; merged by its lines")
    return 0 if merged.done else 1
