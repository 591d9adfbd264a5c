"""Edits of events: in place, comments included, validated, confirmed, and written all or none."""

from __future__ import annotations

import copy
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.changes.changes import compare_events
from rexctl.cli.selection import read_ids, select_ids
from rexctl.errors import ConflictError, InputRefusedError, UsageError, bad_value, combine_errors
from rexctl.model.codes import check_codes, from_input
from rexctl.model.validate import validate
from rexctl.records import ERROR, Finding
from rexctl.store import layout, writer
from rexctl.store.safe_open import read_bytes
from rexctl.vocabulary.vocabulary import load_vocabulary
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import splice
from rexctl.yamlfile.parse import locate_new, parse, parse_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rexctl.cli.context import Context
    from rexctl.vocabulary.vocabulary import Vocabulary

    Plain = dict[str, Any]
    Change = Callable[[Plain], Plain]
    Again = Callable[[str, bytes], "EventEdit"]  # path and content -> the edit of the file


class InvalidEventError(Exception):
    """The event would have errors; `faults` are their findings."""

    def __init__(self, faults: Sequence[Finding]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)


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


def edit_event(
    root: Path, path: str, change: Change, vocabulary: Vocabulary, *, rewrite: bool = False,
    data: bytes | None = None,
) -> EventEdit:  # fmt: skip
    """Return the edit of a file by a change of its event; only lines that differ change.

    :param data: the content of the file, where it is read already.
    :param rewrite: rewrite the file in canonical form where it cannot be changed in place.
    :raises InputRefusedError: the file has errors, or cannot be changed in place.
    :raises InvalidEventError: the event would have errors.
    """
    data = read_file(root, path) if data is None else data
    document = read_document(data, path)
    before, findings, _ = parse_document(document)
    if before is None:
        raise InputRefusedError([f for f in findings if f.level == ERROR])
    changed = change(copy.deepcopy(document.value))
    record, unknown = from_input(changed, vocabulary)
    event, faults = validate(record)
    if unknown:
        unknown = _new(unknown, check_codes(document.value, vocabulary))
    if event is None or unknown:
        raise InvalidEventError([*unknown, *faults])
    # A part that was not to change keeps its text, even a name in the place of a code.
    data_to_write = _keep_unchanged(document.value, changed, event)
    shape = str(event["type"])
    new = splice(document, data, data_to_write, shape, rewrite=rewrite)
    if isinstance(new, Finding):
        raise InputRefusedError([new])
    return EventEdit(path, before, event, data, new)


def read_file(root: Path, path: str) -> bytes:
    """Return the bytes of a file of the log. Raises InputRefusedError where it cannot be read."""
    data = read_bytes(root / path, path)
    if isinstance(data, Finding):
        raise InputRefusedError([data])
    return data


class EditedText(NamedTuple):
    """The text of a file as a person edited it: the event, the bytes to store, and the errors."""

    event: Plain | None
    data: bytes
    errors: list[Finding]


def parse_edited(data: bytes, path: str, vocabulary: Vocabulary, old: bytes) -> EditedText:
    """Return what an edited text means; names and shorthand in it become the stored form.

    A code that is not known is an error, unless the `old` file has it too.
    """
    document = read_document(data, path)
    findings = list(document.findings)
    event: Plain | None = None
    if document.value is not None:
        record, unknown = from_input(document.value, vocabulary)
        event, faults = validate(record)
        if unknown:
            unknown = _new(unknown, check_codes(read_document(old, path).value, vocabulary))
        findings += locate_new(document, [*unknown, *faults])
        if event is not None and record != document.value:
            spliced = splice(document, data, record, str(event["type"]), rewrite=True)
            if isinstance(spliced, Finding):
                findings.append(spliced)
            else:
                data = spliced
    errors = sorted((f for f in findings if f.level == ERROR), key=lambda finding: finding.sort_key)
    return EditedText(None if errors else event, data, errors)


def current_event(root: Path, path: str) -> Plain | None:
    """Return the event that a file has at this moment, or None where it does not parse."""
    data = read_bytes(root / path, path)
    return parse(data).event if isinstance(data, bytes) else None


def _new(unknown: Sequence[Finding], before: Sequence[Finding]) -> list[Finding]:
    """Return the findings of codes that were not reported before."""
    reported = {(one.code, one.message) for one in before}
    return [one for one in unknown if (one.code, one.message) not in reported]


def write_edits(
    root: Path, edits: Sequence[EventEdit],
    again: Callable[[str, bytes], EventEdit] | None = None,
) -> list[tuple[str, bytes | None, bytes | None]]:  # fmt: skip
    """Write every file that changes, all or none; return path, bytes before and bytes after.

    A file that another process has changed since it was read is edited `again`, from its new
    content; without that function it is a ConflictError. Raises EnvironmentFaultError too.
    """
    todo = [(one.path, one.new, writer.digest(one.old)) for one in edits if one.has_changed]
    rebase = (lambda path, data: again(path, data).new) if again else None
    return writer.change_batch(root, todo, rebase)


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


