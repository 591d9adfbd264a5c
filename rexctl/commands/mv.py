"""Give an event another id: its file is renamed, every link to it follows, the old id stays an alias.

Examples:
  rexctl mv 2025-10-10-us-duty-threat 2025-10-10-us-president-100-percent-duty-threat
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rexctl.cli.change_events import Altering
from rexctl.cli.options import argument, only_shown
from rexctl.errors import BadValueError
from rexctl.index import select
from rexctl.store import layout, names
from rexctl.store.safe_open import read_bytes

if TYPE_CHECKING:
    from rexctl.cli.context import Call

    Plain = dict[str, Any]


def run(
    call: Call,
    event: Annotated[str, argument("ID", help="The event.", kind="id")],
    new: Annotated[str, argument("NEWID", help="Its id from now on.")],
    dry_run: Annotated[bool, only_shown()] = False,
) -> int:  # fmt: skip
    """Rename the file and rewrite the links, all or nothing."""
    if why := layout.why_not_id(new):
        raise BadValueError(new, why)
    altering = Altering(call)
    path = altering.path(event)
    old = str(layout.id_of(path))
    if old == new:
        call.say("nothing changes")
        return 0

    def renamed(data: Plain) -> Plain:
        former = [one for one in data.get("aliases", []) if one != new]
        return _led(data, old, new) | {"id": new, "aliases": [*former, old]}

    main = altering.altered(path, renamed)
    there = layout.path_of(new)
    # A killed rename leaves the new file beside the old one: the same command finishes it.
    begun = read_bytes(altering.log.root / there, there) == main.new
    if not begun:
        names.demand_free(altering.log.root, altering.index, new)
    linking = {str(link["from"]) for link in select.backlinks(altering.index, old)} - {old}
    others = [altering.altered(layout.path_of(one), lambda data: _led(data, old, new))
              for one in sorted(linking)]  # fmt: skip
    todo = [one for one in others if one.is_other]
    altering.show([main, *todo], {old: new})
    if dry_run:
        call.say(f"{1 + len(todo)} would change; nothing written")
        return 0
    altering.put([(there, None, main.new), *((one.path, one.old, one.new) for one in todo),
                  (path, main.old, None)], written=int(begun))  # fmt: skip
    altering.settled()
    for one in _unreadable(altering, old):
        call.say(
            f"{one}: has errors; its link to {old} was not rewritten, and {old} stays an alias"
        )
    call.say(f"renamed, and {len(todo)} linked events with it" if todo else "renamed")
    return 0


def _unreadable(altering: Altering, old: str) -> list[str]:
    """Return the path of each file with errors that names the old id."""
    root = altering.log.root
    paths = sorted({finding.path for finding in select.bad_files(altering.index)})
    texts = {path: read_bytes(root / path, path) for path in paths}
    return [altering.log.shown(path) for path, text in texts.items()
            if isinstance(text, bytes) and old.encode() in text]  # fmt: skip


def _led(data: Plain, old: str, new: str) -> Plain:
    """Give an event whose links to the old id lead to the new one."""
    if "links" not in data:
        return data
    return {
        **data,
        "links": [{**link, "to": new} if link.get("to") == old else link for link in data["links"]],
    }
