"""Check the files of the log and the links between them; report all errors in one run.

Findings are errors, warnings, or due: a plan, the end of a suspension or a `review_by` that has
passed. Only errors make the exit code 1; --strict counts all. `rexctl help CODE` explains a code.

--changed reports only files that differ from the last commit, and so leaves out what a change broke
in another file.

Examples:
  rexctl check
  rexctl check data/events/2025 --strict -f json
  rexctl check --changed-since main
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.checks import run as rules
from rexctl.cli import check_scope as scope
from rexctl.output import require_format
from rexctl.records import ERROR, FINDINGS, findings_table, summarize_findings
from rexctl.store import stray_files

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    paths: options.Paths = None,
    strict: Annotated[
        bool, options.option("--strict", help="Exit 1 for warnings and due findings too.")
    ] = False,
    changed: Annotated[
        bool, options.option("--changed", help="Report only files that differ from the last commit.")
    ] = False,
    since: Annotated[
        str | None,
        options.option(
            "--changed-since", metavar="REV", values="revision",
            help="Report only files that differ from this commit.",
        ),
    ] = None,
    form: Annotated[
        str, options.format_option("text, json, jsonl, csv, md, github, gitlab or sarif.")
    ] = "text",
) -> int:  # fmt: skip
    """Check each file and the log as a whole, and write the findings."""
    require_format(form, FINDINGS)
    log = context.log()
    snapshot = context.snapshot(warn=False)  # its own findings tell of the settings
    below = scope.paths_in_log(log, paths or ())
    every = [
        *rules.check_snapshot(snapshot, context.today),
        *stray_files.find_stray_files(log.root),
    ]
    findings = scope.below_paths(every, below)
    if changed or since is not None:
        findings = scope.of_changed_files(log, findings, "HEAD" if since is None else since)
    # With --changed too: our side of an unmerged file equals HEAD.
    findings += scope.below_paths(scope.unmerged(log), below)
    findings = scope.sorted_for_reader(context, log, findings, form)
    if form == "text":
        context.emit_findings(findings)
        context.note(summarize_findings(findings) or "no findings")
    else:
        context.emit(findings_table(findings), form)
    return 1 if any(strict or finding.level == ERROR for finding in findings) else 0
