"""Show changes in words: events added, changed, retracted, renamed or removed.

Without a revision, the working tree is compared with the last commit; with one, with that commit.
A..B compares two commits, A...B the second with the point where it left the first. Terms keep the
events that match before or after. Rewrapped text, reordered keys and moved list items are no change.

Examples:
  rexctl diff
  rexctl diff HEAD~1 --exit-code
  rexctl diff main type:tariff actor:US
  rexctl diff main...HEAD -f md
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from rexctl.changes.changes import compare_pairs
from rexctl.cli import options, selection
from rexctl.cli.context import Context
from rexctl.cli.options import argument, format_option, option
from rexctl.gitrepo import revisions
from rexctl.gitrepo.run import Git
from rexctl.output import named_format, require_format
from rexctl.records import CHANGES, Finding, changes_table, summarize_changes
from rexctl.snapshot.commits import EventReader
from rexctl.store.log import Log

Event = dict[str, Any]
EventPair = tuple[Event | None, Event | None]
Parsed = tuple[Event | None, list[Finding]]


def run(
    context: Context,
    revision: Annotated[
        str | None, argument("[REV]", "A commit, A..B or A...B; else HEAD.", "side")
    ] = None,
    words: options.Query = None,
    staged: Annotated[bool, option("Compare what is staged, not the working tree.")] = False,
    form: Annotated[str | None, format_option("text, md, json or jsonl.")] = None,
    jsonl: options.Jsonl = False,
    ids: options.Ids = None,
    lenient: options.LenientIds = False,
    exit_code: Annotated[bool, option("Exit 1 where something changed.")] = False,
    no_pager: options.NoPager = False,
) -> int:
    """Compare both sides, event by event, and write the changes."""
    form = require_format(named_format(form, jsonl=jsonl) or "text", CHANGES)
    if revision and selection.is_term(revision):
        words, revision = [revision, *(words or ())], None
    selection.check_terms(words or (), revision or "HEAD")
    log = context.log()
    versions = _read_versions(context, log, revision or "", staged=staged)
    pairs = [(old, new) for (old, old_faults), (new, new_faults) in versions
             if not old_faults and not new_faults]  # fmt: skip
    changes = compare_pairs(pairs)
    if words:
        matching = _matching_ids(context, words, pairs)
        changes = [change for change in changes if change.event in matching]
    if ids is not None:
        named = _named_ids(context, selection.read_ids(context, ids), pairs, lenient=lenient)
        changes = [change for change in changes if change.event in named]
    faults = [*_label(version[0] for version in versions), *_label((v[1] for v in versions), "now")]
    unparsed = len({finding.path for finding in faults})
    with context.paged(no_pager=no_pager):
        context.emit(changes_table(changes), form)
        context.report(faults, log)
        context.note(summarize_changes(changes) or "no event changed")
        if unparsed:
            context.note(
                f"{unparsed} file{'' if unparsed == 1 else 's'} left out: not parsed in one version"
            )
    if unparsed:
        return 6
    return 1 if exit_code and changes else 0


def _read_versions(
    context: Context, log: Log, revision: str, *, staged: bool
) -> list[tuple[Parsed, Parsed]]:
    """Return both versions of each file that differs, each as an event or as its errors."""
    git = Git(log.root)
    before, after = revisions.parse_comparison(git, revision, staged=staged)
    events = EventReader(git, log)
    if after == revisions.WORKING_TREE:
        with context.snapshot() as snapshot:
            files = events.compare_working_tree(before, snapshot)
    else:
        files = events.compare(before, after)
    parsed = events.read(file for change in files for file in change if file)
    absent: Parsed = (None, [])
    return [(parsed[old] if old else absent, parsed[new] if new else absent) for old, new in files]


def _matching_ids(context: Context, words: Sequence[str], pairs: Sequence[EventPair]) -> set[str]:
    """Return the ids of the events that match the query before or after, old and new ones."""
    events = [event for pair in pairs for event in pair if event is not None]
    ids = {str(events[n]["id"]) for n in selection.match_events(context, words, events)}
    return ids | {str(e["id"]) for e in events if not ids.isdisjoint(e.get("aliases", ()))}


def _named_ids(
    context: Context, listed: Sequence[str], pairs: Sequence[EventPair], *, lenient: bool
) -> set[str]:
    """Return the ids that a list names: of events that differ, or of other events of the log.

    Raises NoSuchEventError.
    """
    differing = {str(event["id"]) for pair in pairs for event in pair if event is not None}
    others = [one for one in listed if one not in differing]
    with context.snapshot() as snapshot:
        found = selection.resolve_ids(snapshot, others, lenient=lenient)
    return {*(one for one in listed if one in differing), *found}


def _label(parsed: Iterable[Parsed], version: str = "before") -> list[Finding]:
    """Return the first error of each file, with the version it is of."""
    return [
        finding._replace(message=f"{version}: {finding.message}")
        for _, findings in parsed
        for finding in sorted(findings, key=lambda one: one.sort_key)[:1]
    ]
