"""What changed between two states of an event, or of many: told as Changes, in domain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.changes.items import quoted
from rexctl.changes.walk import Difference, differences
from rexctl.changes.whole import told
from rexctl.changes.words import sentence
from rexctl.gitrepo.renames import by_alias
from rexctl.model.words import LIFECYCLE
from rexctl.records import ADDED, CHANGED, REMOVED, RENAMED, RETRACTED, Change
from rexctl.values.prose import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Event = Mapping[str, Any]
    Pair = tuple[Event | None, Event | None]

# Weights: what may change what is in force on a day; what the event says; texts about it; and
# where that is known from.
_TERMS, _SAYS, _TEXTS, _RECORD = range(4)
_WEIGHTS = {
    "title": _TEXTS, "summary": _TEXTS, "note": _RECORD, "claims": _TEXTS, "sources": _RECORD,
    "episode": _RECORD, "tags": _RECORD, "review_by": _RECORD, "allow": _RECORD,
    "aliases": _RECORD,
}  # fmt: skip
_FORCE = ("date", "time", "tz", "status", "effective", "rates", "clauses", "confidence")
_NO_RENAMES: dict[str, str] = {}


def changes(
    before: Event | None, after: Event | None, renamed: Mapping[str, str] = _NO_RENAMES
) -> list[Change]:
    """Tell what changed from one state of an event to the other; None is no event.

    `renamed` gives the new id for each old one, so that a link which follows it is told as that.
    """
    if before is None or after is None:
        event = after or before
        return [] if event is None else [_whole(event, added=before is None)]
    found = []
    if before["id"] != after["id"]:
        found.append(_change(after, RENAMED, "id", before["id"], after["id"],
                             f"renamed from {before['id']} to {after['id']}"))  # fmt: skip
    followed, links = _followed(before, renamed)
    found += [_change(after, CHANGED, "links.to", old, new, f"link {rel} now names {new}, which was {old}",
                      _RECORD) for rel, old, new in links]  # fmt: skip
    told_of = [d for d in differences(followed, after) if not _is_rename(d, before, after)]
    if retracted := _retracted(before, after):
        found.append(retracted)
        told_of = [d for d in told_of if d.at.field not in ("confidence", "note")]
    found += [_told(difference, after) for difference in told_of]
    return sorted(found, key=lambda change: change.sort_key)


def between(pairs: Iterable[Pair], known: Mapping[str, str] = _NO_RENAMES) -> list[Change]:
    """Tell what changed in many events, the most telling event first.

    An event that went and one that came are one where the new one has the old id for an alias.
    `known` are renames beside these, as `renamed` of `changes`.
    """
    joined, renamed = _renames(list(pairs))
    each = [changes(before, after, {**known, **renamed}) for before, after in joined]
    each = [found for found in each if found]
    each.sort(key=lambda found: (found[0].sort_key, found[0].event))
    return [change for found in each for change in found]


def _renames(pairs: list[Pair]) -> tuple[list[Pair], dict[str, str]]:
    gone = {str(old["id"]): old for old, new in pairs if old is not None and new is None}
    joined: list[Pair] = []
    renamed: dict[str, str] = {}
    for old, new in pairs:
        if old is None and new is not None:
            former = by_alias(new, gone)
            if former is not None:
                renamed[former] = str(new["id"])
                old = gone.pop(former)
        elif old is not None and new is not None and old["id"] != new["id"]:
            renamed[str(old["id"])] = str(new["id"])
        if new is not None:
            joined.append((old, new))
    return [*joined, *((old, None) for old in gone.values())], renamed


def _followed(
    before: Event, renamed: Mapping[str, str]
) -> tuple[Event, list[tuple[str, str, str]]]:
    """Give the old state with its links led to the new ids, and the links this is true of."""
    found = []
    links = []
    for link in before.get("links", ()):
        new = renamed.get(str(link.get("to")))
        if new is not None:
            found.append((str(link.get("rel")), str(link["to"]), new))
            link = {**link, "to": new}
        links.append(link)
    return ({**before, "links": links} if found else before), found


def _is_rename(difference: Difference, before: Event, after: Event) -> bool:
    """Tell what follows from a rename: the id, and the old one among the aliases."""
    if before["id"] == after["id"]:
        return False
    field = difference.at.field
    return field == "id" or (field == "aliases" and difference.new == [before["id"]])


def _retracted(before: Event, after: Event) -> Change | None:
    """A retraction keeps the file: its reason is what the note says now and did not say before."""
    old, new = before.get("confidence"), after.get("confidence")
    if new != "retracted" or old == "retracted":
        return None
    known = sentences(str(before.get("note", ""))).split("\n")
    lines = sentences(str(after.get("note", ""))).split("\n")
    reason = " ".join(line for line in lines if line and line not in known)
    why = f": {quoted(reason)}" if reason else ", without a reason in its note"
    return _change(after, RETRACTED, "confidence", old, new, f"retracted{why}", _TERMS)


def _told(difference: Difference, event: Event) -> Change:
    at = difference.at
    return _change(event, CHANGED, at.field, difference.old, difference.new,
                   sentence(difference, event), _weight(difference))  # fmt: skip


def _weight(difference: Difference) -> int:
    first = difference.at.field.partition(".")[0]
    if first == "links":
        item = difference.new or difference.old
        item = item if isinstance(item, dict) else difference.at.owner
        return _TERMS if item.get("rel") in LIFECYCLE else _SAYS
    return _WEIGHTS.get(first, _TERMS if first in _FORCE else _SAYS)


def _whole(event: Event, *, added: bool) -> Change:
    kind = ADDED if added else REMOVED
    old, new = (None, dict(event)) if added else (dict(event), None)
    return _change(event, kind, "", old, new, f"{kind}: {told(event)}")


def _change(
    event: Event, kind: str, field: str, old: Any, new: Any, words: str, weight: int = _TERMS
) -> Change:  # fmt: skip
    return Change(str(event["id"]), str(event.get("title", "")), str(event.get("type", "")),
                  kind, field, old, new, words, weight)  # fmt: skip
