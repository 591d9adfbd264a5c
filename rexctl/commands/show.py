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
from rexctl.cli.context import Context, OutputOptions
from rexctl.cli.query_options import (
    default_columns,
    emit_events,
    fields_named,
    require_files,
    shortener,
)
from rexctl.cli.selection import select_ids
from rexctl.errors import EnvironmentFaultError, NoSuchEventError
from rexctl.model.tables import TYPES
from rexctl.output import formats_of
from rexctl.records import EVENTS, Row, Table
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.layout import path_of
from rexctl.store.log import Log, find_repository
from rexctl.values.codes import is_id

# The formats that show states and links from other events.
_COMPUTING = frozenset({"card", "json", "jsonl", "md"})


def run(
    context: Context,
    words: options.Events = None,
    ids: options.Ids = None,
    fields: options.Fields = None,
    output: options.Output = None,
    at: options.At = None,
    lenient: options.LenientIds = False,
    *,
    output_options: OutputOptions = OutputOptions(formats_of(EVENTS), "card"),
) -> int:
    """Select the events and write each of them."""
    form = require_files(output_options.form(context, output), at)
    columns = fields_named(fields)
    snapshot, log = context.snapshot(at), context.log()
    try:
        selection = select_ids(context, snapshot, words, ids, lenient=lenient)
    except NoSuchEventError as error:
        for one in error.errors or (error,):
            if at is None and isinstance(one, NoSuchEventError):
                one.hint = _how_to_restore(log, one.text) or one.hint
        raise
    unparsed = [path_of(one) for one in selection if snapshot.event(one) is None]
    selection = [one for one in selection if path_of(one) not in unparsed]
    rows = _rows(snapshot, selection, context.today, computed=form in _COMPUTING or bool(columns))
    table = Table(columns or default_columns(form), rows, chosen=bool(columns), kind=EVENTS,
                  shorten=shortener(snapshot), whole=True)  # fmt: skip
    with context.paged(no_pager=output_options.no_pager):
        emit_events(context, table, form, output or "", heading=not output_options.no_header)
    faults = [one._replace(path=path) for path in unparsed for one in snapshot.parsed(path)[1]]
    context.report(
        one._replace(path=snapshot.shown(one.path))
        for one in context.conflicts_in_words(faults, snapshot.read)
    )
    copies = {name: paths for name, paths in snapshot.copies().items() if name in selection}
    return 6 if context.note_copies(copies) or faults else 0


def _how_to_restore(log: Log, text: str) -> str:
    """Return when the event of an id was deleted, and the command that brings it back; "" if never."""
    if not is_id(text) or find_repository(log.root) is None:
        return ""
    from rexctl.gitrepo.commits import SHORT, find_deletion
    from rexctl.gitrepo.run import Git

    try:
        deletion = find_deletion(Git(log.root), path_of(text))
    except EnvironmentFaultError:
        return ""
    if deletion is None:
        return ""
    source, commit = deletion
    about = f"{commit.date[:10]}, {commit.author}: {commit.subject}"
    where = f"in commit {commit.hash[:SHORT]} ({about})" if commit.hash else "since the last commit"
    command = log.git_command(f"restore --source={source[:SHORT]}", path_of(text))
    return f"it was deleted {where}; this brings it back:\n{command}"


def _rows(snapshot: Snapshot, ids: list[str], today: date, *, computed: bool) -> Iterator[Row]:
    for name in ids:
        row = snapshot.event(name)
        if row is None:
            raise NoSuchEventError(name)
        if not computed:
            yield row
            continue
        links, state = snapshot.links_to(name), _state(snapshot, row.data, today)
        more = {"_links_in": links, "_state": state}
        data = {**row.data, **{key: value for key, value in more.items() if value}}
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
