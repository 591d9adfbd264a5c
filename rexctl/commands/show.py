"""Show events with every field, their sources, and links in both directions.

An event is named by its id, the beginning that no other id has, or its instrument; terms of a
query select events as in list.

Examples:
  rexctl show 2025-10-09-cn-mofcom-61
  rexctl show "MOFCOM 61/2025" -f yaml
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rexctl.cli import options
from rexctl.cli.context import Context
from rexctl.cli.query_options import default_columns, emit_events, event_format, shortener
from rexctl.cli.selection import read_ids, select_ids
from rexctl.errors import NoSuchEventError, UsageError
from rexctl.model.tables import TYPES
from rexctl.records import EVENTS, Row, Table
from rexctl.snapshot.snapshot import Snapshot


def run(
    context: Context,
    words: options.Events = None,
    ids: options.Ids = None,
    form: options.Format = None,
    jsonl: options.Jsonl = False,
    output: options.Output = None,
    at: options.At = None,
    lenient: options.LenientIds = False,
    no_header: options.NoHeader = False,
    no_pager: options.NoPager = False,
) -> int:
    """Select the events and write each of them."""
    name = event_format(form, output, at, jsonl=jsonl) or ("card" if context.terminal else "jsonl")
    if not words and ids is None:
        raise UsageError("missing ID", "rexctl show --help")
    listed = None if ids is None else read_ids(context, ids)
    snapshot = context.snapshot(at)
    chosen = select_ids(snapshot, words or (), context.today, listed, lenient=lenient)
    rows = _rows(snapshot, chosen, name, context.today)
    table = Table(default_columns(name), rows, kind=EVENTS, shorten=shortener(snapshot), whole=True)
    with context.paged(no_pager=no_pager):
        emit_events(context, table, name, output or "", heading=not no_header)
    return 0


def _rows(snapshot: Snapshot, ids: list[str], form: str, today: date) -> Iterator[Row]:
    for name in ids:
        row = snapshot.event(name)
        if row is None:
            raise NoSuchEventError(name)
        if form not in ("card", "json", "jsonl", "md"):
            yield row
            continue
        computed = {
            "_links_in": snapshot.links_to(name),
            "_state": _state(snapshot, row.data, today),
        }
        data = {**row.data, **{key: value for key, value in computed.items() if value}}
        data["_v"] = data.pop("_v")  # stays the last
        yield Row(data, path=row.path) if len(data) > len(row.data) else row


def _state(snapshot: Snapshot, event: Mapping[str, Any], today: date) -> dict[str, Any] | None:
    """Return the state of an adopted measure at the end of today; None for any other event."""
    if not TYPES[str(event["type"])].measure or event["status"] != "adopted":
        return None
    from rexctl.snapshot.states import load_fold_around
    from rexctl.views import in_force

    fold = load_fold_around(snapshot, str(event["id"]))
    return in_force.state_of(fold, str(event["id"]), today.toordinal())
