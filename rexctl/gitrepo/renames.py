"""Which event that went is one that came: by the alias that it keeps, or by what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Event = Mapping[str, Any]


def by_alias(new: Event, gone: Mapping[str, Event]) -> str | None:
    """Give the id that an event had before, where one that went is among its aliases."""
    return next((name for name in new.get("aliases", ()) if name in gone), None)


def by_likeness(new: Event, gone: Mapping[str, Event]) -> str | None:
    """Give the id of the one event that went and says the same; None where two of them do.

    A file moved by hand keeps no alias. The title must be the same: Announcements 55 to 58, logged
    from one page on one day, share all but that.
    """
    found = [name for name, old in gone.items() if _alike(old, new)]
    return found[0] if len(found) == 1 else None


def _alike(old: Event, new: Event) -> bool:
    same = {key for key in ("type", "title", "date", "sources") if old.get(key) == new.get(key)}
    return {"type", "title"} < same
