"""Show changes in words: events added, changed, retracted, renamed or removed.

Without a revision, the working tree is compared with the last commit; with one, with that commit.
A..B compares two commits, A...B the second with the point where it left the first. Terms keep the
events that match before or after. The first lines count the changes and say what they do to what is
in force. Rewrapped text, reordered keys and moved list items are no change.
`rexctl help review` explains the sections and what to check; -f github annotates the files with it.

Examples:
  rexctl diff
  rexctl diff HEAD~1 --exit-code
  rexctl diff main type:tariff actor:US
  rexctl diff main --field rates
  rexctl diff main...HEAD -f md --link-base https://github.com/owner/repo/blob/main
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from rexctl.changes.changes import can_change_state, compare_pairs, narrow
from rexctl.changes.doubts import find_doubts
from rexctl.changes.report import headings, layout_changes
from rexctl.cli import options, selection
from rexctl.cli.context import Context, OutputOptions
from rexctl.cli.options import argument, option
from rexctl.cli.query_options import stored_field
from rexctl.errors import UsageError, bad_value
from rexctl.gitrepo import revisions, trees
from rexctl.gitrepo.run import Git
from rexctl.output import formats_of
from rexctl.records import (
    ADDED,
    CHANGES,
    ERROR,
    LAYOUT,
    RENAMED,
    ROWS,
    WARNING,
    Change,
    Finding,
    changes_by_event,
    changes_table,
    findings_table,
)
from rexctl.snapshot.commits import EventReader
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.layout import path_of
from rexctl.store.log import Log
from rexctl.values.text import count_of

_MOST_CHECKED = 50  # new events; for more than that, run `check`

Event = dict[str, Any]
EventPair = tuple[Event | None, Event | None]
Parsed = tuple[Event | None, list[Finding]]


def run(
    context: Context,
    revision: Annotated[
        str | None,
        argument("[REV]", "A commit, the end of a day, A..B or A...B; else HEAD.", "side"),
    ] = None,
    words: options.Query = None,
    staged: Annotated[bool, option("Compare what is staged, not the working tree.")] = False,
    field: Annotated[str | None, option("Show only changes to this field.", "fields")] = None,
    stat: Annotated[bool, option("Show a line for each event: the fields that changed.")] = False,
    every: Annotated[
        bool, option("List each event, also those that change alike.", long="--all")
    ] = False,
    link_base: Annotated[
        str | None,
        option("Begin the links of Markdown with this address of the repository.", "URL"),
    ] = None,
    ids: options.Ids = None,
    lenient: options.LenientIds = False,
    exit_code: Annotated[bool, option("Exit 1 where something changed.")] = False,
    *,
    output_options: OutputOptions = OutputOptions(formats_of(CHANGES)),
) -> int:
    """Compare both sides, event by event, and write the changes."""
    if stat:
        output_options.formats, output_options.default = formats_of(ROWS), "table"
    form = output_options.form(context)
    field_name = stored_field(field)
    base = _link_base(link_base)
    log = context.log()
    git = Git(log.root)
    if revision and (selection.is_term(revision) or (
            selection.is_id_like(revision) and revision not in revisions.list_refs(git))):  # fmt: skip
        words, revision = [revision, *(words or ())], None
    listed = [] if ids is None else selection.read_ids(context, ids)
    listed += filter(selection.is_id_like, words or ())
    words = [word for word in words or () if word not in listed]
    selection.check_terms(words, revision or "HEAD")
    before, after = revisions.parse_comparison(git, revision or "", context.clock, staged=staged)
    versions = _read_versions(context, log, git, before, after)
    pairs = [(old, new) for (old, old_faults), (new, new_faults) in versions
             if not old_faults and not new_faults]  # fmt: skip
    changes = compare_pairs(pairs)
    renamed = {change.old: change.new for change in changes if change.kind == RENAMED}
    changes += layout_changes(pairs, changes)
    if field_name:
        changes = [one for change in changes for one in narrow(change, field_name)]
    matching = _matching_ids(context, git, words, pairs, (before, after)) if words else None
    if listed or ids is not None:
        named = _named_ids(context, listed, pairs, lenient=lenient)
        matching = named if matching is None else matching & named
    if matching is not None:
        changes = [change for change in changes if change.event in matching]
        names = matching | {old for old, new in renamed.items() if new in matching}
        pairs = [pair for pair in pairs
                 if any(event and str(event["id"]) in names for event in pair)]  # fmt: skip
    effect, states = "", list[Change]()
    if not field_name:
        effect, states = _find_effect(context, pairs, renamed, after)
    faults = [*_label(version[0] for version in versions), *_label((v[1] for v in versions), "now")]
    unparsed = len({finding.path for finding in faults})
    doubts = {} if field_name else find_doubts(changes, pairs)
    for name, reason in () if field_name else _check_added(context, changes, after):
        doubts.setdefault(name, []).append(reason)
    lines = headings(changes, effect, doubts)
    heading = lines if form in ("text", "md", "github") and not stat else ()
    table = changes_table([*states, *changes], sections=True, every=every, heading=heading)
    if form == "github":
        table = findings_table(
            Finding("check-this", reason, log.shown(path_of(name)), level=WARNING, event=name)
            for name, reasons in doubts.items() for reason in reasons
        )  # fmt: skip
    with context.paged(no_pager=output_options.no_pager):
        context.emit(changes_by_event(changes) if stat else table, form,
                     link_base=base and base + quote(git.prefix))  # fmt: skip
        context.report(faults, log)
        if not heading:
            context.note("\n".join(lines) or "no event changed")
        if unparsed:
            context.note(f"{count_of(unparsed, 'file')} left out: not parsed in one version")
    if unparsed:
        return 6
    return 1 if exit_code and any(change.kind != LAYOUT for change in changes) else 0


def _find_effect(
    context: Context, pairs: Sequence[EventPair], renamed: Mapping[str, str], version: str
) -> tuple[str, list[Change]]:
    """Return what changes that lead to a version do to what is in force, as `find_effect` does."""
    if not any(can_change_state(*pair) for pair in pairs):
        return "", []
    from rexctl.changes.effect import find_effect

    with _open_version(context, version) as snapshot:
        return find_effect(snapshot, pairs, context.today, renamed)


def _check_added(
    context: Context, changes: Sequence[Change], version: str
) -> Iterator[tuple[str, str]]:
    """Yield the id of each event that was added, with an error or a warning of `check` about it."""
    added = [change.new for change in changes if change.kind == ADDED]
    if not 0 < len(added) <= _MOST_CHECKED:
        return
    from rexctl.checks.context import check_new_events

    with _open_version(context, version) as snapshot:
        paths = {snapshot.path_of(str(event["id"])) or "": event for event in added}
        files = {path: data for path in paths if isinstance(data := snapshot.read(path), bytes)}
        events = [paths[path] for path in files]
        findings = check_new_events(snapshot, snapshot.vocabulary, events, files, context.today)
    names = {path: str(event["id"]) for path, event in paths.items()}
    for finding in findings:
        if finding.level in (ERROR, WARNING) and finding.path in names:
            yield names[finding.path], f"{finding.message} ({finding.code})"


def _open_version(context: Context, version: str) -> Snapshot:
    at = None if version in (revisions.WORKING_TREE, revisions.STAGED) else version
    return context.snapshot(at, staged=version == revisions.STAGED)


def _link_base(text: str | None) -> str:
    """Return the address with which links begin. Raises UsageError."""
    if not text:
        return ""
    if not re.fullmatch(r"https?://[^\s<>()\\]+", text):
        raise bad_value(f"--link-base {text}", "not an address",
                            "write https://github.com/owner/repo/blob/main, for example")  # fmt: skip
    return text.rstrip("/") + "/"


def _read_versions(
    context: Context, log: Log, git: Git, before: str, after: str
) -> list[tuple[Parsed, Parsed]]:
    """Return both versions of each file that differs, each as an event or as its errors."""
    events = EventReader(git, log)
    if after == revisions.WORKING_TREE:
        with context.snapshot() as snapshot:
            files = events.compare_working_tree(before, snapshot)
    else:
        files = events.compare(before, after)
    parsed = events.read(file for change in files for file in change if file)
    absent: Parsed = (None, [])
    return [(parsed[old] if old else absent, parsed[new] if new else absent) for old, new in files]


def _matching_ids(
    context: Context, git: Git, words: Sequence[str], pairs: Sequence[EventPair],
    versions: Sequence[str],
) -> set[str]:  # fmt: skip
    """Return the ids of the events that match the query before or after, old and new ones.

    Each version is asked with the codes and names that it has. Raises UsageError for a code that
    neither has.
    """
    ids: set[str] = set()
    faults = []
    sides = {version: [pair[n] for pair in pairs] for n, version in enumerate(versions)}
    settings = {trees.list_settings(git, version) for version in versions}
    if len(settings) == 1 and None not in settings:  # one snapshot of 10,000 files takes 0.15 s
        sides = {versions[1]: [event for events in sides.values() for event in events]}
    for version, events in sides.items():
        try:
            with _open_version(context, version) as known:
                ids |= selection.match_events(known, words, filter(None, events), context.today)
        except UsageError as error:
            faults.append(error)
    if len(faults) == len(sides):
        raise faults[-1]
    every = (event for pair in pairs for event in pair if event is not None)
    return ids | {str(e["id"]) for e in every if not ids.isdisjoint(e.get("aliases", ()))}


def _named_ids(
    context: Context, listed: Sequence[str], pairs: Sequence[EventPair], *, lenient: bool
) -> set[str]:
    """Return the ids that a list names: of events that differ, or of other events of the log.

    Raises NoSuchEventError.
    """
    differing = {str(event["id"]) for pair in pairs for event in pair if event is not None}
    with context.snapshot() as snapshot:
        others = [one for one in listed if one not in differing]
        matches = selection.resolve_ids(snapshot, others, lenient=lenient)
    return {*differing.intersection(listed), *matches}


def _label(parsed: Iterable[Parsed], version: str = "before") -> list[Finding]:
    """Return the first error of each file, with the version it is of."""
    return [
        finding._replace(message=f"{version}: {finding.message}")
        for _, findings in parsed
        for finding in sorted(findings, key=lambda one: one.sort_key)[:1]
    ]
