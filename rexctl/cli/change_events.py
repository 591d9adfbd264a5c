"""What all commands that change events share: which ones are meant, what changes, and the consent."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rexctl import registry
from rexctl.changes.changes import changes
from rexctl.cli.reading import Reading
from rexctl.errors import (
    AskedWronglyError,
    BadValueError,
    ConflictError,
    InputRefusedError,
    NoSuchEventError,
    SeveralFaultsError,
)
from rexctl.index import select
from rexctl.store import layout, names, writer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rexctl.cli.context import Call

    Plain = dict[str, Any]


class Altering:
    """The log whose events are to change."""

    def __init__(self, call: Call) -> None:
        self.call, self.reading = call, Reading(call)
        self.reading.whole()
        self.log, self.index = self.reading.log, self.reading.index
        self.batch = registry.load("rexctl.cli.edit_events")
        self.vocabulary = registry.load("rexctl.store.wording").vocabulary_of(self.log.root)[0]

    def targets(self, words: Sequence[str]) -> list[str]:
        """Give the paths of the events meant by ids, or by a query. Raises NoSuchEventError."""
        if any(":" in word or word[:1] == "@" for word in words):
            found = self.reading.query(words)
            paths = [row.path for row in select.rows(self.index, found)]
            if not paths:
                raise NoSuchEventError(" ".join(words), hint="no event answers this query")
            return paths
        return list(dict.fromkeys(self.path(word) for word in words))

    def path(self, given: str) -> str:
        """Give the path of the event of an id, or of the file that cannot be read as one."""
        if layout.is_id(given) and (self.log.root / layout.path_of(given)).exists():
            return layout.path_of(given)
        return layout.path_of(names.meant(self.index, given))

    def altered(
        self, path: str, alter: Callable[[Plain], Plain], *, anew: bool = False
    ) -> Any:  # fmt: skip
        """Alter one event; each fault that it would have is told by its field."""
        try:
            return self.batch.altered(self.log.root, path, alter, self.vocabulary, anew=anew)
        except self.batch.Faulty as fault:
            raise SeveralFaultsError([_told(one) for one in fault.faults]) from None
        except InputRefusedError as fault:
            located = self.call.located(self.log, fault.findings)
            raise InputRefusedError(located, fault.message) from None

    def finish(self, altered: Sequence[Any], *, dry_run: bool, yes: bool) -> int:
        """Show what changes, ask where it is more than one event, and write; gives the exit code."""
        todo = [one for one in altered if one.is_other]
        self.show(todo)
        if not todo:
            self.call.say("nothing changes")
            return 0
        if dry_run:
            self.call.say(f"{len(todo)} would change; nothing written")
            return 0
        if len(todo) > 1 and not yes and not self._agreed(len(todo)):
            self.call.say("nothing written")
            return 1
        self._write(todo)
        self.settled()
        self.call.say(f"{len(todo)} changed")
        return 0

    def show(
        self, altered: Sequence[Any], renamed: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Tell each event that changes, and what of it; `renamed` gives new ids for old ones."""
        for one in altered:
            lines = _lines(one.before, one.after, renamed)
            self.call.emit_text("\n".join([one.after["id"], *lines]))

    def put(
        self, files: Sequence[tuple[str, bytes | None, bytes | None]], *, written: int = 0
    ) -> None:  # fmt: skip
        """Write files (path, bytes before and after, None for no file), all or none, in this order.

        The first `written` of them are on the disk already.
        """
        digests = [None if old is None else writer.digest(old) for _, old, _ in files]
        items = [(path, new, was) for (path, _, new), was in zip(files, digests, strict=True)]
        writer.change_batch(self.log.root, items[written:])
        self.log.remember(files)

    def settled(self) -> None:
        """Let the index have what was written."""
        self.call.index(self.log, lambda told: self.log.freshen(self.index, None, told))

    def _write(self, todo: Sequence[Any]) -> None:
        """Write, and remember it; a file that changed meanwhile is told with what is other in it."""
        try:
            self.batch.write(self.log.root, todo)
        except ConflictError:
            for one in todo:
                now = self.batch.now(self.log.root, one.path)
                if now is not None and (lines := _lines(one.before, now, {})):
                    self.call.say("\n".join([f"meanwhile, in {one.after['id']}:", *lines]))
            raise
        self.log.remember([(one.path, one.old, one.new) for one in todo])

    def _agreed(self, many: int) -> bool:
        if not self.call.asks:
            raise AskedWronglyError(f"{many} events would change", "--yes does it; nothing written")
        sys.stderr.write(f"Change {many} events? [y/N] ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _told(fault: Any) -> BadValueError:
    field = ".".join(map(str, fault.loc))
    name = next((step for step in reversed(fault.loc) if isinstance(step, str)), "")
    message = fault.message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
    error = BadValueError(field or "the event", message, fault.hint)
    error.code = fault.code
    return error


def _lines(before: Plain, after: Plain, renamed: Mapping[str, str]) -> list[str]:
    """Give what changed in an event, a sentence a line."""
    told = [f"  {change.sentence}" for change in changes(before or None, after, renamed)]
    return told or ["  says the same, written otherwise"]
