"""Link one event to another: how it bears on it, and who says so.

Examples:
  rexctl link 2025-11-07-cn-mofcom-70 suspends 2025-10-09-cn-mofcom-61
  rexctl link 2025-10-10-us-duty-threat responds-to 2025-10-09-cn-mofcom-61 --asserted-by US
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rexctl.cli.change_events import Altering
from rexctl.cli.options import argument, only_shown, option
from rexctl.errors import NoSuchEventError, unknown_name
from rexctl.model.words import RELATIONS
from rexctl.store import names

if TYPE_CHECKING:
    from rexctl.cli.context import Call

    Plain = dict[str, Any]


def run(
    call: Call,
    event: Annotated[str, argument("ID", help="The event that gets the link.", kind="id")],
    rel: Annotated[str, argument("REL", help="How it bears on the other one: suspends, responds-to, ...")],
    to: Annotated[str, argument("ID", help="The other event.", kind="id")],
    clause: Annotated[
        str | None, option("--clause", metavar="CLAUSE", help="Only this clause of the other event.")
    ] = None,
    via: Annotated[
        str | None, option("--via", metavar="CLAUSE", help="The clause of this act that does it.")
    ] = None,
    asserted_by: Annotated[
        list[str] | None, option("--asserted-by", metavar="CODE", help="Who says so.", kind="actor")
    ] = None,
    disputed_by: Annotated[
        list[str] | None, option("--disputed-by", metavar="CODE", help="Who denies it.", kind="actor")
    ] = None,
    dry_run: Annotated[bool, only_shown()] = False,
) -> int:  # fmt: skip
    """Add the link, once."""
    if rel not in RELATIONS:
        raise unknown_name("relation", rel, RELATIONS, see=", ".join(RELATIONS))
    altering = Altering(call)
    target = names.meant(altering.index, to)
    link: Plain = {"rel": rel, "to": target}
    link |= {key: value for key, value in (("clause", clause), ("via", via)) if value}
    link |= {
        key: value
        for key, value in (("asserted_by", asserted_by), ("disputed_by", disputed_by))
        if value
    }
    if lacking := names.lacks_clause(altering.index, link):
        raise NoSuchEventError(f"{target}#{clause}", hint=lacking)

    def alter(data: Plain) -> Plain:
        links = data.get("links", [])
        return data if link in links else {**data, "links": [*links, link]}

    change = altering.altered(altering.path(event), alter)
    return altering.finish([change], dry_run=dry_run, yes=True)
