"""Show who changed which field when: the history of one event, of those of a query, or of all.

Uncommitted changes come first, then the newest commit. Renames are followed, and merges to the
commit that made the change. Rewrapped text, reordered keys and moved list items are no change.
--field shows one field and the fields below it.

Examples:
  rexctl log 2025-11-07-cn-mofcom-70
  rexctl log 2025-11-07-cn-mofcom-70 --field effective.until
  rexctl log type:tariff --field rates --since 90d -f jsonl
"""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from rexctl.changes.commit_changes import describe_commit
from rexctl.cli import history_options
from rexctl.output import notice, require_format
from rexctl.records import HISTORY, history_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.changes.history import CommitEvents, History
    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.gitrepo.commits import Commit
    from rexctl.gitrepo.run import Git
    from rexctl.records import Change
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.snapshot.versions import EventReader

    CommitChanges = tuple[Commit, list[Change]]


def run(
    context: Context,
    words: options.Events = None,
    field: Annotated[
        str | None,
        options.option(
            "--field", metavar="FIELD", values="fields", help="Show only changes to this field."
        ),
    ] = None,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
    form: Annotated[str, options.format_option("text, md, json or jsonl.")] = "text",
    retracted: options.Retracted = False,
) -> int:  # fmt: skip
    """Follow the selected events from commit to commit, and write the changes."""
    require_format(form, HISTORY)
    field_name = history_options.in_files(field)
    log = context.log()
    is_wanted = history_options.within(context.clock, since, until)
    git = import_module("rexctl.gitrepo.run").Git(log.root)
    events: EventReader = import_module("rexctl.snapshot.versions").EventReader(git, log)
    files, unparsed = None, 0
    with context.snapshot() as snapshot:
        history = _open_history(git, events, snapshot)
        if words:
            files = history_options.paths(
                snapshot, log, context.today, words, history.ids(), retracted=retracted
            )
            if history_options.asks(words):
                unparsed = context.report_unparsed(snapshot)
    commits: list[Commit] = []
    changed = islice(_describe(history.walk(files, is_wanted), field_name), limit)
    rows = ((commit.as_row(), change) for commit, change in _flatten(changed, commits))
    count = context.emit(history_table(rows), form)
    context.note("\n".join([_summarize(count, commits), *_notes(history)]))
    missing = list(events.missing.values())
    notice.write_findings(context.located(log, missing), sys.stderr)
    return 6 if missing or unparsed else 0


def _open_history(git: Git, events: EventReader, snapshot: Snapshot) -> History:
    revisions = import_module("rexctl.gitrepo.revisions")
    head = revisions.find_head(git) or revisions.empty_tree(git)
    uncommitted = events.compare_working_tree(head, snapshot)
    history: History = import_module("rexctl.changes.history").History(
        git, uncommitted, events.read
    )
    return history


def _describe(history: Iterable[CommitEvents], field: str) -> Iterator[CommitChanges]:
    """Yield each commit with what it changed; one that changed only layout or order is left out."""
    for commit, by_parent, renamed in history:
        changes = describe_commit(by_parent, field, renamed=renamed, is_boundary=commit.is_boundary)
        if changes:
            yield commit, changes


def _flatten(
    changed: Iterable[CommitChanges], commits: list[Commit]
) -> Iterator[tuple[Commit, Change]]:
    """Yield each change with its commit, and append each commit to `commits`."""
    for commit, changes in changed:
        commits.append(commit)
        for change in changes:
            yield commit, change


def _summarize(changes: int, commits: list[Commit]) -> str:
    if not changes:
        return "no change"
    text = f"{changes} change{'' if changes == 1 else 's'}"
    committed = sum(bool(commit.hash) for commit in commits)
    if not committed:
        return f"{text}, not committed yet"
    text += f" in {committed} commit{'' if committed == 1 else 's'}"
    return text if committed == len(commits) else f"{text}, and what is not committed yet"


def _notes(history: History) -> Iterator[str]:
    if not history.commits:
        yield "nothing is committed yet: the history begins with the first git commit"
    if any(commit.is_boundary for commit in history.commits):
        yield "the clone is shallow and lacks what came before: git fetch --unshallow fetches it"
