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

from itertools import islice
from typing import TYPE_CHECKING, Annotated

from rexctl.changes import commits as changes_past
from rexctl.cli import history_options
from rexctl.cli.options import argument, option
from rexctl.cli.query_options import demand_count
from rexctl.cli.reading import Reading
from rexctl.errors import UnknownWordError
from rexctl.output import changes_by_commit
from rexctl.registry import HISTORY_FORMATS, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.changes.history import History, Told
    from rexctl.cli.context import Call
    from rexctl.gitrepo.commit import Commit
    from rexctl.records import Change
    from rexctl.store.log import Log

    Changed = tuple[Commit, list[Change]]


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
    """Follow what is asked for from commit to commit."""
    _demand(form, limit)
    name, wanted = history_options.in_files(field), history_options.within(call, since, until)
    reading = Reading(call) if words else None
    past = _past(reading.log if reading else call.log())
    files = None
    if reading and words:
        files = history_options.paths(reading, words, past.ids(), retracted=retracted)
    commits: list[Commit] = []
    found = islice(_changed(past.of(files, wanted), name), limit)
    sheet = changes_by_commit.sheet_of(_each(found, commits))
    shown = call.emit(sheet, form, among=HISTORY_FORMATS)
    call.say("\n".join([_summary(shown, commits), *_notes(past)]))
    return 6 if reading and history_options.asks(words or ()) and reading.bad() else 0


def _demand(form: str, limit: int | None) -> None:
    if form not in HISTORY_FORMATS:
        raise UnknownWordError("format", form, HISTORY_FORMATS, see=", ".join(HISTORY_FORMATS))
    demand_count("-n", limit)


def _past(log: Log) -> History:
    git = load("rexctl.gitrepo.run").Git(log.root)
    found: History = load("rexctl.changes.history").History(git, log.root)
    return found


def _changed(past: Iterable[Told], field: str) -> Iterator[Changed]:
    """Give each commit with what it changed; one that only wrapped or sorted anew is left out."""
    for commit, sides, renamed in past:
        changes = changes_past.told(sides, field, renamed=renamed, edge=commit.edge)
        if changes:
            yield commit, changes


def _each(found: Iterable[Changed], commits: list[Commit]) -> Iterator[tuple[Commit, Change]]:
    """Give each change with its commit, and note the commit."""
    for commit, changes in found:
        commits.append(commit)
        for change in changes:
            yield commit, change


def _summary(changes: int, commits: list[Commit]) -> str:
    if not changes:
        return "no change"
    told = f"{changes} change{'' if changes == 1 else 's'}"
    many = sum(bool(commit.name) for commit in commits)
    if not many:
        return f"{told}, not committed yet"
    told += f" in {many} commit{'' if many == 1 else 's'}"
    return told if many == len(commits) else f"{told}, and what is not committed yet"


def _notes(past: History) -> Iterator[str]:
    if not past.commits:
        yield "nothing is committed yet: the past begins with the first git commit"
    if any(commit.edge for commit in past.commits):
        yield "the clone is shallow, and what came before is not here: git fetch --unshallow brings it"
