"""New events: validated, named by an id, and written all or none."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cli import typed
from rexctl.cli.selection import resolve_link
from rexctl.errors import ConflictError, InputRefusedError, NoSuchEventError
from rexctl.model.validate import validate, validate_input
from rexctl.query import Query
from rexctl.records import ERROR, Finding
from rexctl.snapshot import ids as event_ids
from rexctl.store import layout, safe_open, undo
from rexctl.values.codes import is_id
from rexctl.yamlfile.documents import Document
from rexctl.yamlfile.format import restyle
from rexctl.yamlfile.parse import locate_new, parse, parse_input
from rexctl.yamlfile.serialize import serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rexctl.cli.context import Context
    from rexctl.cli.edit_events import EventEditor
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import Log
    from rexctl.vocabulary.vocabulary import Vocabulary

Plain = dict[str, Any]
PLACEHOLDER = "0000-no-id-yet"
_ALL_GOODS = "products left out: a measure that names no goods is on all goods"
_MOST_MEANT = 5  # events that a text may name
_MOST_FINDINGS = 1000  # of a stream, which may hold any number of documents


class NewEvent(NamedTuple):
    """An event to be written: its id, its canonical bytes, and whether the log has the same one.

    `old` is the content of the file that it changes.
    """

    name: str
    event: Plain
    data: bytes
    same: bool = False
    old: bytes | None = None

    @property
    def path(self) -> str:
        """The path in the log."""
        return layout.path_of(self.name)


class EventBatch:
    """New events for one log, by id.

    `today` is the day of `yesterday`, `-2d` and so on in what is typed now.
    """

    def __init__(
        self, log: Log, snapshot: Snapshot, vocabulary: Vocabulary, today: date | None = None
    ) -> None:
        self.log, self.snapshot, self.vocabulary = log, snapshot, vocabulary
        self.today = today
        self.events: dict[str, NewEvent] = {}
        self.results: list[NewEvent] = []  # of each record, in their order
        self.notes: list[str] = []  # on what was typed last
        self.id_maker = event_ids.IdMaker(self.is_taken)
        self._by_content: dict[bytes, str] = {}  # ids of the events whose made ids were looked at

    @classmethod
    def of(cls, context: Context) -> EventBatch:
        """Return an empty batch for the log."""
        log = context.log()
        log.require_writable()
        snapshot = context.snapshot()
        return cls(log, snapshot, snapshot.vocabulary, context.today)

    def is_taken(self, name: str) -> bool:
        """Return whether an id is in use, in the log or in this batch."""
        return name in self.events or event_ids.is_taken(self.snapshot, self.log.root, name)

    def validate(self, data: Plain) -> tuple[Plain | None, list[Finding]]:
        """Return the event of plain data without an id, or None and its errors."""
        _, event, findings = self.validate_typed(data)
        return None if findings else event, findings

    def validate_typed(self, data: Plain) -> tuple[Any, Plain | None, list[Finding]]:
        """Return plain data that a person typed now in the stored form, its event and findings.

        `notes` says then what was put into another field.
        """
        record, event, findings = self._validate(typed.separate_names(data))
        settled, self.notes = typed.settle(record, findings)
        if "products" in data and "products" not in record:
            self.notes.append(_ALL_GOODS)
        return (record, event, findings) if settled is record else self._validate(settled)

    def _validate(self, data: Plain) -> tuple[Any, Plain | None, list[Finding]]:
        return validate_input({"id": PLACEHOLDER, **data}, self.vocabulary, today=self.today,
                              resolve_id=self.resolve_id)  # fmt: skip

    def parse_typed(self, document: Document) -> tuple[Plain | None, list[Finding]]:
        """Return the event of a document that a person typed now, and every finding about it."""
        value, findings = document.value, list(document.findings)
        if value is None:
            return None, findings
        if not isinstance(value, dict):
            return None, [*findings, *locate_new(document, validate(value)[1])]
        _, event, faults = self.validate_typed(value)
        return event, [*findings, *locate_new(document, faults)]

    def resolve_id(self, text: str) -> str:
        """Return the id that a text names in the log, or an id unchanged that may be in the batch.

        Raises NoSuchEventError, with the events whose titles have the words of the text.
        """
        try:
            return text if text in self.events else resolve_link(self.snapshot, text)
        except NoSuchEventError as error:
            words = set(re.findall(r"\w{4,}|\d+", text.casefold()))
            if error.code != NoSuchEventError.code or len(words) < 2 or is_id(text):
                raise
            rows = (one.data for one in self.snapshot.select(Query()))
            titles = {str(one["id"]): str(one["title"]).casefold() for one in rows}
            found = [name for name, title in titles.items() if all(word in title for word in words)]
            if 0 < len(found) <= _MOST_MEANT:
                raise NoSuchEventError(text, found) from None
            raise

    def add(
        self, event: Plain, event_id: str = "", document: Document | None = None
    ) -> NewEvent:  # fmt: skip
        """Add a valid event; without an id it gets one. Raises ConflictError, UsageError.

        Where its made id, or that with -2, -3 and so on, belongs to an event with the same content,
        it is that event.

        :param document: the text that the event was typed in, whose comments the file gets.
        """
        own_id = event_id or (str(event["id"]) if event["id"] != PLACEHOLDER else "")
        content = _content(event)
        name = own_id or self._by_content.get(content) or self._make_id(event, content)
        if name in self.events:
            if own_id and _content(self.events[name].event) != content:
                raise ConflictError(f"{name}: two events of the batch have this id",
                                    "give one of them another id")  # fmt: skip
            new = self.events[name]._replace(same=True)
            self.results.append(new)
            return new
        present = self._same_id(name, content) if self.is_taken(name) else ""
        if own_id and not present and self.is_taken(name):
            raise ConflictError(f"{name}: the log has another event of this id",
                                "give another --id, or change that event")  # fmt: skip
        name = present or name
        event = {**event, "id": name}
        data = to_bytes(event, document)
        # Proof that the file can be read: it may break a limit that its record did not.
        if errors := [f for f in parse(data).findings if f.level == ERROR]:
            path = layout.path_of(name)
            raise InputRefusedError([one._replace(path=path) for one in errors], "nothing written")
        new = NewEvent(name, event, data, same=bool(present))
        self._by_content.setdefault(content, name)
        self._put(new)
        return new

    def _put(self, new: NewEvent) -> None:
        self.events[new.name] = new
        self.results.append(new)

    def _make_id(self, event: Plain, content: bytes) -> str:
        actors = event["actors"]
        code = actors[0] if actors else ""
        parents = [code[:end] for end, char in enumerate(code + "/") if char == "/"]
        return self.id_maker.make(
            str(event["date"]), actors, event["title"],
            number=str(event.get("instrument", {}).get("number", "")),
            actor_names=[name for one in parents for name in self.vocabulary.names_in_ids(one)],
            same=lambda name: self._same_id(name, content),
        )  # fmt: skip

    def write_one(
        self, event: Plain, event_id: str = "", document: Document | None = None, *,
        today: date, dry_run: bool = False,
    ) -> tuple[NewEvent, list[Finding]]:  # fmt: skip
        """Write one event; return it, and what `check` finds of it on a day.

        A made id taken meanwhile is made again. Raises InputRefusedError for an error of its own.
        """
        while True:
            new = self.add(event, event_id, document)
            findings = self.findings(today)
            own = [one for one in findings if one.level == ERROR and one.event == new.name]
            if own:
                raise InputRefusedError(own)
            try:
                if not dry_run:
                    self.write()
            except ConflictError:
                # Another process claimed the name between the look and the link.
                if event_id:
                    raise
                del self.events[new.name]
                self.results.remove(new)
                self._by_content.clear()
                self.id_maker.take_back(new.name)
            else:
                return new, findings

    def _same_id(self, name: str, content: bytes) -> str:
        """Return the id of the event that has or had this one, if its content is the same; else ""."""
        if name not in self.events and not os.path.lexists(self.log.root / layout.path_of(name)):
            name = self.snapshot.id_of_alias(name) or name
        event = self.events[name].event if name in self.events else self._stored(name)
        if event is None:
            return ""
        found = _content(event)
        self._by_content.setdefault(found, name)
        return name if found == content else ""

    def _stored(self, name: str) -> Plain | None:
        """Return the event of an id as its file has it, in any layout; None where it has none."""
        path = self.snapshot.path_of(name) or layout.path_of(name)
        old = safe_open.read_bytes(self.log.root / path, path)
        return parse(old).event if isinstance(old, bytes) else None

    def add_records(self, records: Iterable[Any], editor: EventEditor | None = None) -> None:
        """Validate the records of a stream and add them all. Raises InputRefusedError, ConflictError.

        :param editor: changes the event of a record that gives the id of one: the fields that the
            record has. Without it another content is a conflict.
        """
        records = list(records)
        given = {str(one.value["id"]) for one in records
                 if isinstance(one.value, dict) and "id" in one.value}  # fmt: skip
        findings: list[Finding] = []
        good: list[tuple[Any, Plain]] = []
        for record in records:
            filled: Plain = {"id": PLACEHOLDER}
            if editor is not None and isinstance(record.value, dict):
                filled |= self._stored_fields(record.value)
            parsed = parse_input(
                record, self.vocabulary, **filled,
                resolve_id=lambda text: text if text in given else self.resolve_id(text),
            )  # fmt: skip
            findings += parsed.findings
            if parsed.event is not None:
                good.append((record, parsed.event))
        if not any(finding.level == ERROR for finding in findings):
            conflicts = [one for record, event in good if (one := self._add(record, event, editor))]
            if conflicts:
                more = f"; {len(conflicts) - 1} more conflicts" if conflicts[1:] else ""
                raise ConflictError(conflicts[0].message + more, conflicts[0].hint)
            findings += self._unresolved_links(good)
        if any(finding.level == ERROR for finding in findings):
            ordered = sorted(findings, key=lambda f: f.sort_key)
            more_findings = len(ordered) - _MOST_FINDINGS
            more = f"; {more_findings} more findings" if more_findings > 0 else ""
            raise InputRefusedError(ordered[:_MOST_FINDINGS], f"nothing written{more}")

    def _stored_fields(self, value: Plain) -> Plain:
        """Return the fields, but for the id, of the event whose id or former id a record gives."""
        name = str(value.get("id", ""))
        if not is_id(name) or not self.is_taken(name):
            return {}
        stored = self._stored(self.snapshot.id_of_alias(name) or name) or {}
        return {key: one for key, one in stored.items() if key != "id"}

    def _add(self, record: Any, event: Plain, editor: EventEditor | None) -> ConflictError | None:
        """Add the event of a record, or change the one of its id; return a conflict."""
        name = str(event["id"])
        if editor is not None and name not in self.events and self.is_taken(name):
            name = self.snapshot.id_of_alias(name) or name
            edit = editor.edit(editor.path(name), lambda _: {**event, "id": name})
            self._put(NewEvent(name, edit.after, edit.new, not edit.has_changed, edit.old))
            return None
        try:
            self.add(event, document=record if isinstance(record, Document) else None)
        except ConflictError as error:
            line = record.locate(Finding("", "", loc=("id",))).start[0]
            error.message = f"{record.name}:{line}: {error.message}"
            if self.is_taken(name) and name not in self.events:
                error.hint = "--update changes it"
            return error
        return None

    def _unresolved_links(self, good: Sequence[tuple[Any, Plain]]) -> Iterator[Finding]:
        for record, event in good:
            for number, link, key, hint in self._bad_links(event):
                code = "unresolved-link"
                message = f"{link['to']}: no such event in the log or the batch"
                if key == "clause":
                    code, message = "missing-clause", f"{link['to']} has no clause {link[key]}"
                yield record.fault(code, message, ("links", number, key), hint=hint)

    def _bad_links(self, event: Plain) -> Iterator[tuple[int, Plain, str, str]]:
        """Yield number, link, wrong key and hint where a link leads to no event or clause."""
        for number, link in enumerate(event.get("links", ())):
            if "to" not in link:  # it leads to an act that is not in the log
                continue
            if not self.is_taken(link["to"]):
                yield number, link, "to", self.snapshot.nearest_id(link["to"])
            elif lacking := event_ids.missing_clause(self.snapshot, link):
                yield number, link, "clause", lacking

    def check_links(self, event: Plain) -> None:
        """Raise NoSuchEventError where a link leads to no event, or to no clause of it."""
        for _, link, key, hint in self._bad_links(event):
            clause = f"#{link['clause']}" if key == "clause" else ""
            raise NoSuchEventError(f"--{link['rel']} {link['to']}{clause}", hint=hint)

    def write(self) -> None:
        """Write the events that are new, all or none; targets of links before the links to them."""
        order = _targets_first([new for new in self.events.values() if not new.same])
        undo.write(self.log, [(new.path, new.old, new.data) for new in order])

    def preview(
        self, event: Plain, event_id: str = "", *, today: date
    ) -> tuple[NewEvent | None, list[Finding]]:
        """Return an event as it would be written, and the errors of `check` about itself.

        In a batch of its own, for an id is made only once in a batch.
        """
        batch = EventBatch(self.log, self.snapshot, self.vocabulary, self.today)
        try:
            return batch.write_one(event, event_id, today=today, dry_run=True)[0], []
        except InputRefusedError as error:
            return None, list(error.findings)

    def findings(self, today: date) -> list[Finding]:
        """Return the findings of `check` for what is new, with paths in the log."""
        from rexctl.checks.context import check_new_events

        new = {one.path: one.data for one in self.events.values() if not one.same}
        events = [one.event for one in self.events.values() if not one.same]
        return check_new_events(self.snapshot, self.vocabulary, events, new, today)

    def remember(self) -> None:
        """Let the next command find what was written in the cache."""
        self.snapshot.remember([new.data for new in self.events.values() if not new.same])


def to_bytes(event: Plain, document: Document | None = None) -> bytes:
    """Return the canonical bytes of an event, with the comments of the text it was typed in.

    Raises InputRefusedError where a comment cannot stay at its field.
    """
    if document is None or not document.comments:
        return serialize(event).encode()
    data = restyle(document, event, str(event["type"]))
    if isinstance(data, Finding):
        raise InputRefusedError([data])
    return data


def _targets_first(events: Sequence[NewEvent]) -> list[NewEvent]:
    """Return the events, each after those of them that it links to, as far as links do not loop."""
    todo = {new.name: new for new in events}
    sorter = TopologicalSorter({
        new.name: {link.get("to") for link in new.event.get("links", ())} & todo.keys()
        for new in events
    })  # fmt: skip
    with suppress(CycleError):
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    return [todo[name] for name in dict.fromkeys([*order, *todo])]


def _content(event: Plain) -> bytes:
    """Return what an event says but for its ids, by which two are the same."""
    own = {key: value for key, value in event.items() if key != "aliases"}
    return serialize({**own, "id": PLACEHOLDER}).encode()


def add_from(
    context: Context, source: str, form: str, *, dry_run: bool, update: bool = False
) -> None:
    """Add the events of a file; write each id to stdout, with `same` behind one that was there."""
    from rexctl import importers

    context.log()  # without a log, standard input is not read
    data = context.read_input(source)
    batch = EventBatch.of(context)
    editor = None
    if update:
        from rexctl.cli.edit_events import EventEditor

        editor = EventEditor(context)
    batch.add_records(importers.read_records(data, source, form), editor)
    if not dry_run:
        batch.write()
    would = "would be " if dry_run else ""
    words = ["same" if one.same else would + ("added" if one.old is None else "changed")
             for one in batch.results]  # fmt: skip
    lines = [f"{new.name}\t{word}" for new, word in zip(batch.results, words, strict=True)]
    context.emit_result("\n".join(lines), dry_run=dry_run)
    new = [one for one in batch.results if not one.same]
    pairs = [(parse(one.old).event if one.old else None, one.event) for one in new]
    if changed := [pair for pair in pairs if pair[0] is not None]:
        context.note(context.describe_changes(changed))
    context.note_effect(batch.snapshot, pairs)
    if not dry_run:
        batch.remember()
    context.report(batch.findings(context.today), batch.log)
    counts = [f"{words.count(would + one)} {would}{one}"
              for one in ("added", "changed")[: 1 + update]]  # fmt: skip
    context.note(f"{', '.join(counts)}, {words.count('same')} the same")
