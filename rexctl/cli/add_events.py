"""New events: validated, named by an id, and written all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cli.selection import resolve_event
from rexctl.errors import ConflictError, InputRefusedError, NoSuchEventError
from rexctl.model.codes import from_input
from rexctl.model.validate import validate
from rexctl.records import ERROR, Finding
from rexctl.snapshot import ids as event_ids
from rexctl.store import layout, safe_open, writer
from rexctl.vocabulary.vocabulary import load_vocabulary
from rexctl.yamlfile.parse import parse, parse_input
from rexctl.yamlfile.serialize import serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rexctl.cli.context import Context
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import Log
    from rexctl.vocabulary.vocabulary import Vocabulary

Plain = dict[str, Any]
PLACEHOLDER = "0000-no-id-yet"
_MOST_FINDINGS = 1000  # of a stream, which may hold any number of documents


class NewEvent(NamedTuple):
    """An event to be written: its id, its canonical bytes, and whether the log has the same one."""

    name: str
    event: Plain
    data: bytes
    same: bool = False


class EventBatch:
    """New events for one log, by id."""

    def __init__(self, log: Log, snapshot: Snapshot, vocabulary: Vocabulary) -> None:
        self.log, self.snapshot, self.vocabulary = log, snapshot, vocabulary
        self.events: dict[str, NewEvent] = {}
        self.id_maker = event_ids.IdMaker(self.is_taken)

    @classmethod
    def of(cls, context: Context) -> EventBatch:
        """Return an empty batch for the log."""
        log = context.log()
        log.require_writable()
        return cls(log, context.snapshot(), load_vocabulary(log.root)[0])

    def is_taken(self, name: str) -> bool:
        """Return whether an id is in use, in the log or in this batch."""
        return name in self.events or event_ids.is_taken(self.snapshot, self.log.root, name)

    def validate(self, data: Plain) -> tuple[Plain | None, list[Finding]]:
        """Return the event of plain data without an id, or None and its errors."""
        record, unknown = from_input({"id": PLACEHOLDER, **data}, self.vocabulary)
        event, errors = validate(record)
        return None if unknown else event, [*unknown, *errors]

    def add(self, event: Plain, event_id: str = "") -> NewEvent:
        """Add a valid event; without an id it gets one. Raises ConflictError, UsageError."""
        own_id = event_id or (str(event["id"]) if event["id"] != PLACEHOLDER else "")
        name = own_id or self.id_maker.make(str(event["date"]), event["actors"], event["title"])
        event = {**event, "id": name}
        data = serialize(event).encode()
        # Proof that the file can be read: it may break a limit that its record did not.
        if errors := [f for f in parse(data).findings if f.level == ERROR]:
            path = layout.path_of(name)
            raise InputRefusedError([one._replace(path=path) for one in errors], "nothing written")
        # A made id that is taken by now belongs to another event, however alike the two are.
        same = bool(own_id) and self.is_taken(name) and self._is_same(name, data)
        new = self.events[name] = NewEvent(name, event, data, same)
        return new

    def write_one(self, event: Plain, event_id: str = "") -> str:
        """Write one event and return its id; a made id taken meanwhile is made again."""
        while True:
            new = self.add(event, event_id)
            try:
                self.write()
            except ConflictError:
                # Another process claimed the name between the look and the link.
                if event_id:
                    raise
                del self.events[new.name]
            else:
                return new.name

    def _is_same(self, name: str, data: bytes) -> bool:
        """Return True where the log has the same event, in any layout. Raises ConflictError."""
        if name in self.events:
            raise ConflictError(f"{name}: two events of the batch have this id",
                                "give one of them another id")  # fmt: skip
        path = layout.path_of(name)
        old = safe_open.read_bytes(self.log.root / path, path)
        event = parse(old).event if isinstance(old, bytes) else None
        if event is None or serialize(event).encode() != data:
            raise ConflictError(f"{name}: the log has another event of this id",
                                "give another --id, or change that event")  # fmt: skip
        return True

    def add_records(self, records: Iterable[Any]) -> None:
        """Validate the records of a stream and add them all. Raises InputRefusedError, ConflictError."""
        findings: list[Finding] = []
        good: list[tuple[Any, Plain]] = []
        for record in records:
            parsed = parse_input(record, self.vocabulary, id=PLACEHOLDER)
            findings += parsed.findings
            if parsed.event is not None:
                good.append((record, parsed.event))
        if not any(finding.level == ERROR for finding in findings):
            for _, event in good:
                self.add(event)
            findings += self._unresolved_links(good)
        if any(finding.level == ERROR for finding in findings):
            ordered = sorted(findings, key=lambda f: f.sort_key)
            more = len(ordered) - _MOST_FINDINGS
            end = f"nothing written; {more} more findings" if more > 0 else "nothing written"
            raise InputRefusedError(ordered[:_MOST_FINDINGS], end)

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

    def resolve_links(self, data: Plain) -> Plain:
        """Return the data with each link to the id that its text names. Raises NoSuchEventError."""
        if "links" not in data:
            return data
        links = []
        for link in data["links"]:
            if "to" not in link:
                links.append(link)
                continue
            try:
                links.append({**link, "to": resolve_event(self.snapshot, link["to"])})
            except NoSuchEventError as error:
                error.message = f"--{link['rel']} {error.message}"
                raise
        return {**data, "links": links}

    def check_links(self, event: Plain) -> None:
        """Raise NoSuchEventError where a link leads to no event, or to no clause of it."""
        for _, link, key, hint in self._bad_links(event):
            clause = f"#{link['clause']}" if key == "clause" else ""
            raise NoSuchEventError(f"--{link['rel']} {link['to']}{clause}", hint=hint)

    def write(self) -> None:
        """Write the events that are new, all or none; targets of links before the links to them."""
        order = _targets_first([new for new in self.events.values() if not new.same])
        files = [(layout.path_of(new.name), new.data) for new in order]
        writer.create_batch(self.log.root, files)
        self.log.remember([(path, None, data) for path, data in files])

    def remember(self) -> None:
        """Let the next command find what was written in the cache."""
        self.snapshot.remember([new.data for new in self.events.values() if not new.same])


def _targets_first(events: Sequence[NewEvent]) -> list[NewEvent]:
    """Return the events, each after those of them that it links to, as far as links do not loop."""
    todo = {new.name: new for new in events}
    order: dict[str, NewEvent] = {}
    begun: set[str] = set()
    stack = list(reversed(todo))
    while stack:
        name = stack[-1]
        begun.add(name)
        targets = {link.get("to") for link in todo[name].event.get("links", ())}
        if first := [target for target in targets if target in todo and target not in begun]:
            stack += first
        else:
            order.setdefault(name, todo[stack.pop()])
    return list(order.values())


def add_from(context: Context, source: str, form: str, *, dry_run: bool) -> None:
    """Add the events of a file; write each id to stdout, with `same` behind one that was there."""
    from rexctl import importers

    context.log()  # without a log, standard input is not read
    data = context.read_input(source)
    batch = EventBatch.of(context)
    batch.add_records(importers.read_records(data, source, form))
    if not dry_run:
        batch.write()
    action = "would be added" if dry_run else "added"
    same = sum(new.same for new in batch.events.values())
    lines = [f"{new.name}\t{'same' if new.same else action}" for new in batch.events.values()]
    (context.emit_text if dry_run else context.emit_result)("\n".join(lines))
    if not dry_run:
        batch.remember()
    context.note(f"{len(batch.events) - same} {action}, {same} the same")
