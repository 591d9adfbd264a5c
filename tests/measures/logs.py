"""Small logs in memory for the fold."""

from __future__ import annotations

from datetime import date
from typing import Any

from rexctl.measures.acts import Acts, Key
from rexctl.measures.fold import Fold
from rexctl.measures.windows import end_of_day


def measure(name: str, start: str = "", until: str = "", **more: Any) -> dict[str, Any]:
    """Return an adopted measure; its id begins with its date."""
    window = {key: value for key, value in (("from", start), ("until", until)) if value}
    window |= more.pop("effective", {})
    event = {"id": name, "type": "tariff", "date": name[:10], "status": "adopted", "actors": ["US"],
             "title": name, "sources": [{"url": "https://example.org/x"}]}  # fmt: skip
    return event | ({"effective": window} if window else {}) | more


def act(
    name: str, rel: str, to: str, start: str = "", until: str = "", **more: Any
) -> dict[str, Any]:
    """Return an adopted act with one link to `to`, an id or ID#CLAUSE."""
    target, _, clause = to.partition("#")
    link = (
        {"rel": rel, "to": target} | ({"clause": clause} if clause else {}) | more.pop("link", {})
    )
    return measure(name, start, until, links=[link, *more.pop("links", [])], **more)


def fold_of(*events: dict[str, Any]) -> Fold:
    return Fold(Acts(events, lambda actor: {"CN": "Asia/Shanghai"}.get(actor[:2], "UTC")))


def states(day: str, *events: dict[str, Any]) -> dict[str, str]:
    """Return the state of each row at the end of a day; `possibly` where dates are imprecise."""
    fold = fold_of(*events)
    found = {}
    for key, part in fold.acts.rows.items():
        answer = fold.state(key, end_of_day(date.fromisoformat(day).toordinal(), part.zone))
        found[str(key)] = " or ".join((answer.state, *answer.others))
    return found


__all__ = ["Key", "act", "fold_of", "measure", "states"]
