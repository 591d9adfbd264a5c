"""New events on their way into the log: judged, named, written all or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rexctl.errors import ConflictError, InputRefusedError, NoSuchEventError
from rexctl.records import ERROR, Finding
from rexctl.store import layout, names, writer
from rexctl.store.safe_open import read_bytes
from rexctl.store.wording import vocabulary_of
from rexctl.yamlfile.parse import parse, parse_input
from rexctl.yamlfile.serialize import serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.index.tables import Index
    from rexctl.store.log import Log
    from rexctl.vocabulary.vocabulary import Vocabulary

Plain = dict[str, Any]
PLACEHOLDER = "0000-no-id-yet"
_MOST_TOLD = 1000  # findings of a stream, which may hold any number of documents


@dataclass(slots=True)
class New:
    """One event to be written: its id, its canonical bytes, and whether the log has it already."""

    name: str
    event: Plain
    data: bytes
    same: bool = False


@dataclass(slots=True)
class Adding:
    """A batch of new events for one log."""

    log: Log
    index: Index
    vocabulary: Vocabulary
    news: list[New] = field(default_factory=list)
    mine: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, log: Log, index: Index) -> Adding:
        """Begin a batch for a log whose index is true."""
        return cls(log, index, vocabulary_of(log.root)[0])

    def taken(self, name: str) -> bool:
        """Tell whether an id is in use: in the log, or by an event of this batch."""
        return name in self.mine or names.taken(self.log.root, self.index, name)

    def take(self, event: Plain, *, given_id: str = "") -> New:
        """Take a judged event into the batch; without an id it gets one. Raises ConflictError, BadValueError."""
        given = given_id or (str(event["id"]) if event["id"] != PLACEHOLDER else "")
        name = given
        # The event was judged under the id it brought with it, not under this one.
        layout.demand_date(given_id, str(event["date"]))
        if not given:
            name = names.made(self.log.root, self.index, event, self.mine)
        event = {**event, "id": name}
        new = New(name, event, serialize(event).encode())
        # A made id that is taken by now is somebody else's, however alike the two events are.
        if given and self.taken(name):
            self._compare(new)
        self.news.append(new)
        self.mine.add(name)
        return new

    def claim(self, event: Plain, *, given_id: str = "") -> str:
        """Write one event and give its id; a made id that somebody takes meanwhile is made anew."""
        while True:
            new = self.take(event, given_id=given_id)
            try:
                self.write()
            except ConflictError:
                # Another process claimed the name between our look and our link.
                if given_id:
                    raise
                self.news.remove(new)
                self.mine.remove(new.name)
                continue
            return new.name

    def _compare(self, new: New) -> None:
        """An id already there with the same content is no fault; with other content it is."""
        if new.name in self.mine:
            raise ConflictError(f"{new.name}: two events of the batch have this id",
                                "give one of them another id")  # fmt: skip
        if not self._holds(new):
            raise ConflictError(f"{new.name}: the log has another event of this id",
                                "give another --id, or change that event")  # fmt: skip
        new.same = True

    def _holds(self, new: New) -> bool:
        """Return whether the log has the same event under this id, whatever its layout."""
        path = layout.path_of(new.name)
        data = read_bytes(self.log.root / path, path)
        event = parse(data).event if isinstance(data, bytes) else None
        return event is not None and serialize(event).encode() == new.data

    def judge(self, records: Iterable[Any]) -> None:
        """Judge records of a stream and take them all. Raises InputRefusedError, ConflictError."""
        findings: list[Finding] = []
        good: list[tuple[Any, Plain]] = []
        for record in records:
            reading = parse_input(record, self.vocabulary, id=PLACEHOLDER)
            findings += reading.findings
            if reading.event is not None:
                good.append((record, reading.event))
        if not any(finding.level == ERROR for finding in findings):
            for _, event in good:
                self.take(event)
            findings += self._loose_links(good)
        if any(finding.level == ERROR for finding in findings):
            ordered = sorted(findings, key=lambda f: f.place)
            more = len(ordered) - _MOST_TOLD
            said = f"nothing written; {more} more findings" if more > 0 else "nothing written"
            raise InputRefusedError(ordered[:_MOST_TOLD], said)

    def _loose_links(self, good: Sequence[tuple[Any, Plain]]) -> Iterable[Finding]:
        for record, event in good:
            for number, link in enumerate(event.get("links", ())):
                if not self.taken(link["to"]):
                    yield record.fault(
                        "unresolved-link", f"{link['to']}: no such event in the log or the batch",
                        ("links", number, "to"), hint=names.near(self.index, link["to"]),
                    )  # fmt: skip
                elif lacking := names.lacks_clause(self.index, link):
                    yield record.fault(
                        "missing-clause", f"{link['to']} has no clause {link['clause']}",
                        ("links", number, "clause"), hint=lacking,
                    )  # fmt: skip

    def demand_links(self, event: Plain) -> None:
        """Raise NoSuchEventError where a link leads to no event of the log."""
        for link in event.get("links", ()):
            flag = f"--{link['rel']} {link['to']}"
            if not self.taken(link["to"]):
                raise NoSuchEventError(flag, hint=names.near(self.index, link["to"]))
            if lacking := names.lacks_clause(self.index, link):
                raise NoSuchEventError(f"{flag}#{link['clause']}", hint=lacking)

    def write(self) -> None:
        """Write what is new: all of it, or nothing; targets of links before the links to them."""
        todo = {new.name: new for new in self.news if not new.same}
        order: list[New] = []
        while todo:
            ready = [
                new for new in todo.values()
                if not any(link["to"] in todo and link["to"] != new.name
                           for link in new.event.get("links", ()))
            ] or list(todo.values())  # fmt: skip
            order += [todo.pop(new.name) for new in ready]
        files = [(layout.path_of(new.name), new.data) for new in order]
        writer.create_batch(self.log.root, files)
        self.log.remember([(path, None, data) for path, data in files])

    def indexed(self) -> None:
        """Let the index have what was written; only the folders that it went to are looked at."""
        years = [int(new.name[:4]) for new in self.news if not new.same]
        if years:
            self.log.freshen(self.index, (min(years), max(years)))
