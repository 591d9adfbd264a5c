"""What the commands that change events share: the edit in memory, the consent, and the write."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rexctl.changes.changes import compare_events
from rexctl.cli.selection import read_ids, select_ids
from rexctl.errors import ConflictError, InputRefusedError, UsageError, bad_value, combine_errors
from rexctl.store import layout, writer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rexctl.cli.context import Context

    Plain = dict[str, Any]
    Again = Callable[[str, bytes], Any]  # path and content -> the edit of the file


class EventEditor:
    """A log whose events are changed."""

    def __init__(self, context: Context) -> None:
        self.context, self.log = context, context.log()
        self.log.require_writable()
        self.snapshot = context.snapshot()
        from rexctl.cli import edit_events
        from rexctl.vocabulary.log_files import load_vocabulary

        self.edits = edit_events
        self.vocabulary = load_vocabulary(self.log.root)[0]

    def select(self, words: Sequence[str], ids: str | None = None) -> list[str]:
        """Return the paths of the events that the words, and the ids in a file, select.

        Raises NoSuchEventError.
        """
        listed = None if ids is None else read_ids(ids, self.context.stdin)
        return [self.path(one)
                for one in select_ids(self.snapshot, words, self.context.today, listed)]  # fmt: skip

    def path(self, event_id: str) -> str:
        """Return the path of an event, also of one whose file is not where its id says."""
        return self.snapshot.path_of(event_id) or layout.path_of(event_id)

    def edit(
        self, path: str, change: Callable[[Plain], Plain], *, rewrite: bool = False,
        data: bytes | None = None,
    ) -> Any:  # fmt: skip
        """Return the edit of one event: the event and the bytes, before and after `change`.

        `data` is the content of the file, where it is read already.

        :raises UsageError: the event would have errors, each named by its field.
        :raises InputRefusedError: the file has errors, or cannot be changed in place.
        """
        try:
            return self.edits.edit_event(
                self.log.root, path, change, self.vocabulary, rewrite=rewrite, data=data
            )
        except self.edits.InvalidEventError as error:
            raise combine_errors([_field_error(one) for one in error.faults]) from None
        except InputRefusedError as error:
            located = self.context.located(self.log, error.findings)
            raise InputRefusedError(located, error.message) from None

    def write(
        self, edits: Sequence[Any], *, dry_run: bool, yes: bool, again: Again | None = None
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
        self.snapshot.remember([data for _, _, data in written])
        self.context.note(f"{len(todo)} changed")
        return 0

    def describe(
        self, edits: Sequence[Any], renamed: Mapping[str, str] = MappingProxyType({})
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

    def _write(self, todo: Sequence[Any], again: Again | None) -> list[tuple[str, bytes, bytes]]:
        """Write and remember for `undo`; a file changed meanwhile is reported with its changes."""
        try:
            written: list[tuple[str, bytes, bytes]] = self.edits.write_edits(
                self.log.root, todo, again
            )
        except ConflictError:
            for one in todo:
                now = self.edits.current_event(self.log.root, one.path)
                if now is not None and (lines := _change_lines(one.before, now, {})):
                    self.context.note("\n".join([f"meanwhile, in {one.after['id']}:", *lines]))
            raise
        self.log.remember(written)
        return written

    def confirm(self, question: str) -> bool:
        """Ask for consent on stderr. Raises UsageError where nobody can be asked."""
        if not self.context.interactive:
            raise UsageError(f"not confirmed: {question}; nothing written", "--yes confirms it")
        sys.stderr.write(f"{question.capitalize()}? [y/N] ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _field_error(fault: Any) -> UsageError:
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
