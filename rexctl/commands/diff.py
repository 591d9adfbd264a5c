"""Tell in words what changed: events added, changed, retracted, renamed or removed.

With nothing asked, the working tree against the last commit; with one revision, against that one.
A..B compares two commits, A...B the second with the point at which it left the first. A query leaves
those events that answer it before or after. Text wrapped anew, keys in another order and moved parts
of lists are no change.

Examples:
  rexctl diff
  rexctl diff HEAD~1 --exit-code
  rexctl diff main type:tariff actor:US
  rexctl diff main...HEAD -f md
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from rexctl.changes import changes
from rexctl.cli import filter_events
from rexctl.cli.options import argument, format_option, option
from rexctl.errors import UnknownWordError
from rexctl.output import changes as told
from rexctl.output import notice
from rexctl.records import summary
from rexctl.registry import CHANGE_FORMATS, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.cli.context import Call
    from rexctl.gitrepo.events import Compared
    from rexctl.records import Finding
    from rexctl.store.log import Log


def run(
    call: Call,
    revision: Annotated[
        str | None, argument("[REV]", help="A commit, A..B or A...B; HEAD where none is given.",
                             kind="revision")
    ] = None,
    words: Annotated[
        list[str] | None, argument("[QUERY]...", help="Only of these events.", kind="query")
    ] = None,
    staged: Annotated[
        bool, option("--staged", help="What is staged, in place of the working tree.")
    ] = False,
    form: Annotated[
        str, format_option("text, md, json, jsonl.")
    ] = "text",
    exit_code: Annotated[
        bool, option("--exit-code", help="Exit 1 where something changed.")
    ] = False,
) -> int:  # fmt: skip
    """Compare both sides, event by event."""
    if form not in CHANGE_FORMATS:
        raise UnknownWordError("format", form, CHANGE_FORMATS, see=", ".join(CHANGE_FORMATS))
    if revision and filter_events.is_term(revision):
        words, revision = [revision, *(words or ())], None
    filter_events.demand_terms(words or (), revision or "HEAD")
    log = call.log()
    both = _compared(log, revision or "", staged=staged)
    found = changes.between(both.pairs)
    if words:
        wanted = _wanted(call, log, words, both)
        found = [change for change in found if change.event in wanted]
    call.emit(told.sheet_of(found), form, filter_events=CHANGE_FORMATS)
    notice.findings(call.located(log, _faults(both)), sys.stderr)
    call.say(summary(found) or "no event changed")
    bad = len({finding.path for finding in (*both.old_faults, *both.new_faults)})
    if bad:
        call.say(f"{bad} file{'' if bad == 1 else 's'} left out: not read on one side")
        return 6
    return 1 if exit_code and found else 0


def _compared(log: Log, revision: str, *, staged: bool) -> Compared:
    git = load("rexctl.gitrepo.run").Git(log.root)
    sides = load("rexctl.gitrepo.revisions").sides(git, revision, staged=staged)
    found: Compared = load("rexctl.gitrepo.events").compared(git, log.root, sides)
    return found


def _wanted(call: Call, log: Log, words: Sequence[str], both: Compared) -> set[str]:
    """Give the ids of the events that answer the query before or after, under the latest of their ids."""
    events = [event for pair in both.pairs for event in pair if event is not None]
    found = {str(events[turn]["id"]) for turn in filter_events.answering(call, log, words, events)}
    return found | {str(e["id"]) for e in events if not found.isdisjoint(e.get("aliases", ()))}


def _faults(both: Compared) -> list[Finding]:
    """Tell of each file that does not read on which side that is so."""
    old = [f._replace(message=f"before: {f.message}") for f in both.old_faults]
    return [*old, *(f._replace(message=f"now: {f.message}") for f in both.new_faults)]
