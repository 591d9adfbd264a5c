"""Look for what is amiss around the log, and name the command that mends it.

Example: rexctl doctor
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

from rexctl import registry
from rexctl.cli.options import format_option
from rexctl.errors import unknown_name
from rexctl.index import select
from rexctl.merge import setup
from rexctl.records import Row, Table
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
        raise unknown_name("format", form, _FORMATS, see=", ".join(_FORMATS))
    log = call.log()
    index = call.index(log)
    lines = list(_lines(call, log, index))
    if form != "text":
        rows = [Row({"what": a, "state": b, **({"mend": c} if c else {})}) for a, b, c in lines]
        call.emit(Table(("what", "state", "mend"), rows), form)
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
    stale = [path for path, text in starting.generated() if _read(log, path) != text]
    for path in stale:
        yield "made", f"{path} is missing or old", "rexctl init --refresh"
    for finding in leftovers.findings(log.root):
        yield "files", finding.message, finding.hint
    yield from _git(log)
    zones = registry.standard("zoneinfo").available_timezones()
    yield "zones", f"{len(zones)} time zones known", "" if zones else "pip install tzdata"


def _git(log: Log) -> Iterator[Line]:
    """Tell how git stands to the log; nothing, where it keeps no history of it."""
    if setup.in_repository(log.root):
        lacking = list(setup.missing(log.root))
        yield from (("git", what, "rexctl git setup") for what in lacking)
        if not lacking:
            yield "git", "merges events by field", ""


def _read(log: Log, path: str) -> str:
    try:
        return (log.root / path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
