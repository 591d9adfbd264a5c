"""What changed between versions of events, as Changes with a sentence each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rexctl import records
from rexctl.changes.wording import (
    describe_difference,
    describe_event,
    name_part,
    quote,
)
from rexctl.model.list_keys import as_mapping, match_items
from rexctl.model.tables import LIFECYCLE, SHAPES, each, part
from rexctl.records import Change, Event, pick, plain_text
from rexctl.values.prose import format_prose

EventPair = tuple[Event | None, Event | None]

# The sections of a report in which the fields of all types are; others may change what is in force
# where the type has a window, and are facts where it has none.
_SECTIONS = {
    **dict.fromkeys(("status", "confidence"), "status"),
    **dict.fromkeys(("title", "summary", "note", "tags"), "texts"),
    **dict.fromkeys(("sources", "review_by", "allow", "aliases"), "sources"),
    **dict.fromkeys(("disclosed", "date_stated", "also_dated", "condition", "deadline", "told_by",
                     "actors", "instrument", "claims"), "facts"),
    "episode": "links",
}  # fmt: skip
# Fields by which a part is about fewer origins than the event: they are named with its rates.
_REACH = ("origin", "affected")
# A change of one of these makes another event, which is described in full.
_IDENTITY = ("id", "type")
# Prefixes of a field that came or went with its event.
_PREFIXES = {
    records.ADDED: "with the event",
    records.REMOVED: "with the event",
    records.THERE: "there already",
}
_NOTHING: dict[str, Any] = {}


class Location(NamedTuple):
    """A location in an event.

    `field` is its dotted name, `local` the part of it below the last list item around it, `key` the
    last part; `kind` is what the schema declares there, `shape` the kind of the mapping that contains
    it, `owner` that mapping in the new version. `within` names the list items around it
    (`clause 1(1)`), `reach` the codes it is about.
    """

    field: str
    local: str
    key: str
    kind: Any
    shape: str
    within: tuple[str, ...]
    owner: Event
    reach: tuple[str, ...]
    clause: str = ""


class Difference(NamedTuple):
    """Two values of one location, None where there is none.

    With `in_list`, an item added to or removed from a list; of codes, a list of them.
    """

    location: Location
    old: Any
    new: Any
    in_list: bool = False


def compare_events(
    before: Event | None, after: Event | None, renamed: Mapping[str, str] = {}
) -> list[Change]:
    """Return what changed from one version of an event to the other, the gravest change first.

    None is no event. `renamed` has the new ids by the old ones: a link that follows a rename is
    described as that.
    """
    if before is None or after is None:
        if (event := after or before) is None:
            return []
        kind = records.ADDED if before is None else records.REMOVED
        old, new = (dict(side) if side else None for side in (before, after))
        section = "new" if before is None else "gone"
        return [make_change(event, kind, "", old, new, f"{kind}: {describe_event(event)}", section)]
    changes = []
    if before["id"] != after["id"]:
        back = " back" if after["id"] in before.get("aliases", ()) else ""
        sentence = f"renamed{back} from {before['id']} to {after['id']}"
        changes = [
            make_change(after, records.RENAMED, "id", before["id"], after["id"], sentence, "gone")
        ]
    followed, links = _follow_renames(before, renamed)
    changes += [
        make_change(after, records.CHANGED, "links.to", old, new,
                f"link {rel} now names {new}, which was {old}", "links")
        for rel, old, new in links
    ]  # fmt: skip
    differences = [
        difference for difference in find_differences(followed, after)
        if not _follows_from_rename(difference, before, after)
    ]  # fmt: skip
    if retraction := _retraction(before, after):
        changes.append(retraction)
        fields = ("confidence", "note") if retraction.kind == records.RETRACTED else ("confidence",)
        differences = [d for d in differences if d.location.field not in fields]
    changes += [_field_change(difference, after) for difference in differences]
    return sorted(changes, key=lambda change: change.sort_key)


def compare_pairs(pairs: Iterable[EventPair], renamed: Mapping[str, str] = {}) -> list[Change]:
    """Return what changed in many events, the event with the gravest change first.

    A removed and an added event are one where the new one has the old id, or has it as an alias.
    `renamed` has further renames, as in `compare_events`.
    """
    pairs, renames = _join_renamed(list(pairs))
    renamed = {**renamed, **renames}
    groups = [compare_events(before, after, renamed) for before, after in pairs]
    groups = [group for group in groups if group]
    groups.sort(key=lambda group: (group[0].sort_key, group[0].event))
    return [change for group in groups for change in group]


def make_change(
    event: Event, kind: str, field: str, old: Any, new: Any, sentence: str, section: str = "facts"
) -> Change:  # fmt: skip
    """Return a change of an event, with the id, title and type that the event has."""
    return Change(str(event["id"]), str(event.get("title", "")), str(event.get("type", "")),
                  kind, field, old, new, sentence, section)  # fmt: skip


def match_renames(added: Mapping[str, Event], removed: Mapping[str, Event]) -> dict[str, str]:
    """Return the key of the removed event that each added one was; both are events by any key.

    The id and the aliases of the added one are matched first. A file moved by hand keeps no alias:
    then it is the only one of the same type and title, with the same date or sources. Announcements
    55 to 58, logged from one page on one day, share everything but the title.
    """
    renames: dict[str, str] = {}
    rest = dict(removed)
    keys = {str(event["id"]): key for key, event in removed.items()}
    # Comparing each with each would take a minute where a folder is moved.
    by_title: dict[Any, list[str]] = {}
    for key, event in removed.items():
        by_title.setdefault((event.get("type"), event.get("title")), []).append(key)
    for is_sure in (True, False):
        for key, event in added.items():
            names = (str(event["id"]), *event.get("aliases", ()))
            alike = [keys[name] for name in names if keys.get(name) in rest][:1] if is_sure else [
                one for one in by_title.get((event.get("type"), event.get("title")), ())
                if one in rest and any(rest[one].get(k) == event.get(k) for k in ("date", "sources"))
            ]  # fmt: skip
            if key not in renames and len(alike) == 1:
                renames[key] = alike[0]
                del rest[alike[0]]
    return renames


def _join_renamed(pairs: list[EventPair]) -> tuple[list[EventPair], dict[str, str]]:
    removed = {str(old["id"]): old for old, new in pairs if old is not None and new is None}
    added = {str(new["id"]): new for old, new in pairs if old is None and new is not None}
    former = match_renames(added, removed)
    joined = [(old or removed.pop(former.get(str(new["id"]), ""), None), new)
              for old, new in pairs if new is not None]  # fmt: skip
    renamed = {
        str(old["id"]): str(new["id"]) for old, new in joined if old and old["id"] != new["id"]
    }
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
    """Return whether a rename, or one that is taken back, explains a difference: the id, and an alias."""
    if before["id"] == after["id"]:
        return False
    field, old, new = difference.location.field, difference.old, difference.new
    return field == "id" or (field == "aliases" and (new == [before["id"]] or old == [after["id"]]))


def _retraction(before: Event, after: Event) -> Change | None:
    """Return the retraction of an event, or that it is withdrawn.

    The reason is what the note says now and did not before.
    """
    old, new = before.get("confidence"), after.get("confidence")
    if old == "retracted" != new:
        sentence = "retraction withdrawn" + (f", confidence {new}" if new else "")
        return make_change(after, records.CHANGED, "confidence", old, new, sentence, "status")
    if new != "retracted" or old == "retracted":
        return None
    known = format_prose(str(before.get("note", ""))).split("\n")
    lines = format_prose(str(after.get("note", ""))).split("\n")
    reason = " ".join(line for line in lines if line and line not in known)
    why = f": {quote(reason)}" if reason else ", without a reason in its note"
    return make_change(after, records.RETRACTED, "confidence", old, new, f"retracted{why}", "gone")


def _field_change(difference: Difference, event: Event) -> Change:
    pieces = describe_difference(difference, event)
    change = make_change(event, records.CHANGED, difference.location.field, difference.old, difference.new,
                         plain_text(pieces), section_of(difference, event))  # fmt: skip
    return change._replace(pieces=pieces if any(mark for _, mark in pieces) else ())


def section_of(difference: Difference, event: Event) -> str:
    """Return the section of a report in which a difference is."""
    top = difference.location.field.partition(".")[0]
    if top == "links":
        link = difference.new or difference.old
        link = link if isinstance(link, dict) else difference.location.owner
        return "force" if link.get("rel") in LIFECYCLE else "links"
    return _SECTIONS.get(top) or ("force" if _has_window(event) else "facts")


def _has_window(event: Event) -> bool:
    return "effective" in SHAPES.get(str(event["type"]), ())


def can_change_state(before: Event | None, after: Event | None) -> bool:
    """Return whether a change of an event may change what is in force."""
    if not any(event is not None and _has_window(event) for event in (before, after)):
        return False
    if before is None or after is None:
        return True
    known = {*before, *after} - (_SECTIONS.keys() - {"status", "confidence", "actors"})
    return any(before.get(key) != after.get(key) for key in known)


def find_differences(before: Event, after: Event) -> Iterator[Difference]:
    """Yield every difference in the order of the schema; layout and order make none."""
    root = Location("", "", "", str(after["type"]), "", (), after, _reach_of(after, ()))
    other_type = SHAPES.get(str(before["type"]), {})
    yield from _compare_mappings(before, after, root, other_type)


def normalize(value: Any, kind: Any) -> Any:
    """Return a value as it is compared: prose is the same however its lines are broken."""
    if isinstance(value, str):
        return format_prose(value) if kind == "prose" else value.strip()
    return value


def _compare_mappings(
    old: Event, new: Event, location: Location, other_type: Event = _NOTHING
) -> Iterator[Difference]:
    shape = part(location.kind)
    known = SHAPES.get(shape, {})
    reach = _reach_of(new, location.reach)
    for key in dict.fromkeys([*known, *other_type, *sorted({*old, *new})]):
        before, after = old.get(key), new.get(key)
        if before != after:
            kind = known.get(key) or other_type.get(key) or "extra"
            field, local = (f"{name}.{key}".lstrip(".") for name in location[:2])
            inner = location._replace(
                field=field, local=local, key=key, kind=kind, shape=shape, owner=new, reach=reach
            )
            yield from _compare_values(before, after, inner)


def _compare_values(old: Any, new: Any, location: Location) -> Iterator[Difference]:
    if isinstance(location.kind, list):
        yield from _compare_lists(old or [], new or [], location)
    elif part(location.kind) in SHAPES and isinstance(old, dict) and isinstance(new, dict):
        yield from _compare_mappings(old, new, location)
    elif normalize(old, location.kind) != normalize(new, location.kind):
        yield Difference(location, old, new)


def _compare_lists(old: list[Any], new: list[Any], location: Location) -> Iterator[Difference]:
    kind = each(location.kind)
    shape = part(kind)
    if shape not in SHAPES:
        yield from _compare_codes(old, new, location, kind)
        return
    for before, after in match_items(old, new, shape):
        item = after or before or _NOTHING
        inner = location._replace(kind=shape)
        if before is None or after is None:
            yield Difference(inner, before, after, in_list=True)
        else:
            is_clause = shape.endswith("Clause")
            clause = str(item.get("id", "")) if is_clause else location.clause
            # A clause is named by its number: its title would be longer than the change.
            named = {"id": clause} if is_clause else as_mapping(before, shape)
            within = (*location.within, name_part(named, shape))
            inner = inner._replace(local="", within=within, clause=clause)
            yield from _compare_mappings(before, after, inner)


def _compare_codes(
    old: list[Any], new: list[Any], location: Location, kind: Any
) -> Iterator[Difference]:
    before = {normalize(item, kind): item for item in old}
    after = {normalize(item, kind): item for item in new}
    added = [item for name, item in after.items() if name not in before]
    removed = [item for name, item in before.items() if name not in after]
    if added:
        yield Difference(location, None, added, in_list=True)
    if removed:
        yield Difference(location, removed, None, in_list=True)
    # The first actor gives an event its time zone; in no other list does the order mean anything.
    if location.field == "actors" and not added and not removed and old[:1] != new[:1]:
        yield Difference(location._replace(key="first", kind=kind), old[0], new[0])


def _reach_of(data: Event, outer: tuple[str, ...]) -> tuple[str, ...]:
    codes = next((data[key] for key in _REACH if isinstance(data.get(key), list)), None)
    return outer if codes is None else tuple(map(str, codes))


def narrow(change: Change, field: str) -> Iterator[Change]:
    """Yield a change if it is about this field or what is below it."""
    if change.kind in (records.ADDED, records.REMOVED, records.THERE):
        yield from _narrow_whole(change, field)
    elif change.kind == records.RETRACTED:
        if field in ("confidence", "note"):
            yield change
    elif change.field == field or change.field.startswith(f"{field}."):
        yield change
    elif change.field and field.startswith(f"{change.field}."):
        rest = field.removeprefix(f"{change.field}.")
        if any(pick(value, rest) is not None for value in (change.old, change.new)):
            yield change


def _narrow_whole(change: Change, field: str) -> Iterator[Change]:
    """Yield what is about a field of an event added or removed, as if only the field were."""
    event = change.new or change.old
    if pick(event, field) is None:
        return
    if field in _IDENTITY:
        yield change._replace(field=field, old=pick(change.old, field), new=pick(change.new, field))
        return
    bare = _without_field(event, field.split("."))
    before, after = (bare, event) if change.new else (event, bare)
    for one in compare_events(before, after):
        if one.kind in (records.CHANGED, records.RETRACTED):
            for narrowed in narrow(one, field):
                sentence = f"{_PREFIXES[change.kind]}: {narrowed.sentence}"
                yield narrowed._replace(kind=change.kind, sentence=sentence, pieces=())


def _without_field(event: Event, steps: list[str]) -> dict[str, Any]:
    """Return an event without a field; of a field in a list, without the list."""
    inner = event.get(steps[0])
    if len(steps) > 1 and isinstance(inner, dict):
        return {**event, steps[0]: _without_field(inner, steps[1:])}
    return {key: value for key, value in event.items() if key != steps[0]}
