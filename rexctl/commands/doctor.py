"""Report problems of the log, the index and git, each with the command that fixes it.

Example: rexctl doctor
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.options import Jsonl, format_option
from rexctl.errors import EnvironmentFaultError, require_name
from rexctl.gitrepo.run import Git, GitProgram
from rexctl.merge import setup
from rexctl.output import named_format
from rexctl.query import Query
from rexctl.records import table_of
from rexctl.store import drafts, init_files, layout
from rexctl.store.log import Log, find_repository
from rexctl.values.clock import timezone_names

Line = tuple[str, str, str]  # what was examined, its state, the command that fixes it

_FORMATS = ("text", "json", "jsonl")


def run(
    context: Context,
    form: Annotated[str | None, format_option(*_FORMATS)] = None,
    jsonl: Jsonl = False,
) -> int:
    """Examine the log, the index, git and the machine, and write what needs fixing."""
    form = require_name("format", named_format(form, jsonl=jsonl) or "text", _FORMATS)
    log = context.log()
    lines = list(_lines(context, log))
    if form != "text":
        context.emit(table_of(("what", "state", "fix"), lines), form)
    else:
        for what, state, fix in lines:
            context.emit_text(f"{what:<9} {state}" + (f"\n{'':<9} fix: {fix}" if fix else ""))
    return 1 if any(fix for _, _, fix in lines) else 0


def _lines(context: Context, log: Log) -> Iterator[Line]:
    yield "log", str(log.root), ""
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


def where(
    context: Context,
    form: Annotated[str | None, format_option(*_FORMATS)] = None,
    jsonl: Jsonl = False,
) -> None:
    """Show which log, settings and index are used, and why.

    Example: rexctl where -f json
    """
    form = require_name("format", named_format(form, jsonl=jsonl) or "text", _FORMATS)
    log, snapshot = context.log(), context.snapshot()
    source = "REXCTL_LOG" if context.environ.get("REXCTL_LOG") else "from here"
    paths = {
        "log": str(log.root),
        "found by": "-C" if context.directory else source,
        "settings": str(log.root / "rexctl.yaml"),
        "index": snapshot.cache_path or "in memory: the cache cannot be used",
        "today": context.today.isoformat(),
    }
    if form != "text":
        context.emit(table_of(tuple(paths), [paths.values()]), form)
        return
    width = max(map(len, paths))
    for name, value in paths.items():
        context.emit_text(f"{name:<{width}}  {value}")
