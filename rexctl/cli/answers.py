"""The answers of `add -i`: validated when they are given, and kept in a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rexctl.cli import add_flags, assignments, form
from rexctl.errors import RexctlError
from rexctl.model import shorthand
from rexctl.model.tables import SHAPES, each, part
from rexctl.records import pick
from rexctl.store import drafts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.add_flags import Flag
    from rexctl.cli.assignments import Assignment
    from rexctl.store.drafts import Draft

Plain = dict[str, Any]
_DAY_AND_TIME = re.compile(r"(.*\S)[ T]+([0-9]{1,2}:[0-9]{2})")
# Fields that a time of day may follow, and the keys of these times.
_TIMES = {"date": "time", "effective.from": "time", "effective.until": "until_time"}
_ALL_GOODS = "left out: a measure that names no goods is on all goods"


class EventAnswers:
    """The answers about one event of a type, as the fields of the event in the stored form.

    `earlier` holds the answers of questions that are asked again, and `skipped` the fields that are
    not asked for. `number` is that of the question that is asked, and `note` shows a text.
    """

    def __init__(
        self, type_name: str, flags: Sequence[Flag], batch: EventBatch, data: Plain, draft: Draft,
        event_id: str, note: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.type_name, self.flags, self.batch, self.note = type_name, flags, batch, note
        self.data, self.draft, self.event_id = data, draft, event_id
        self.earlier: Plain = {}
        self.skipped = set(data)
        self.number = 1

    def take(self, flag: Flag, answer: str) -> str:
        """Take over an answer; return what is wrong with it, or an empty text."""
        if (match := _DAY_AND_TIME.fullmatch(answer)) and flag.path in _TIMES:
            parts = {flag.inner or flag.top: match[1], _TIMES[flag.path]: match[2].zfill(5)}
            if flag.inner:
                parts = {flag.top: {**self.data.get(flag.top, {}), **parts}}
            return self.take_fields(parts, *parts, inner=flag.inner)
        try:
            fields = self._fields(flag, answer)
        except RexctlError as error:
            return sentence(error.message.partition(": ")[2] or error.message, error.hint)
        return self.take_fields(fields, flag.top, inner=flag.inner)

    def _fields(self, flag: Flag, answer: str) -> Plain:
        """Return the fields of an answer, joined with what is known of the same part."""
        old = self.data.get(flag.top)
        new = add_flags.fields_of([flag], {flag.key: [answer]})[flag.top]
        if flag.many and not flag.inner and isinstance(old, list):
            new = [*old, *(one for one in new if one not in old)]
        elif flag.listed and isinstance(old, list):
            new = [*old, *new] if flag.chief else [*old[:-1], {**old[-1], **new[0]}]
        elif isinstance(old, dict) and isinstance(new, dict):
            new = {**old, **new}
        return {flag.top: new}

    def take_fields(self, fields: Plain, *tops: str, inner: str = "") -> str:
        """Take over fields where those named `tops` are right; else return what is wrong.

        A part of which one field (`inner`) was asked for may lack others.
        """
        record, _, faults = self.batch.validate_typed(
            {"type": self.type_name, **self.data, **fields}
        )
        for fault in faults:
            mine = fault.loc[:1] in [(top,) for top in tops]
            if mine and not (inner and fault.code in ("missing-field", "source-not-found")):
                return sentence(fault.message, fault.hint)
        # In the stored form, since `today` in a draft would be another day tomorrow.
        self.data.update({top: record[top] for top in fields if top in record})
        if "products" in fields and "products" not in record:
            self.note(_ALL_GOODS)
        self.save()
        return ""

    def assign(self, assignment: Assignment, inner: str = "") -> str:
        """Do an assignment; return what is wrong with it, or an empty text."""
        old: Plain = {"type": self.type_name, **self.data}
        try:
            changed = assignments.apply(old, assignment, add_items=True)
        except RexctlError as error:
            return sentence(error.message, error.hint)
        new = {top: one for top, one in changed.items() if one != old.get(top)}
        return self.take_fields(new, *new, inner=inner)

    def earlier_text(self, flag: Flag) -> str:
        """Return the text of an answer that was given before the person went back; else ""."""
        value = self.earlier.get(flag.top)
        if flag.chief:  # a part for each prompt
            items = value[len(self.data.get(flag.top, ())) :] if isinstance(value, list) else []
            value = items[0] if items else ""
            shape = part(each(SHAPES[self.type_name][flag.top]))
            return shorthand.part_text(shape, value) if isinstance(value, dict) else str(value)
        if flag.inner:
            value = pick(value, flag.inner)
        if isinstance(value, list):
            return ", ".join(value) if all(isinstance(one, str) for one in value) else ""
        time = self.earlier.get("time") if flag.top == "date" else None
        return f"{value} {time}" if time else str(value or "")

    def earlier_id(self, top: str) -> str:
        """Return the id of the next part that was given before the person went back; else ""."""
        known = {one["id"] for one in self.data.get(top, ())}
        return next((one["id"] for one in self.earlier.get(top, ()) if one["id"] not in known), "")

    def earlier_part(self, top: str, key: str, path: str) -> str:
        """Return the text of a field of a part with this id, as it was given before; else ""."""
        items = (one for one in self.earlier.get(top, ()) if one["id"] == key)
        value = pick(next(items, {}), path)
        return str(value) if isinstance(value, str) else ""

    def earlier_link(self) -> str:
        """Return the text of the next link that was given before the person went back; else ""."""
        link = self.earlier.get("links", [])[len(self.data.get("links", ())) :][:1]
        keys = ("rel", "to", "clause")
        own = {key: one for key, one in link[0].items() if key in keys} if link else {}
        return shorthand.part_text("Link", own) if "to" in own else ""

    def save(self) -> None:
        """Write the draft."""
        answers = {**self.earlier, **self.data}
        answers |= {"id": self.event_id} if self.event_id else {}
        text = form.answers_text(answers, self.type_name, self.number)
        drafts.replace(self.draft.path, text)

    def reopen(self, fields: Iterable[str]) -> None:
        """Let fields be asked for again, with their answers as what stands there."""
        for field in fields:
            self.skipped.discard(field)
            if field in self.data:
                self.earlier[field] = self.data.pop(field)
        self.data |= add_flags.fixed_fields(self.flags)


def sentence(message: str, hint: str) -> str:
    """Return a message and its hint as one text."""
    return f"{message}; {hint}" if hint else message
