"""Check the files of the log and the links between them; report all errors in one run.

Findings are errors, warnings, or due: a plan, the end of a suspension or a `review_by` that has
passed. Only errors make the exit code 1; --strict counts all. `rexctl help CODE` explains a code.

--changed reports only files that differ from the last commit, and so leaves out what a change broke
in another file.

Examples:
  rexctl check
  rexctl check data/events/2025 --strict -f json
  rexctl check --changed-since main
  rexctl check --staged
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from rexctl.checks import run as rules
from rexctl.cli import options
from rexctl.cli.context import Context, OutputOptions
from rexctl.cli.options import option
from rexctl.cli.selection import is_selected, path_in_log, select_ids
from rexctl.errors import UsageError
from rexctl.gitrepo.trees import find_unmerged, list_changed_files
from rexctl.output import formats_of
from rexctl.output.terminal import wrap
from rexctl.records import (
    ERROR,
    FINDINGS,
    Finding,
    findings_table,
    split_new_words,
    summarize_findings,
)
from rexctl.store import layout
from rexctl.store.log import Log, find_repository
from rexctl.store.safe_open import read_bytes

# A code host knows paths from the root of the repository, not from the current folder.
_HOSTED = ("github", "gitlab", "sarif")
# Findings about a word that many events may have.
_OF_WORDS = frozenset({"unknown-tag", "unknown-law", "unknown-list"})


def run(
    context: Context,
    paths: options.Paths = None,
    strict: Annotated[bool, option("Exit 1 for warnings and due findings too.")] = False,
    changed: Annotated[bool, option("Report only files that differ from the last commit.")] = False,
    since: Annotated[
        str | None,
        option(
            "Report only files that differ from this commit.",
            "revision",
            long="--changed-since",
        ),
    ] = None,
    staged: Annotated[bool, option("Check what is staged, not the files in the folder.")] = False,
    ids: options.Ids = None,
    lenient: options.LenientIds = False,
    *,
    output_options: OutputOptions = OutputOptions(formats_of(FINDINGS)),
) -> int:
    """Check each file and then the complete log, and write the findings."""
    form = output_options.form(context)
    log = context.log()
    if staged and (changed or since is not None):
        raise UsageError("--staged excludes --changed and --changed-since", "give one of them")
    # Its own findings report faults of the settings.
    snapshot = context.snapshot(staged=staged, warn=False)
    below = [path_in_log(log, Path(path)) for path in paths or ()]
    if ids is not None:
        named = select_ids(context, snapshot, None, ids, lenient=lenient)
        below += [snapshot.path_of(one) or layout.path_of(one) for one in named]
    schema = b"" if staged else read_bytes(log.root / layout.SCHEMA, layout.SCHEMA)
    schema = schema if isinstance(schema, bytes) else b""  # doctor reports a missing one
    findings = rules.check_snapshot(snapshot, context.today, schema)
    if not staged:
        findings = [*findings, *layout.find_stray_files(log.root)]
    if changed or since is not None:
        files = {finding.path for finding in findings}
        differing = list_changed_files(log.root, "HEAD" if since is None else since, files,
                                       context.clock)  # fmt: skip
        findings = [finding for finding in findings if finding.path in differing]
    findings = [*context.conflicts_in_words(findings, snapshot.read)]
    marked = {finding.path for finding in findings if finding.code == "conflict-markers"}
    # With --changed too: our side of an unmerged file equals HEAD.
    for path, sides in find_unmerged(log.root).items():
        if path not in marked:
            from rexctl.merge.conflict_markers import describe_unmerged

            row = snapshot.event(layout.id_of(path) or "")
            title = str(row.data["title"]) if row else ""
            findings.append(describe_unmerged(log, path, sides, title))
    findings = [f for f in findings if is_selected(f.path, below)]
    findings = [] if ids is not None and not below else findings
    findings = _for_reader(context, log, findings, form)
    with context.paged(no_pager=output_options.no_pager):
        rows, words = split_new_words(_fold_words(findings)) if form == "text" else (findings, "")
        context.emit(findings_table(rows), form, heading=not output_options.no_header)
        if form == "text":
            context.emit_text("\n".join(wrap(words, context.width if context.terminal else 0)))
            context.note(summarize_findings(findings) or "no findings")
    return 1 if any(strict or finding.level == ERROR for finding in findings) else 0


def _fold_words(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, of those about one word of the vocabulary the first, with their number."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        place = () if one.code in _OF_WORDS else (one.path, str(one.line), str(one.column))
        groups.setdefault((one.code, one.message, *place), []).append(one)
    return [
        first._replace(message=f"{first.message}, in {len(more) + 1} events") if more else first
        for first, *more in groups.values()
    ]


def _for_reader(
    context: Context, log: Log, findings: Iterable[Finding], form: str
) -> list[Finding]:
    """Return the findings with paths from the current folder or the repository's root."""
    root = find_repository(log.root) if form in _HOSTED else None
    if root is None:
        return context.located(log, findings)
    inside = log.root.relative_to(root)
    return [one._replace(path=(inside / one.path).as_posix()) for one in findings]
