"""Questions in the terminal: what is needed first, with the most similar past event's answers at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from rexctl.derive import flags as derived
from rexctl.events.catalogue import judge
from rexctl.plain.errors import AskedWronglyError
from rexctl.plain.sheet import pick
from rexctl.plain.suggest import did_you_mean
from rexctl.store import similar
from rexctl.store.adding import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.commands.call import Call
    from rexctl.derive.flags import Flag
    from rexctl.store.adding import Adding

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
    past = similar.most(batch.index, name, str(title))
    if past:
        call.say(f"most like {past['id']}: {past['title']}")
        call.say(f"Enter takes what stands in brackets, {_LEAVE_OUT} leaves it out.")
    given: dict[str, list[str]] = {}
    for flag in flags:
        if _asked(flag, past) and flag.top not in data:
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
        _, faults = judge(whole, batch.vocabulary)
        mine = [f for f in faults if f.loc[:1] == (flag.top,) and f.code != "missing-field"]
        if not mine:
            given[flag.key] = [answer]
            return
        call.say(f"{mine[0].message}" + (f"; {mine[0].hint}" if mine[0].hint else ""))