class EventEditor:
    """A log whose events are changed."""

    def __init__(self, context: Context) -> None:
        self.context, self.log = context, context.log()
        self.log.require_writable()
        self.snapshot = context.snapshot()
        self.vocabulary = load_vocabulary(self.log.root)[0]

    def select(self, words: Sequence[str], ids: str | None = None) -> list[str]:
        """Return the paths of the events that the words, and the ids in a file, select.

        Raises NoSuchEventError.
        """
        listed = None if ids is None else read_ids(self.context, ids)
        return [self.path(one)
                for one in select_ids(self.snapshot, words, self.context.today, listed)]  # fmt: skip

    def path(self, event_id: str) -> str:
        """Return the path of an event, also of one whose file is not where its id says."""
        return self.snapshot.path_of(event_id) or layout.path_of(event_id)

    def edit(
        self, path: str, change: Callable[[Plain], Plain], *, rewrite: bool = False,
        data: bytes | None = None,
    ) -> EventEdit:  # fmt: skip
        """Return the edit of one event: the event and the bytes, before and after `change`.

        `data` is the content of the file, where it is read already.

        :raises UsageError: the event would have errors, each named by its field.
        :raises InputRefusedError: the file has errors, or cannot be changed in place.
        """
        try:
            return edit_event(
                self.log.root, path, change, self.vocabulary, rewrite=rewrite, data=data
            )
        except InvalidEventError as error:
            raise combine_errors([_field_error(one) for one in error.faults]) from None
        except InputRefusedError as error:
            located = self.context.located(self.log, error.findings)
            raise InputRefusedError(located, error.message) from None

    def write(
        self, edits: Sequence[EventEdit], *, dry_run: bool, yes: bool, again: Again | None = None
    ) -> int:
        """Show the changes, ask where there is more than one, write; return the exit code.

        `again` edits a file that another process has changed since it was read.
        """
        todo = [one for one in edits if one.has_changed]
        if not todo:
            self.context.note("nothing changes")
            return 0
        many = f"{len(todo)} event{'' if len(todo) == 1 else 's'}"
        if dry_run:
            self.context.emit_text(self.describe(todo))
            self.context.note(f"{len(todo)} would change; nothing written")
            return 0
        ask = len(todo) > 1 and not yes
        if ask:
            self.context.emit_text(self.describe(todo))
            sys.stdout.flush()
            if not self.confirm(f"change {many}"):
                self.context.note("nothing written")
                return 1
        written = self._write(todo, again)
        if not ask:
            self.context.emit_result(self.describe(todo))
        self.snapshot.remember([data for _, _, data in written if data is not None])
        self.context.note(f"{len(todo)} changed")
        return 0

    def describe(
        self, edits: Sequence[EventEdit], renamed: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Return each event that changes with its changes in words; `renamed` maps old ids to new."""
        lines: list[str] = []
        for one in edits:
            lines += [one.after["id"], *_change_lines(one.before, one.after, renamed)]
        return "\n".join(lines)

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

    def _write(
        self, todo: Sequence[EventEdit], again: Again | None
    ) -> list[tuple[str, bytes | None, bytes | None]]:
        """Write and remember for `undo`; a file changed meanwhile is reported with its changes."""
        try:
            written = write_edits(self.log.root, todo, again)
        except ConflictError:
            for one in todo:
                now = current_event(self.log.root, one.path)
                if now is not None and (lines := _change_lines(one.before, now, {})):
                    self.context.note("\n".join([f"meanwhile, in {one.after['id']}:", *lines]))
            raise
        self.log.remember(written)
        return written

    def confirm(self, question: str) -> bool:
        """Ask for consent on stderr. Raises UsageError where nobody can answer."""
        if not self.context.interactive:
            raise UsageError(f"not confirmed: {question}; nothing written", "--yes confirms it")
        sys.stderr.write(f"{question.capitalize()}? [y/N] ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _field_error(fault: Finding) -> UsageError:
    field = ".".join(map(str, fault.loc))
    name = next((step for step in reversed(fault.loc) if isinstance(step, str)), "")
    message = fault.message.removeprefix(f"{name}: ").removeprefix(f"{name} ")
    error = bad_value(field or "the event", message, fault.hint)
    error.code = fault.code
    return error


def _change_lines(before: Plain, after: Plain, renamed: Mapping[str, str]) -> list[str]:
    """Return what changed in an event, one sentence a line."""
    lines = [f"  {change.sentence}" for change in compare_events(before or None, after, renamed)]
    return lines or ["  the layout changes, and no value"]
