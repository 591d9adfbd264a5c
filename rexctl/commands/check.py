"""Tell everything that is wrong with the log, in one run.

Findings are errors, warnings, or due (a plan, a suspension's end or a `review_by` that has passed).
Only errors make the exit code 1; --strict counts all. `rexctl explain CODE` tells more of each.

With --changed, only of files that differ from the last commit; what a change broke in another file
is told without it.

Examples:
  rexctl check
  rexctl check data/events/2025 --strict -f json
  rexctl check --changed-since main
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.checks import run as rules
from rexctl.cli import check_scope as scope
from rexctl.cli.options import argument, format_option, option
from rexctl.errors import UnknownWordError
from rexctl.output import findings as told
from rexctl.records import ERROR
from rexctl.registry import FINDING_FORMATS
from rexctl.store import leftovers

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    paths: Annotated[
        list[str] | None, argument("[PATH]...", help="Only these files or folders.")
    ] = None,
    strict: Annotated[bool, option("--strict", help="Warnings and what is due count too.")] = False,
    changed: Annotated[
        bool, option("--changed", help="Only files that differ from the last commit.")
    ] = False,
    since: Annotated[
        str | None, option("--changed-since", metavar="REV", help="Only files that differ from it.")
    ] = None,
    form: Annotated[
        str, format_option("text, json, jsonl, csv, md, github, gitlab, sarif")
    ] = "text",
) -> int:  # fmt: skip
    """Check each file by itself and the log as a whole."""
    if form not in FINDING_FORMATS:
        raise UnknownWordError("format", form, FINDING_FORMATS, see=", ".join(FINDING_FORMATS))
    log = call.log()
    index = call.index(log)
    wanted = scope.wanted(log, paths or ())
    found = [*rules.check_log(log, index, call.today), *leftovers.findings(log.root)]
    kept = scope.asked(found, wanted)
    if changed or since is not None:
        kept = scope.changed(log, kept, "HEAD" if since is None else since)
    kept += scope.asked(scope.unmerged(log), wanted)  # with --changed too: our side equals HEAD
    kept = scope.named(call, log, kept, form)
    if form == "text":
        call.emit_findings(kept)
        call.say(told.summary(kept) or "no findings")
    else:
        call.emit(told.sheet_of(kept), form, among=FINDING_FORMATS)
    return 1 if any(strict or finding.level == ERROR for finding in kept) else 0
