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

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Annotated, Any

from rexctl.changes.history import CommitEvents, History, describe_commit
from rexctl.cli import options
from rexctl.cli.context import Context, OutputOptions
from rexctl.cli.options import option
from rexctl.cli.query_options import stored_field
from rexctl.cli.selection import is_term, parse_window, read_ids, resolve_each, resolve_event
from rexctl.errors import NoSuchEventError, UsageError
from rexctl.gitrepo import revisions
from rexctl.gitrepo.commits import SHORT, Commit
from rexctl.gitrepo.run import Git
from rexctl.output import formats_of
from rexctl.query import hides_retracted
from rexctl.records import HISTORY, Change, history_table
from rexctl.snapshot.commits import EventReader
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.layout import SETTINGS, path_of
from rexctl.store.log import Log
from rexctl.values.clock import Clock
from rexctl.values.text import count_of

_MOST_EARLIER = 5  # earlier vocabularies that are searched for a code: each is a version to read


def run(
    context: Context,
    words: options.Events = None,
    field: Annotated[str | None, option("Show only changes to this field.", "fields")] = None,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
    ids: options.Ids = None,
    lenient: options.LenientIds = False,
    retracted: options.Retracted = False,
    *,
    output_options: OutputOptions = OutputOptions(formats_of(HISTORY)),
) -> int:
    """Follow the selected events from commit to commit, and write the changes."""
    form = output_options.form(context)
    field_name = stored_field(field)
    log = context.log()
    is_wanted = commit_filter(context.clock, since, until)
    git = Git(log.root)
    events = EventReader(git, log)
    files, unparsed = None, 0
    with context.snapshot() as snapshot:
        head = revisions.find_head(git) or revisions.empty_tree(git)
        history = History(git, events.compare_working_tree(head, snapshot), events.read)
        if words or ids is not None:
            select = partial(
                select_paths, context, words=words or (), past=history.ids(), retracted=retracted,
                listed=None if ids is None else read_ids(context, ids), lenient=lenient,
            )  # fmt: skip
            try:
                files = select(snapshot)
            except UsageError as error:
                files = _select_earlier(context, git, error, select)
            if any(map(is_term, words or ())):
                unparsed = context.report_unparsed(snapshot)
    commits: list[Commit] = []
    changed = history.walk(files, is_wanted) if limit != 0 else ()
    changes = _changes(changed, field_name, limit, commits)
    rows = ((commit.as_row(), change) for commit, change in changes)
    with context.paged(no_pager=output_options.no_pager):
        count = context.emit(history_table(rows), form)
        context.note("\n".join([_summarize(count, commits), *_notes(history)]))
        missing = list(events.missing.values())
        context.report(missing, log)
    return 6 if events.missing or unparsed else 0


def _changes(
    history: Iterable[CommitEvents], field: str, limit: int | None, commits: list[Commit]
) -> Iterator[tuple[Commit, Change]]:
    """Yield each change with its commit, and append each commit to `commits`, at most `limit`.

    A commit that changed only layout or order is left out.
    """
    for step in history:
        commit, by_parent, renamed, _ = step
        changes = describe_commit(by_parent, field, renamed=renamed, is_boundary=commit.is_boundary)
        if len(commit.parents) > 1:
            from rexctl.merge.choices import describe_choices

            changes = describe_choices(step, changes, field)
        if changes:
            commits.append(commit)
            yield from ((commit, change) for change in changes)
            if len(commits) == limit:
                return


def _summarize(changes: int, commits: list[Commit]) -> str:
    if not changes:
        return "no change"
    text = count_of(changes, "change")
    committed = sum(bool(commit.hash) for commit in commits)
    if not committed:
        return f"{text}, not committed yet"
    text += f" in {count_of(committed, 'commit')}"
    return text if committed == len(commits) else f"{text}, and what is not committed yet"


def _notes(history: History) -> Iterator[str]:
    if not history.commits:
        yield "nothing is committed yet: the history begins with the first git commit"
    for folder, commit in history.moves:
        when = f"commit {commit.hash[:SHORT]}" if commit.hash else "now, not committed yet"
        yield f"the log was moved here from {folder or 'the top of the repository'}: {when}"
    if any(commit.is_boundary for commit in history.commits):
        yield "the clone is shallow and lacks what came before: git fetch --unshallow fetches it"


def select_paths(
    context: Context, snapshot: Snapshot, words: Sequence[str], past: Collection[str], *,
    listed: Sequence[str] | None = None, retracted: bool = False, lenient: bool = False,
) -> set[str]:  # fmt: skip
    """Return the files whose history is shown: those of all ids, or of these what matches all terms.

    :param past: the ids in all commits.
    :param listed: the ids of `--ids`.
    :raises NoSuchEventError: names all unknown ids. Raises UsageError too.
    """
    log, terms = context.log(), list(filter(is_term, words))
    ids = [*(word for word in words if not is_term(word)), *(listed or ())]
    named = resolve_each(ids, lambda one: _paths_of_word(snapshot, log, one, past), lenient=lenient)
    files = {path for paths in named for path in paths}
    if not terms:
        return files
    query = snapshot.parse_query(terms, context.today)
    rows = snapshot.select(query, retracted=retracted or not hides_retracted(query))
    matching = {path for row in rows for path in _event_paths(log, row.data)}
    return matching & files if ids or listed is not None else matching


def _select_earlier(
    context: Context, git: Git, error: UsageError, select: Callable[[Snapshot], set[str]]
) -> set[str]:
    """Return the files that terms with a code or a tag of the past select, in the last commit that had it.

    Raises `error` where no commit had it.
    """
    from rexctl.gitrepo.commits import list_earlier

    is_code = error.code.startswith("unknown-") and error.code != "unknown-field"
    for version in list_earlier(git, _MOST_EARLIER, SETTINGS, "vocabulary") if is_code else ():
        with suppress(UsageError, NoSuchEventError), context.snapshot(version) as earlier:
            paths = select(earlier)
            context.note(f"{error.message}; these events matched until commit "
                         f"{git.output('rev-parse', version).decode()[:SHORT]}")  # fmt: skip
            return paths
    raise error


def _paths_of_word(snapshot: Snapshot, log: Log, word: str, past: Collection[str]) -> list[str]:
    """Return the files of one id, also of one that only past commits have."""
    if snapshot.event(word) is None and word in past:
        former = snapshot.id_of_alias(word)
        return [path_of(word)] if former is None else _paths_of_word(snapshot, log, former, ())
    try:
        name = resolve_event(snapshot, word)
    except NoSuchEventError:
        begun = sorted(one for one in past if word and one.startswith(word))
        if len(begun) != 1 or snapshot.ids(word):
            raise
        return [path_of(begun[0])]
    row = snapshot.event(name)
    return _event_paths(log, row.data if row is not None else {"id": name})


def _event_paths(log: Log, event: Mapping[str, Any]) -> list[str]:
    """Return the file of an event, and those of its former ids.

    The history walk follows a rename at its commit; but a file may have been copied under its new
    name in one commit and removed in another.
    """
    former = (path_of(str(name)) for name in event.get("aliases", ()))
    paths = [path for path in former if not (log.root / path).exists()]
    return [path_of(str(event["id"])), *paths]


def commit_filter(clock: Clock, since: str | None, until: str | None) -> Callable[[Commit], bool]:
    """Return a function that returns whether a commit was written from `since` through `until`."""
    if not since and not until:
        return lambda commit: True
    first, last = parse_window(since, until, clock.today)

    def inside(commit: Commit) -> bool:
        day = commit.day(clock)
        return day is not None and first <= day.toordinal() <= last

    return inside
