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

from rexctl.changes import changes
from rexctl.cli import filter_events, selection
from rexctl.errors import UnknownWordError
from rexctl.output import CHANGE_FORMATS, notice
from rexctl.output import changes as told
from rexctl.records import summary

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
    if form not in CHANGE_FORMATS:
        raise UnknownWordError("format", form, CHANGE_FORMATS, see=", ".join(CHANGE_FORMATS))
    if revision and selection.is_term(revision):
        words, revision = [revision, *(words or ())], None
    selection.check_terms(words or (), revision or "HEAD")
    log = context.log()
    both = _compared(log, revision or "", staged=staged)
    found = changes.between(both.pairs)
    if words:
        wanted = _wanted(context, log, words, both)
        found = [change for change in found if change.event in wanted]
    context.emit(told.sheet_of(found), form, formats=CHANGE_FORMATS)
    notice.findings(context.located(log, _faults(both)), sys.stderr)
    context.note(summary(found) or "no event changed")
    bad = len({finding.path for finding in (*both.old_faults, *both.new_faults)})
    if bad:
        context.note(f"{bad} file{'' if bad == 1 else 's'} left out: not read on one side")
        return 6
    return 1 if exit_code and found else 0


def _compared(log: Log, revision: str, *, staged: bool) -> Compared:
    git = import_module("rexctl.gitrepo.run").Git(log.root)
    sides = import_module("rexctl.gitrepo.revisions").sides(git, revision, staged=staged)
    by = import_module("rexctl.gitrepo.vocabularies").of_sides(git, log.root, sides)
    found: Compared = import_module("rexctl.gitrepo.events").compared(git, log.root, sides, by)
    return found


def _wanted(context: Context, log: Log, words: Sequence[str], both: Compared) -> set[str]:
    """Give the ids of the events that answer the query before or after, under the latest of their ids."""
    events = [event for pair in both.pairs for event in pair if event is not None]
    found = {
        str(events[turn]["id"]) for turn in filter_events.answering(context, log, words, events)
    }
    return found | {str(e["id"]) for e in events if not found.isdisjoint(e.get("aliases", ()))}


def _faults(both: Compared) -> list[Finding]:
    """Tell of each file that does not read on which side that is so."""
    old = [f._replace(message=f"before: {f.message}") for f in both.old_faults]
    return [*old, *(f._replace(message=f"now: {f.message}") for f in both.new_faults)]
