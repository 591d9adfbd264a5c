"""What changed between versions of events, as Changes with a sentence each; and which were renamed."""

from collections.abc import Iterable, Mapping
from typing import Any

from rexctl.changes.differences import Difference, find_differences
from rexctl.changes.phrases import describe_event, quote
from rexctl.changes.sentences import describe_difference
from rexctl.model.tables import LIFECYCLE
from rexctl.records import ADDED, CHANGED, REMOVED, RENAMED, RETRACTED, Change
from rexctl.values.prose import format_prose

Event = Mapping[str, Any]
EventPair = tuple[Event | None, Event | None]

# Weights, the heaviest first: what may change what is in force on a day; what the event says; texts
# about it; and where that is known from.
_TERMS, _STATEMENT, _TEXT, _RECORD = range(4)
_WEIGHTS = {
    "title": _TEXT, "summary": _TEXT, "note": _RECORD, "claims": _TEXT, "sources": _RECORD,
    "episode": _RECORD, "tags": _RECORD, "review_by": _RECORD, "allow": _RECORD,
    "aliases": _RECORD,
    **dict.fromkeys(("date", "time", "tz", "status", "effective", "rates", "clauses", "confidence"),
                    _TERMS),
}  # fmt: skip


def compare_events(
    before: Event | None, after: Event | None, renamed: Mapping[str, str] = {}
) -> list[Change]:
    """Return what changed from one version of an event to the other, the heaviest change first.

    None is no event. `renamed` has the new ids by the old ones: a link that follows a rename is
    described as that.
    """
    if before is None or after is None:
        if (event := after or before) is None:
            return []
        kind = ADDED if before is None else REMOVED
        old, new = (dict(side) if side else None for side in (before, after))
        return [make_change(event, kind, "", old, new, f"{kind}: {describe_event(event)}")]
    changes = []
    if before["id"] != after["id"]:
        changes.append(make_change(after, RENAMED, "id", before["id"], after["id"],
                               f"renamed from {before['id']} to {after['id']}"))  # fmt: skip
    followed, links = _follow_renames(before, renamed)
    changes += [
        make_change(after, CHANGED, "links.to", old, new,
                f"link {rel} now names {new}, which was {old}", _RECORD)
        for rel, old, new in links
    ]  # fmt: skip
    differences = [
        difference for difference in find_differences(followed, after)
        if not _follows_from_rename(difference, before, after)
    ]  # fmt: skip
    if retraction := _retraction(before, after):
        changes.append(retraction)
        differences = [d for d in differences if d.location.field not in ("confidence", "note")]
    changes += [_field_change(difference, after) for difference in differences]
    return sorted(changes, key=lambda change: change.sort_key)


def compare_pairs(pairs: Iterable[EventPair], renamed: Mapping[str, str] = {}) -> list[Change]:
    """Return what changed in many events, the event with the heaviest change first.

    A removed and an added event are one where the new one has the old id, or has it as an alias.
    `renamed` has further renames, as in `compare_events`.
    """
    joined, found = _join_renamed(list(pairs))
    renamed = {**renamed, **found}
    groups = [compare_events(before, after, renamed) for before, after in joined]
    groups = [group for group in groups if group]
    groups.sort(key=lambda group: (group[0].sort_key, group[0].event))
    return [change for group in groups for change in group]


def make_change(
    event: Event, kind: str, field: str, old: Any, new: Any, sentence: str, weight: int = _TERMS
) -> Change:  # fmt: skip
    """Return a change of an event, with the id, title and type that the event has."""
    return Change(str(event["id"]), str(event.get("title", "")), str(event.get("type", "")),
                  kind, field, old, new, sentence, weight)  # fmt: skip


