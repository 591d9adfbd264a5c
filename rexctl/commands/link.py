"""Link one event to another: the relation between them, and who asserts it.

A link that is there already gets the clause and the names that it lacks. With --ids, the events of
the file are linked, and no first EVENT is given.

Examples:
  rexctl link 2025-11-07-cn-mofcom-70 suspends 2025-10-09-cn-mofcom-61
  rexctl link 2025-10-10-us-duty-threat responds-to "MOFCOM 61/2025" --asserted-by US
  rexctl list tag:truce -f id | rexctl link --ids - part-of 2025-10-30-us-cn-truce
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.edit_events import EventEditor, Plain
from rexctl.cli.options import DryRun, Event, Ids, LenientIds, Texts, Yes, argument, option
from rexctl.cli.selection import resolve_event
from rexctl.errors import NoSuchEventError, UsageError, bad_value, require_name
from rexctl.model.tables import RELATIONS
from rexctl.snapshot.ids import missing_clause


def run(
    context: Context,
    event: Event,
    rel: Annotated[str, argument("REL", "The relation: suspends, responds-to and so on.", "rel")],
    to: Annotated[str | None, argument("EVENT", "The other event, or EVENT#CLAUSE.", "id")] = None,
    clause: Annotated[
        str | None, option("Link to this clause of the other event.", "clause")
    ] = None,
    via: Annotated[str | None, option("Name the clause of this event that acts.", "via")] = None,
    asserted_by: Annotated[Texts, option("Who asserts it.", "actor")] = None,
    disputed_by: Annotated[Texts, option("Who denies it.", "actor")] = None,
    ids: Ids = None,
    lenient: LenientIds = False,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> int:
    """Add the link, or complete one that is there."""
    events = [event]
    if to is None:
        if ids is None:
            raise UsageError("missing EVENT", "write EVENT REL EVENT")
        events, rel, to = [], event, rel
    require_name("relation", rel, RELATIONS, see=f"write one of {', '.join(RELATIONS)}")
    editor = EventEditor(context)
    target_text, _, target_clause = to.partition("#")
    target = resolve_event(editor.snapshot, target_text)
    link: Plain = {"rel": rel, "to": target}
    optional = {"clause": clause or target_clause, "via": via, "asserted_by": asserted_by,
                "disputed_by": disputed_by}  # fmt: skip
    link |= {key: value for key, value in optional.items() if value}
    if lacking := missing_clause(editor.snapshot, link):
        raise NoSuchEventError(f"{target}#{link['clause']}", hint=lacking)

    def change(data: Plain) -> Plain:
        if data.get("id") == target:
            raise bad_value(target, "cannot be linked to itself", "name another event")
        return {**data, "links": add_link(data.get("links", []), link)}

    return editor.change(events, ids, change, dry_run=dry_run, yes=yes, lenient=lenient)


def add_link(links: list[Plain], link: Plain) -> list[Plain]:
    """Return the links with one more, or with what an existing link to the same end lacks.

    Two links have the same end where relation, event, clause and `via` are equal or left out.
    """
    for number, one in enumerate(links):
        same = one["rel"] == link["rel"] and one.get("to") == link["to"]
        if same and all(one.get(key, link.get(key)) == link.get(key, one.get(key))
                        for key in ("clause", "via")):  # fmt: skip
            merged = {**one, **link}
            for key in ("asserted_by", "disputed_by"):
                actors = [*one.get(key, ()), *link.get(key, ())]
                merged |= {key: list(dict.fromkeys(actors))} if actors else {}
            return [*links[:number], merged, *links[number + 1 :]]
    return [*links, link]
