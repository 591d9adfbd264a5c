"""Tell who changed which field when: the past of one event, of those of a query, or of all.

The newest commit comes first, above it what is not committed yet. An event is followed through
renames, and beyond a merge to the commit that made the change. Text wrapped anew, keys in another
order and moved parts of lists are no change. --field tells of one field and what lies below it.

Examples:
  rexctl log 2025-11-07-cn-mofcom-70
  rexctl log 2025-11-07-cn-mofcom-70 --field effective.until
  rexctl log type:tariff --field rates --since 90d -f jsonl
"""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from rexctl.changes.commit_changes import describe_commit
from rexctl.cli import history_options
from rexctl.cli.options import argument, option
from rexctl.cli.query_options import demand_count
from rexctl.cli.reading import Reading
from rexctl.errors import UnknownWordError
from rexctl.output import changes_by_commit, notice
from rexctl.registry import HISTORY_FORMATS, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.changes.event_reader import EventReader
    from rexctl.changes.history import CommitEvents, History
    from rexctl.cli.context import Call
    from rexctl.gitrepo.commits import Commit
    from rexctl.records import Change
    from rexctl.store.log import Log

    CommitChanges = tuple[Commit, list[Change]]


def run(
    call: Call,
    words: Annotated[
        list[str] | None,
        argument("[ID|QUERY]...", help="Ids, or what a query finds now.", kind="event")
    ] = None,
    field: Annotated[
        str | None,
        option("--field", metavar="FIELD", kind="fields", help="Only changes to this field.")
    ] = None,
    since: Annotated[
        str | None,
        option("--since", metavar="DATE", help="Written on or after this day: 2025-10, 90d, ...")
    ] = None,
    until: Annotated[
        str | None, option("--until", metavar="DATE", help="Written on or before this day.")
    ] = None,
    limit: Annotated[
        int | None, option("-n", "--limit", metavar="N", help="At most so many commits.")
    ] = None,
    form: Annotated[
        str, option("-f", "--format", metavar="FORMAT", help="text, md, json, jsonl.")
    ] = "text",
    retracted: Annotated[
        bool, option("--retracted", help="Retracted events of a query too.")
    ] = False,
) -> int:  # fmt: skip
    """Show the changes of the commits that match."""
    _validate_options(form, limit)
    field_name = history_options.in_files(field)
    reading = Reading(call) if words else None
    log = reading.log if reading else call.log()
    is_wanted = history_options.within(call.clock(log), since, until)
    history, events = _open_history(log)
    files = None
    if reading and words:
        files = history_options.paths(reading, words, history.ids(), retracted=retracted)
    commits: list[Commit] = []
    changed = islice(_describe(history.walk(files, is_wanted), field_name), limit)
    sheet = changes_by_commit.sheet_of(_flatten(changed, commits))
    count = call.emit(sheet, form, among=HISTORY_FORMATS)
    call.say("\n".join([_summarize(count, commits), *_notes(history)]))
    missing = list(events.missing.values())
    notice.findings(call.located(log, missing), sys.stderr)
    unparsed = reading.bad() if reading and history_options.asks(words or ()) else 0
    return 6 if missing or unparsed else 0


def _validate_options(form: str, limit: int | None) -> None:
    if form not in HISTORY_FORMATS:
        raise UnknownWordError("format", form, HISTORY_FORMATS, see=", ".join(HISTORY_FORMATS))
    demand_count("-n", limit)


def _open_history(log: Log) -> tuple[History, EventReader]:
    git = load("rexctl.gitrepo.run").Git(log.root)
    vocabulary, _, _ = load("rexctl.store.wording").vocabulary_of(log.root)
    events: EventReader = load("rexctl.changes.event_reader").EventReader(git, log.root, vocabulary)
    history: History = load("rexctl.changes.history").History(git, events.read)
    return history, events


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
