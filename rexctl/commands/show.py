"""Show events whole: every field, sources, and links both ways.

An id may be shortened to a beginning that no other id has.

Examples:
  rexctl show 2025-10-09-cn-mofcom-61
  rexctl show 2025-10-09-cn-mofcom-61 -f yaml
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rexctl.cli.options import argument, at_option, option
from rexctl.cli.query_options import demand_files
from rexctl.errors import NoSuchEventError, UsageError
from rexctl.index import select
from rexctl.output import format_from_suffix, require_format
from rexctl.records import EVENTS, Row, Table
from rexctl.store import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.cli.context import Call
    from rexctl.index.tables import Index


def run(
    call: Call,
    ids: Annotated[
        list[str],
        argument("ID...", help="Ids, or their beginnings.",
                       kind="id"),
    ],
    form: Annotated[
        str | None,
        option("-f", "--format", metavar="FORMAT", help="card, yaml, json, jsonl, md, ...",
                     kind="format"),
    ] = None,
    jsonl: Annotated[bool, option("-j", "--jsonl", help="The same as -f jsonl.")] = False,
    output: Annotated[
        str | None, option("-o", "--output", metavar="FILE", help="Into this file.")
    ] = None,
    at: Annotated[str | None, at_option()] = None,
) -> int:  # fmt: skip
    """Find each event, and show it."""
    if jsonl and form not in (None, "jsonl"):
        raise UsageError("-j and -f ask for two formats", "keep one")
    name = "jsonl" if jsonl else form
    if name:
        require_format(name, EVENTS)
    if not name:
        by_place = "card" if call.terminal else "jsonl"
        name = format_from_suffix(output) if output else by_place
    demand_files(name, at)
    index = call.index(call.log_at(at))
    found = [names.meant(index, given) for given in ids]
    sheet = Table(("id", "type", "status", "title"), _rows(index, found, name), kind="events")
    call.emit(sheet, name, output or "")
    return 0


def _rows(index: Index, ids: list[str], form: str) -> Iterator[Row]:
    for name in ids:
        row = select.by_id(index, name)
        if row is None:
            raise NoSuchEventError(name)
        links = select.backlinks(index, name)
        if form in ("card", "json", "jsonl") and links:
            data = {k: v for k, v in row.data.items() if k != "_v"}
            yield Row({**data, "_links_in": links, "_v": row.data["_v"]}, path=row.path)
        else:
            yield row
