"""Report which log, settings and index are used, and problems, each with the command that fixes it.

Example: rexctl doctor
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from rexctl.cli.context import Context
from rexctl.cli.row_options import RowOptions
from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.run import Git, GitProgram
from rexctl.merge import setup
from rexctl.output import formats_of
from rexctl.query import Query
from rexctl.records import ROWS, table_of
from rexctl.store import drafts, init_files, layout
from rexctl.store.log import Log, find_repository
from rexctl.values.clock import timezone_names

Line = tuple[str, str, str]  # what was examined, its state, the command that fixes it


def run(
    context: Context, *, row_options: RowOptions = RowOptions(("text", *formats_of(ROWS)))
) -> int:
    """Examine the log, the index, git and the machine, and write what needs fixing."""
    form = row_options.form(context)
    lines = list(_lines(context, context.log()))

    def draw() -> None:
        for what, state, fix in lines:
            context.emit_text(f"{what:<9} {state}" + (f"\n{'':<9} fix: {fix}" if fix else ""))

    table = table_of(("what", "state", "fix"), lines)
    row_options.write(context, table, draw=draw if form == "text" else None)
    return 1 if any(fix for _, _, fix in lines) else 0


def _lines(context: Context, log: Log) -> Iterator[Line]:
    yield "log", str(log.root), ""
    source = "REXCTL_LOG" if context.environ.get("REXCTL_LOG") else "from here"
    yield "found by", "-C" if context.directory else source, ""
    yield "settings", str(log.root / "rexctl.yaml"), ""
    yield "today", context.today.isoformat(), ""
    if not os.access(log.root, os.W_OK):
        yield "rights", "the log can be read and not written", f"chmod u+w {log.root}"
    snapshot = context.snapshot()
    bad = {finding.path for finding in snapshot.unparsed()}
    yield (
        "events",
        f"{snapshot.count(Query(), retracted=True)} good files, {len(bad)} bad",
        "rexctl check" if bad else "",
    )
    if snapshot.cache_path:
        yield "index", snapshot.cache_path, ""
    else:
        yield "index", "in memory at every call: the cache cannot be used", "set REXCTL_CACHE"
    codes = snapshot.vocabulary.by_kind()
    yield from (("made", what, fix) for what, fix in init_files.find_stale(log.root, codes))
    for finding in layout.find_stray_files(log.root):
        yield "files", finding.message, finding.hint
    for path in drafts.find(log):
        command = drafts.command_of(path)
        option = " -e" if command.startswith("add ") else ""
        yield "drafts", f"{path} holds a text that was not written", f"rexctl {command}{option}"
    yield from _git(log)
    yield "zones", f"{len(timezone_names())} time zones known", ""


def _git(log: Log) -> Iterator[Line]:
    """Report what git lacks to keep the history of the log; nothing outside of a repository."""
    try:
        git = GitProgram(log.root) if find_repository(log.root) is None else Git(log.root)
    except EnvironmentFaultError as fault:
        yield "git", fault.message, fault.hint
        return
    if not isinstance(git, Git):
        return
    refused = setup.unreadable_attributes(log.root)
    yield from (("git", f"{one.path}: {one.message}", one.hint) for one in refused)
    if not refused:
        lacking = list(setup.missing(git))
        yield from (("git", what, "rexctl git setup") for what in lacking)
        if not lacking:
            yield "git", "merges events by field", ""
