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

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

from rexctl.changes.changes import compare_pairs
from rexctl.cli import filter_events, selection
from rexctl.output import notice, require_format
from rexctl.records import CHANGES, changes_table, summarize_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.gitrepo.events import Compared
    from rexctl.records import Finding
    from rexctl.store.log import Log


def run(
    context: Context,
    revision: Annotated[
        str | None,
        options.argument("[REV]", values="revision", help="A commit, A..B or A...B; else HEAD."),
    ] = None,
    words: options.Query = None,
    staged: Annotated[
        bool, options.option("--staged", help="Compare what is staged, not the working tree.")
    ] = False,
    form: Annotated[str, options.format_option("text, md, json or jsonl.")] = "text",
    exit_code: Annotated[
        bool, options.option("--exit-code", help="Exit 1 where something changed.")
    ] = False,
) -> int:
    """Compare both sides, event by event, and write the changes."""
    require_format(form, CHANGES)
    if revision and selection.is_term(revision):
        words, revision = [revision, *(words or ())], None
    selection.check_terms(words or (), revision or "HEAD")
    log = context.log()
    compared = _compare(log, revision or "", staged=staged)
    changes = compare_pairs(compared.pairs)
    if words:
        matching = _matching_ids(context, words, compared)
        changes = [change for change in changes if change.event in matching]
    context.emit(changes_table(changes), form)
    notice.write_findings(context.located(log, _label_faults(compared)), sys.stderr)
    context.note(summarize_changes(changes) or "no event changed")
    unparsed = len({f.path for f in (*compared.old_faults, *compared.new_faults)})
    if unparsed:
        context.note(
            f"{unparsed} file{'' if unparsed == 1 else 's'} left out: not parsed in one version"
        )
        return 6
    return 1 if exit_code and changes else 0


def _compare(log: Log, revision: str, *, staged: bool) -> Compared:
    git = import_module("rexctl.gitrepo.run").Git(log.root)
    revisions = import_module("rexctl.gitrepo.revisions")
    comparison = revisions.parse_comparison(git, revision, staged=staged)
    compared: Compared = import_module("rexctl.gitrepo.events").read_compared(
        git, log.root, comparison
    )
    return compared


def _matching_ids(context: Context, words: Sequence[str], compared: Compared) -> set[str]:
    """Return the ids of the events that match the query before or after, old and new ones."""
    events = [event for pair in compared.pairs for event in pair if event is not None]
    ids = {str(events[n]["id"]) for n in filter_events.matching(context, words, events)}
    return ids | {str(e["id"]) for e in events if not ids.isdisjoint(e.get("aliases", ()))}


def _label_faults(compared: Compared) -> list[Finding]:
    """Return the findings of both versions, each with the version it is of."""
    old = [f._replace(message=f"before: {f.message}") for f in compared.old_faults]
    return [*old, *(f._replace(message=f"now: {f.message}") for f in compared.new_faults)]
