"""Look for what is amiss around the log, and name the command that mends it.

Example: rexctl doctor
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

from rexctl import registry
from rexctl.cli.options import format_option
from rexctl.errors import UnknownWordError
from rexctl.index import select
from rexctl.merge import setup
from rexctl.records import Row, Sheet
from rexctl.store import leftovers, starting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.cli.context import Call
    from rexctl.index.tables import Index
    from rexctl.store.log import Log

Line = tuple[str, str, str]  # what was looked at, how it stands, what mends it

_FORMATS = ("text", "json", "jsonl")


def run(
    call: Call,
    form: Annotated[str, format_option("text, json, jsonl.")] = "text",
) -> int:  # fmt: skip
    """Look at each thing, and tell how it stands."""
    if form not in _FORMATS:
        raise UnknownWordError("format", form, _FORMATS, see=", ".join(_FORMATS))
    log = call.log()
    index = call.index(log)
    lines = list(_lines(call, log, index))
    if form != "text":
        rows = [Row({"what": a, "state": b, **({"mend": c} if c else {})}) for a, b, c in lines]
        call.emit(Sheet(("what", "state", "mend"), rows, caption="things"), form)
    else:
        for what, state, mend in lines:
            call.emit_text(f"{what:<9} {state}" + (f"\n{'':<9} mend: {mend}" if mend else ""))
    return 1 if any(mend for _, _, mend in lines) else 0


def _lines(call: Call, log: Log, index: Index) -> Iterator[Line]:
    yield "log", str(log.root), ""
    if not os.access(log.root, os.W_OK):
        yield "rights", "the log can be read and not written", f"chmod u+w {log.root}"
    bad = {finding.path for finding in select.bad_files(index)}
    yield (
        "events",
        f"{select.total(index)} good files, {len(bad)} bad",
        "rexctl check" if bad else "",
    )
    if index.stored:
        yield "index", str(index.path), ""
    else:
        yield "index", "in memory at every call: the cache cannot be used", "set REXCTL_CACHE"
    yield from (("made", what, fix) for what, fix in starting.stale(log.root))
    for finding in leftovers.findings(log.root):
        yield "files", finding.message, finding.hint
    yield from _git(log)
    zones = registry.standard("zoneinfo").available_timezones()
    yield "zones", f"{len(zones)} time zones known", "" if zones else "pip install tzdata"


def _git(log: Log) -> Iterator[Line]:
    """Report what git lacks to keep the history of the log; nothing outside of a repository."""
    if fault := setup.no_program(log.root):
        yield "git", fault.message, fault.hint
        return
    if not setup.in_repository(log.root):
        return
    refused = setup.unreadable_attributes(log.root)
    yield from (("git", f"{one.path}: {one.message}", one.hint) for one in refused)
    if not refused:
        lacking = list(setup.missing(log.root))
        yield from (("git", what, "rexctl git setup") for what in lacking)
        if not lacking:
            yield "git", "merges events by field", ""