def match_renames(added: Mapping[str, Event], removed: Mapping[str, Event]) -> dict[str, str]:
    """Return the old path of each added file that is a removed event renamed.

    Both are events by path. Ids and aliases are matched first, since they are surer than likeness.
    """
    paths = {str(event["id"]): path for path, event in removed.items()}
    left = {str(event["id"]): event for event in removed.values()}
    renames: dict[str, str] = {}
    for path, event in added.items():
        if (name := match_id(event, left)) is not None:
            renames[path] = paths[name]
            del left[name]
    # Among those of one title alone: where a folder is moved, comparing each with each takes a minute.
    by_title: dict[Any, dict[str, Event]] = {}
    for name, event in left.items():
        by_title.setdefault(event.get("title"), {})[name] = event
    for path, event in added.items():
        same_title = by_title.get(event.get("title"), {}) if path not in renames else {}
        if (name := match_likeness(event, same_title)) is not None:
            renames[path] = paths[name]
            del same_title[name]
    return renames


def match_id(event: Event, removed: Mapping[str, Event]) -> str | None:
    """Return the id of the removed event that has the id of an added one, or is among its aliases."""
    names = (str(event["id"]), *event.get("aliases", ()))
    return next((name for name in names if name in removed), None)


def match_likeness(event: Event, removed: Mapping[str, Event]) -> str | None:
    """Return the id of the one removed event that says the same; None where two of them do.

    A file moved by hand keeps no alias. The title must be the same: Announcements 55 to 58, logged
    from one page on one day, share everything else.
    """
    alike = [
        name for name, old in removed.items()
        if all(old.get(key) == event.get(key) for key in ("type", "title"))
        and any(old.get(key) == event.get(key) for key in ("date", "sources"))
    ]  # fmt: skip
    return alike[0] if len(alike) == 1 else None


def _join_renamed(pairs: list[EventPair]) -> tuple[list[EventPair], dict[str, str]]:
    removed = {str(old["id"]): old for old, new in pairs if old is not None and new is None}
    joined: list[EventPair] = []
    renamed: dict[str, str] = {}
    for old, new in pairs:
        if old is None and new is not None:
            former = match_id(new, removed)
            if former is not None:
                old = removed.pop(former)
                if former != str(new["id"]):
                    renamed[former] = str(new["id"])
        elif old is not None and new is not None and old["id"] != new["id"]:
            renamed[str(old["id"])] = str(new["id"])
        if new is not None:
            joined.append((old, new))
    return [*joined, *((old, None) for old in removed.values())], renamed


def _follow_renames(
    before: Event, renamed: Mapping[str, str]
) -> tuple[Event, list[tuple[str, str, str]]]:
    """Return the old version with its links to the new ids, and (relation, old, new) for each."""
    followed = []
    links = []
    for link in before.get("links", ()):
        new = renamed.get(str(link.get("to")))
        if new is not None:
            followed.append((str(link.get("rel")), str(link["to"]), new))
            link = {**link, "to": new}
        links.append(link)
    return ({**before, "links": links} if followed else before), followed


def _follows_from_rename(difference: Difference, before: Event, after: Event) -> bool:
    """Return whether a rename explains a difference: the id, and the old one as an alias."""
    if before["id"] == after["id"]:
        return False
    field = difference.location.field
    return field == "id" or (field == "aliases" and difference.new == [before["id"]])


def _retraction(before: Event, after: Event) -> Change | None:
    """Return the retraction of an event; its reason is what the note says now and did not before."""
    old, new = before.get("confidence"), after.get("confidence")
    if new != "retracted" or old == "retracted":
        return None
    known = format_prose(str(before.get("note", ""))).split("\n")
    lines = format_prose(str(after.get("note", ""))).split("\n")
    reason = " ".join(line for line in lines if line and line not in known)
    why = f": {quote(reason)}" if reason else ", without a reason in its note"
    return make_change(after, RETRACTED, "confidence", old, new, f"retracted{why}")


def _field_change(difference: Difference, event: Event) -> Change:
    return make_change(event, CHANGED, difference.location.field, difference.old, difference.new,
                   describe_difference(difference, event), _weight(difference))  # fmt: skip


def _weight(difference: Difference) -> int:
    top = difference.location.field.partition(".")[0]
    if top == "links":
        link = difference.new or difference.old
        link = link if isinstance(link, dict) else difference.location.owner
        return _TERMS if link.get("rel") in LIFECYCLE else _STATEMENT
    return _WEIGHTS.get(top, _STATEMENT)
