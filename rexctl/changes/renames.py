"""Find which added event is a removed one: by its id, by its alias, or by what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Event = Mapping[str, Any]


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
    alike = [name for name, old in removed.items() if _is_alike(old, event)]
    return alike[0] if len(alike) == 1 else None


def _is_alike(old: Event, new: Event) -> bool:
    same = {key for key in ("type", "title", "date", "sources") if old.get(key) == new.get(key)}
    return {"type", "title"} < same
