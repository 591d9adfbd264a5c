"""Rewrite event files in the canonical form; comments stay, or the file is left and reported.

Examples:
  rexctl fmt
  rexctl fmt data/events/2025 --check
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.log_paths import inside
from rexctl.output import notice
from rexctl.records import ERROR, summarize_findings
from rexctl.store import restyling, writer
from rexctl.store.wording import vocabulary_of

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    paths: options.Paths = None,
    check: Annotated[
        bool,
        options.option("--check", help="Write nothing; exit 1 where a file would change."),
    ] = False,
) -> int:
    """Format each file; one that does not change is not written."""
    log = context.log()
    wanted = [inside(log, Path(path)) for path in paths or ()]
    restyled = restyling.of_log(log.root, vocabulary_of(log.root)[0], wanted)
    findings, changed = [], []
    for one in restyled:
        findings += [f for f in one.findings if f.level == ERROR]
        if one.data is not None and one.data != one.before:
            changed.append(one)
    if not check:
        todo = [(o.path, o.data, writer.digest(o.before)) for o in changed if o.data is not None]
        writer.replace_batch(log.root, todo)
    for one in changed:
        (context.emit_text if check else context.emit_result)(log.shown(one.path))
    notice.write_findings(context.located(log, findings), sys.stderr)
    said = "would change" if check else "rewritten"
    context.note(
        f"{len(changed)} {said}" + (f", {summarize_findings(findings)}" if findings else "")
    )
    if findings:
        return 3
    return 1 if check and changed else 0
