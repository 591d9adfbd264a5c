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

from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Annotated

from rexctl.changes import commits as changes_past
from rexctl.cli import history_options
from rexctl.cli.reading import Reading
from rexctl.errors import UnknownWordError
from rexctl.output import HISTORY_FORMATS, changes_by_commit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.changes.history import History, Told
    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.gitrepo.commit import Commit
    from rexctl.records import Change
    from rexctl.store.log import Log

    Changed = tuple[Commit, list[Change]]


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
    if form not in HISTORY_FORMATS:
        raise UnknownWordError("format", form, HISTORY_FORMATS, see=", ".join(HISTORY_FORMATS))
    name, wanted = history_options.in_files(field), history_options.within(context, since, until)
    reading = Reading(context) if words else None
    past = _past(reading.log if reading else context.log())
    files = None
    if reading and words:
        files = history_options.paths(reading, words, past.ids(), retracted=retracted)
    commits: list[Commit] = []
    found = islice(_changed(past.of(files, wanted), name), limit)
    sheet = changes_by_commit.sheet_of(_each(found, commits))
    shown = context.emit(sheet, form, formats=HISTORY_FORMATS)
    context.note("\n".join([_summary(shown, commits), *_notes(past)]))
    return 6 if reading and history_options.asks(words or ()) and reading.bad() else 0


def _past(log: Log) -> History:
    git = import_module("rexctl.gitrepo.run").Git(log.root)
    vocabulary, _, _ = import_module("rexctl.store.wording").vocabulary_of(log.root)
    found: History = import_module("rexctl.changes.history").History(git, log.root, vocabulary)
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
