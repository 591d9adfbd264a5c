"""Edits of events: in place, comments included, validated, confirmed, and written all or none."""

from __future__ import annotations

import copy
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.cli.selection import resolve_link, select_ids
from rexctl.errors import ConflictError, InputRefusedError, UsageError, bad_value, combine_errors
from rexctl.model.codes import check_codes
from rexctl.model.typed_input import items_from_input
from rexctl.model.validate import validate_input
from rexctl.records import ERROR, Finding
from rexctl.store import layout, undo, writer
from rexctl.store.safe_open import read_bytes
from rexctl.values.text import count_of
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import splice
from rexctl.yamlfile.parse import locate_new, parse, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rexctl.changes.changes import EventPair
    from rexctl.cli.context import Context

    Change = Callable[["Plain"], "Plain"]

Plain = dict[str, Any]


class EventEdit(NamedTuple):
    """The edit of a file: its path, and the event and the bytes before and after."""

    path: str
    before: Plain
    after: Plain
    old: bytes
    new: bytes

    @property
    def has_changed(self) -> bool:
        """Return whether the bytes differ."""
        return self.old != self.new


class EventEditor:
    """A log whose events are changed."""

    def __init__(self, context: Context) -> None:
        self.context, self.log = context, context.log()
        self.log.require_writable()
        self.snapshot = context.snapshot()
        self.vocabulary = self.snapshot.vocabulary

    def select(
        self, words: Sequence[str] | None, ids: str | None = None, *, lenient: bool = False
    ) -> list[str]:
        """Return the paths of the events that the words, and the ids in a file, select.

        Raises NoSuchEventError.
        """
        found = select_ids(self.context, self.snapshot, words, ids, lenient=lenient)
        return [self.path(one) for one in found]

    def path(self, event_id: str) -> str:
        """Return the path of an event, also of one whose file is not where its id says.

        Raises ConflictError where several files have the id.
        """
        if paths := self.snapshot.copies().get(event_id):
            shown = ", ".join(map(self.log.shown, paths))
            raise ConflictError(f"{event_id}: {len(paths)} files have this id: {shown}",
                                "remove the copies")  # fmt: skip
        return self.snapshot.path_of(event_id) or layout.path_of(event_id)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the log. Raises InputRefusedError where it cannot be read."""
        data = read_bytes(self.log.root / path, path)
        if isinstance(data, Finding):
            raise self._refused([data])
        return data

    def edit(
        self, path: str, change: Change, *, rewrite: bool = False, data: bytes | None = None
    ) -> EventEdit:
        """Return the edit of a file by a change of its event; only lines that differ change.

        :param rewrite: rewrite the file in canonical form where it cannot be changed in place.
        :param data: the content of the file, where it is read already.
        :raises UsageError: the event would have errors, each named by its field.
        :raises InputRefusedError: the file has errors, or cannot be changed in place.
        """
        data = self.read(path) if data is None else data
        document = read_document(data, path)
        before, findings, _ = parse_document(document)
        if before is None:
            raise self._refused(findings)
        changed = change(copy.deepcopy(document.value))
        _, event, faults = self._validate(changed, document.value)
        if event is None:
            raise combine_errors([_field_error(one) for one in faults])
        # A part that was not to change keeps its text, even a name in the place of a code.
        kept = _keep_unchanged(document.value, changed, event)
        new = splice(document, data, kept, str(event["type"]), rewrite=rewrite)
        if isinstance(new, Finding):
            raise self._refused([new])
        return EventEdit(path, before, event, data, new)

    def read_edited(self, path: str, old: bytes, data: bytes) -> EventEdit:
        """Return the edit of a file whose text a person edited: `old` is the text before.

        Names and shorthand in it become the stored form. Raises InputRefusedError with the errors,
        located in `data`; a code that is not known is one, unless `old` has it too.
        """
        document = read_document(data, path)
        findings = list(document.findings)
        event: Plain | None = None
        new: bytes | Finding = data
        if document.value is not None:
            before = read_document(old, path).value
            record, event, faults = self._validate(document.value, before)
            findings += locate_new(document, faults)
            if event is not None and record != document.value:
                new = splice(document, data, record, str(event["type"]), rewrite=True)
        if isinstance(new, Finding):
            findings.append(new)
        if isinstance(new, Finding) or event is None or _errors(findings):
            raise self._refused(findings, data)
        return EventEdit(path, parse(old).event or {}, event, old, new)

    def read_items(self, text: str, kind: str) -> list[Any]:
        """Return the items of a list of this kind that a typed text holds, in the stored form."""
        return items_from_input(text, kind, self.vocabulary, self.context.today)

    def _validate(self, value: Any, before: Any) -> tuple[Any, Plain | None, list[Finding]]:
        """Return a typed event in the stored form, as a valid event or None, and its findings.

        A code that is not known is an error, unless the event `before` has it too.
        """
        record, event, findings = validate_input(
            value, self.vocabulary, today=self.context.today,
            resolve_id=partial(resolve_link, self.snapshot),
        )  # fmt: skip
        if findings:
            reported = {(f.code, f.message) for f in check_codes(before, self.vocabulary)}
            findings = [one for one in findings if (one.code, one.message) not in reported]
        return record, None if findings else event, findings

    def _refused(self, findings: Iterable[Finding], data: bytes | None = None) -> InputRefusedError:
        return InputRefusedError(self.context.located(self.log, _errors(findings), data))

    def change(
        self, words: Sequence[str] | None, ids: str | None, change: Change, *, dry_run: bool, yes: bool,
        rewrite: bool = False, repeatable: bool = False, lenient: bool = False,
    ) -> int:  # fmt: skip
        """Change the events that are selected, and write all or none; return the exit code.

        :param repeatable: where another process has changed a file since it was read, the change
            is made to its new content.
        """
        edits = [
            self.edit(path, change, rewrite=rewrite)
            for path in self.select(words, ids, lenient=lenient)
        ]

        def rebase(path: str, data: bytes) -> bytes:
            return self.edit(path, change, rewrite=rewrite, data=data).new

        return self.write(edits, dry_run=dry_run, yes=yes, rebase=rebase if repeatable else None)

    def write(
        self, edits: Sequence[EventEdit], *, dry_run: bool, yes: bool,
        rebase: writer.Rebase | None = None,
    ) -> int:  # fmt: skip
        """Show the changes, ask where there is more than one, write; return the exit code.

        `rebase` returns what to write for a file (path, content) that another process has changed
        since it was read; without it that is a ConflictError.
        """
        todo = [one for one in edits if one.has_changed]
        if not todo:
            self.context.note("nothing changes")
            return 0
        many = count_of(len(todo), "event")
        pairs = pairs_of(todo)
        report = self.context.describe_changes(pairs)
        ask = len(todo) > 1 and not yes
        if dry_run or ask:
            self.context.emit_text(report)
            sys.stdout.flush()
            self.context.note_effect(self.snapshot, pairs)
        if dry_run:
            self.context.note(f"{len(todo)} would change; nothing written")
            return 0
        if ask and not self.confirm(f"change {many}"):
            self.context.note("nothing written")
            return 1
        written = self._write(todo, rebase)
        if not ask:
            self.context.emit_result(report)
            self.context.note_effect(self.snapshot, pairs)
        self.snapshot.remember([data for _, _, data in written if data is not None])
        self.context.note(f"{len(todo)} changed")
        return 0

    def _write(self, todo: Sequence[EventEdit], rebase: writer.Rebase | None) -> list[undo.Write]:
        """Write and remember for `undo`; a file changed meanwhile is reported with its changes."""
        try:
            return undo.write(self.log, [(one.path, one.old, one.new) for one in todo], rebase)
        except ConflictError:
            for one in todo:
                data = read_bytes(self.log.root / one.path, one.path)
                if not isinstance(data, bytes) or data == one.old:
                    continue
                if now := parse(data).event:
                    report = self.context.describe_changes([(one.before, now)])
                    self.context.note(f"meanwhile, {report}")
            raise

    def confirm(self, question: str) -> bool:
        """Ask for consent on stderr. Raises UsageError where nobody can answer."""
        if not self.context.interactive:
            raise UsageError(f"not confirmed: {question}; nothing written", "--yes confirms it")
        return self.context.ask(f"{question.capitalize()}? [y/N] ").casefold() in ("y", "yes")


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return sorted((f for f in findings if f.level == ERROR), key=lambda one: one.sort_key)


def _keep_unchanged(old: Any, new: Any, valid: Any) -> Any:
    """Return the new data: as it was written where it is unchanged, else as the model has it."""
    if new == old:
        return old
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(valid, dict):
        return {key: _keep_unchanged(old.get(key), new[key], valid.get(key)) for key in new}
    if isinstance(new, list) and isinstance(valid, list) and len(new) == len(valid):
        before = old if isinstance(old, list) else []
        return [part if part in before else one for part, one in zip(new, valid, strict=True)]
    return valid


def _field_error(fault: Finding) -> UsageError:
    field = ".".join(map(str, fault.loc))
    name = next((step for step in reversed(fault.loc) if isinstance(step, str)), "")
    message = fault.message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
    return bad_value(field or "the event", message, fault.hint, fault.code)


def pairs_of(edits: Iterable[EventEdit]) -> list[EventPair]:
    """Return the event of each edit before and after; None where it did not parse before."""
    return [(one.before or None, one.after) for one in edits]
