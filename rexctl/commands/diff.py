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

from rexctl.changes.changes import compare_pairs
from rexctl.cli import filter_events
from rexctl.cli.options import argument, format_option, option
from rexctl.errors import UnknownWordError
from rexctl.output import changes as output
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
    """Show the events that differ between the two versions."""
    if form not in CHANGE_FORMATS:
        raise UnknownWordError("format", form, CHANGE_FORMATS, see=", ".join(CHANGE_FORMATS))
    if revision and filter_events.is_term(revision):
        words, revision = [revision, *(words or ())], None
    filter_events.demand_terms(words or (), revision or "HEAD")
    log = call.log()
    compared = _compare(log, revision or "", staged=staged)
    changes = compare_pairs(compared.pairs)
    if words:
        matching = _matching_ids(call, log, words, compared)
        changes = [change for change in changes if change.event in matching]
    call.emit(output.sheet_of(changes), form, among=CHANGE_FORMATS)
    notice.findings(call.located(log, _label_faults(compared)), sys.stderr)
    call.say(summary(changes) or "no event changed")
    unparsed = len({f.path for f in (*compared.old_faults, *compared.new_faults)})
    if unparsed:
        call.say(
            f"{unparsed} file{'' if unparsed == 1 else 's'} left out: not parsed in one version"
        )
        return 6
    return 1 if exit_code and changes else 0


def _compare(log: Log, revision: str, *, staged: bool) -> Compared:
    git = load("rexctl.gitrepo.run").Git(log.root)
    comparison = load("rexctl.gitrepo.revisions").parse_comparison(git, revision, staged=staged)
    vocabularies = load("rexctl.gitrepo.vocabularies").of_sides(git, log.root, comparison)
    compared: Compared = load("rexctl.gitrepo.events").read_compared(
        git, log.root, comparison, vocabularies
    )
    return compared


def _matching_ids(call: Call, log: Log, words: Sequence[str], compared: Compared) -> set[str]:
    """Return the ids of the events that match the query before or after, old and new ones."""
    events = [event for pair in compared.pairs for event in pair if event is not None]
    ids = {str(events[n]["id"]) for n in filter_events.answering(call, log, words, events)}
    return ids | {str(e["id"]) for e in events if not ids.isdisjoint(e.get("aliases", ()))}


def _label_faults(compared: Compared) -> list[Finding]:
    """Return the findings of both versions, each with the version it is of."""
    old = [f._replace(message=f"before: {f.message}") for f in compared.old_faults]
    return [*old, *(f._replace(message=f"now: {f.message}") for f in compared.new_faults)]
