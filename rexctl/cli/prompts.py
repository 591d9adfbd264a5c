"""The prompts of `add -i`: needed fields first, with the most similar event's values as defaults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer

from rexctl.cli import add_flags
from rexctl.errors import UsageError
from rexctl.query import Query
from rexctl.records import pick
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.add_flags import Flag
    from rexctl.cli.context import Context
    from rexctl.snapshot.snapshot import Snapshot

Plain = dict[str, Any]
# Fields that belong to one event alone, and are never offered as defaults.
_OWN_FIELDS = frozenset({
    "date", "time", "disclosed", "date_stated", "also_dated", "summary", "instrument", "note",
    "claims", "sources", "review_by", "confidence", "agenda", "outcome", "readouts", "effective",
    "clauses", "count", "allow", "status",
})  # fmt: skip
_SKIP = "-"
_WORD = re.compile(r"\w{3,}")


def ask_missing(
    context: Context, type_name: str, flags: Sequence[Flag], data: Plain, batch: EventBatch
) -> Plain:
    """Ask for what is missing; return all fields as plain data. Raises UsageError."""
    if not context.interactive:
        raise UsageError("-i needs a terminal", "give flags, or --from - for a stream")
    return _Prompts(context, flags, batch).ask(type_name, data)


def most_similar(snapshot: Snapshot, type_name: str, title: str) -> Mapping[str, Any]:
    """Return the event of this type that shares most words with the title, of equals the latest."""
    words = _words(title)
    events = [row.data for row in snapshot.select(Query()) if row.data["type"] == type_name]
    return max(events, default={}, key=lambda one: (len(words & _words(one["title"])), one["id"]))


def _words(title: str) -> set[str]:
    return set(_WORD.findall(title.casefold()))


class _Prompts:
    """The prompts for one event: `typed` holds the answers by flag, `past` the similar event."""

    def __init__(self, context: Context, flags: Sequence[Flag], batch: EventBatch) -> None:
        self.context, self.flags, self.batch = context, flags, batch
        self.data: Plain = {}
        self.typed: dict[str, list[str]] = {}
        self.past: Mapping[str, Any] = {}

    def ask(self, type_name: str, data: Plain) -> Plain:
        """Ask for the title, for needed fields and those of the similar event, then for more."""
        title = str(data.get("title") or typer.prompt("title", err=True))
        self.data = {**data, "title": title}
        self.past = most_similar(self.batch.snapshot, type_name, title)
        if self.past:
            self.context.note(f"most like {self.past['id']}: {self.past['title']}")
            self.context.note(f"Enter takes the value in brackets, {_SKIP} leaves the field out.")
        for flag in self.flags:
            if flag.top in self.data:
                continue
            if flag.chief and flag.top in self.past and flag.top not in _OWN_FIELDS:
                self._ask_list(flag)
            elif flag.needed or (not flag.listed and self._default(flag)
                                 and flag.top not in _OWN_FIELDS):  # fmt: skip
                self._ask(flag, self._default(flag))
        while more := str(typer.prompt("another field (Enter: no more)", default="",
                                       show_default=False, err=True)).strip():  # fmt: skip
            name = f"--{more.replace('_', '-')}"
            named = next((one for one in self.flags if name in one.names), None)
            if named is not None:
                self._ask(named, "")
                continue
            names = [name[2:] for one in self.flags for name in one.names]
            hint = did_you_mean(more, names)
            self.context.note(f"{more}: no such field{'; ' if hint else ''}{hint}")
        return {**self.data, **add_flags.fields_of(self.flags, self.typed)}

    def _ask_list(self, flag: Flag) -> None:
        """Ask for a list of parts: Enter takes the similar event's, each part with all it holds."""
        parts = self.past[flag.top]
        shown = "; ".join(str(part.get(flag.inner, part)) for part in parts)
        answer = str(typer.prompt(f"{flag.names[0][2:]}s", default=shown, err=True)).strip()
        if answer == shown:
            self.data[flag.top] = parts
        elif answer != _SKIP:
            self.typed[flag.key] = [part.strip() for part in answer.split(";")]

    def _default(self, flag: Flag) -> str:
        """Return the value of the similar event as one would type it, or an empty text."""
        if flag.top in _OWN_FIELDS and flag.top != "status":
            return ""
        value = pick(self.past, flag.path)
        if isinstance(value, list):
            return ",".join(str(part) for part in value if isinstance(part, str))
        return str(value) if isinstance(value, str) else ""

    def _ask(self, flag: Flag, default: str) -> None:
        values = f" ({', '.join(flag.values)})" if flag.values else ""
        if flag.top == "date":
            default = self.context.today.isoformat()
        name = flag.names[0][2:]
        while True:
            answer = str(typer.prompt(f"{name}{values}", default=default or None, err=True)).strip()
            if answer == _SKIP:
                if not flag.needed:
                    return
                self.context.note(f"{name} is needed")
                continue
            error = self._error(flag, answer)
            if not error:
                # A second prompt for a field that can have several values adds one.
                several = flag.listed or flag.many
                self.typed[flag.key] = [*(self.typed.get(flag.key, ()) if several else ()), answer]
                return
            self.context.note(error)

    def _error(self, flag: Flag, answer: str) -> str:
        """Return what is wrong with an answer, or an empty text."""
        tried = {**self.typed, flag.key: [answer]}
        _, faults = self.batch.validate({**self.data, **add_flags.fields_of([flag], tried)})
        for fault in faults:
            mine = fault.loc[:1] == (flag.top,) and (not flag.inner or flag.inner in fault.loc)
            if mine and fault.code != "missing-field":
                return f"{fault.message}" + (f"; {fault.hint}" if fault.hint else "")
        return ""
