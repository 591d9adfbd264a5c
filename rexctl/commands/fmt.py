"""Write event files in the one canonical form; comments stay, or the file is left and named.

Examples:
  rexctl fmt
  rexctl fmt data/events/2025 --check
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.log_paths import inside
from rexctl.cli.options import argument, option
from rexctl.output import notice
from rexctl.records import ERROR, summarize_findings
from rexctl.store import restyling, writer
from rexctl.store.wording import vocabulary_of

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    paths: Annotated[
        list[Path] | None, argument("[PATH]...", help="Only these files or folders.")
    ] = None,
    check: Annotated[
        bool, option("--check", help="Write nothing; name what would change, and exit 1.")
    ] = False,
) -> int:  # fmt: skip
    """Restyle each file; an unchanged one is not written."""
    log = call.log()
    wanted = [inside(log, path) for path in paths or ()]
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
        call.emit_text(log.shown(one.path))
    notice.write_findings(call.located(log, findings), sys.stderr)
    said = "would change" if check else "written anew"
    call.say(f"{len(changed)} {said}" + (f", {summarize_findings(findings)}" if findings else ""))
    if findings:
        return 3
    return 1 if check and changed else 0
