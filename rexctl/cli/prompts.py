"""Questions in the terminal: what is needed first, with the most similar past event's answers at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from rexctl.cli import add_flags as derived
from rexctl.cli import similar_event
from rexctl.cli.add_events import PLACEHOLDER
from rexctl.errors import AskedWronglyError
from rexctl.model.from_input import from_input
from rexctl.model.validate import validate
from rexctl.records import pick
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.cli.add_events import Adding
    from rexctl.cli.add_flags import Flag
    from rexctl.cli.context import Call

Plain = dict[str, Any]
# What says something of this event alone is never taken over from another one.
_ITS_OWN = frozenset({
    "date", "time", "disclosed", "date_stated", "also_dated", "summary", "instrument", "note",
    "claims", "sources", "review_by", "confidence", "agenda", "outcome", "readouts", "effective",
    "clauses", "count", "allow", "status",
})  # fmt: skip
_LEAVE_OUT = "-"


def answered(call: Call, name: str, flags: list[Flag], data: Plain, batch: Adding) -> Plain:
    """Ask for what is not known yet; gives the whole as plain data. Raises AskedWronglyError."""
    if not call.asks:
        raise AskedWronglyError("-i needs a terminal", "give flags, or --from - for a stream")
    title = data.get("title") or typer.prompt("title", err=True)
    data = {**data, "title": str(title)}
    past = similar_event.most(batch.index, name, str(title))
    if past:
        call.say(f"most like {past['id']}: {past['title']}")
        call.say(f"Enter takes what stands in brackets, {_LEAVE_OUT} leaves it out.")
    given: dict[str, list[str]] = {}
    for flag in flags:
        if flag.top in data:
            continue
        if flag.listed and flag.top in past and flag.top not in _ITS_OWN:
            if len(flag.names) > 1:  # the chief field stands for the whole list
                _take_over(flag, past, data, given)
        elif _asked(flag, past):
            _ask(call, name, flag, past, data, given, batch)
    while more := str(typer.prompt("another field (Enter: no more)", default="", show_default=False,
                                   err=True)).strip():  # fmt: skip
        found = [flag for flag in flags if f"--{more.replace('_', '-')}" in flag.names]
        if found:
            _ask(call, name, found[0], {}, data, given, batch)
        else:
            names = [n[2:] for flag in flags for n in flag.names]
            call.say(f"{more}: no such field; {did_you_mean(more, names)}".rstrip("; "))
    return {**data, **derived.data_of(flags, given)}


def _take_over(
    flag: Flag, past: Mapping[str, Any], data: Plain, given: dict[str, list[str]]
) -> None:
    """Ask for a list of parts: Enter takes the past event's, each with all that it holds."""
    shown = "; ".join(str(part.get(flag.inner, part)) for part in past[flag.top])
    answer = str(typer.prompt(f"{flag.names[0][2:]}s", default=shown, err=True)).strip()
    if answer == shown:
        data[flag.top] = past[flag.top]
    elif answer != _LEAVE_OUT:
        given[flag.key] = [part.strip() for part in answer.split(";")]


def _asked(flag: Flag, past: Mapping[str, Any]) -> bool:
    if flag.needed:
        return True
    return flag.top in past and flag.top not in _ITS_OWN and bool(_past(flag, past))


def _past(flag: Flag, past: Mapping[str, Any]) -> str:
    """What the past event has here, as one would type it."""
    if flag.top in _ITS_OWN and flag.top != "status":
        return ""
    value = pick(past, f"{flag.top}.{flag.inner}" if flag.inner else flag.top)
    if isinstance(value, list):
        return ",".join(str(part) for part in value if isinstance(part, str))
    return str(value) if isinstance(value, str) else ""


def _ask(
    call: Call, name: str, flag: Flag, past: Mapping[str, Any],
    data: Plain, given: dict[str, list[str]], batch: Adding,
) -> None:  # fmt: skip
    words = f" ({', '.join(flag.leaf.values)})" if flag.leaf and flag.leaf.values else ""
    default = call.today.isoformat() if flag.top == "date" else _past(flag, past)
    while True:
        text = f"{flag.names[0][2:]}{words}"
        answer = str(typer.prompt(text, default=default or None, err=True)).strip()
        if answer == _LEAVE_OUT:
            if not flag.needed:
                return
            call.say(f"{flag.names[0][2:]} is needed")
            continue
        tried = {**given, flag.key: [answer]}
        whole = {"id": PLACEHOLDER, **data, **derived.data_of([flag], tried)}
        record, faults = from_input(whole, batch.vocabulary)
        faults += validate(record)[1]
        mine = [f for f in faults if f.code != "missing-field" and _is_of(flag, f.loc)]
        if not mine:
            # Asked for once more, a field that can be had many times has one more.
            many = flag.listed or (flag.leaf and flag.leaf.many)
            given[flag.key] = [*(given.get(flag.key, ()) if many else ()), answer]
            return
        call.say(f"{mine[0].message}" + (f"; {mine[0].hint}" if mine[0].hint else ""))


def _is_of(flag: Flag, loc: tuple[str | int, ...]) -> bool:
    """Tell whether a fault is one of this answer, and not of what is still to be asked."""
    return loc[:1] == (flag.top,) and (not flag.inner or flag.inner in loc)
