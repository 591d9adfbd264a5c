"""Edit an event in your editor: the file is checked when you save, and written whole or not at all.

Examples:
  rexctl edit 2025-10-09-cn-mofcom-61
  rexctl edit "MOFCOM 61/2025"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli import form
from rexctl.cli.edit_events import (
    EventEdit,
    EventEditor,
    parse_edited,
    read_file,
)
from rexctl.errors import InputRefusedError, UsageError, bad_value
from rexctl.store import editor, layout
from rexctl.yamlfile.parse import parse

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    words: options.Events = None,
    ids: options.Ids = None,
    yes: options.Yes = False,
) -> int:
    """Open the file of each selected event, and write what was saved."""
    if not words and ids is None:
        raise UsageError("missing ID or QUERY", "rexctl edit --help")
    events = EventEditor(context)
    paths = events.select(words or (), ids)
    if len(paths) > 1 and not yes and not events.confirm(f"edit {len(paths)} events"):
        context.note("nothing written")
        return 1
    for path in paths:
        _edit(events, path)
    return 0


def _edit(events: EventEditor, path: str) -> None:
    context, old = events.context, read_file(events.log.root, path)
    result: dict[str, Any] = {}

    def check(text: str) -> str | None:
        """Return the text with its errors as comments, or None where it has none."""
        lines = text.split("\n")
        # A blank line in the place of each comment of ours keeps the line numbers.
        typed = "\n".join("" if line.startswith(form.ERROR_MARK) else line for line in lines)
        errors = parse_edited(typed.encode(), path, events.vocabulary, old).errors
        without = "\n".join(line for line in lines if not line.startswith(form.ERROR_MARK))
        result.update(text=without, errors=errors)
        return form.with_errors(text, errors) if errors else None

    text = old.decode("utf-8", "replace")
    draft = editor.edit(text, ".yaml", check, environ=context.environ, again=context.interactive)
    with editor.draft_until_done(draft):
        _write(events, path, old, result)


def _write(events: EventEditor, path: str, old: bytes, result: dict[str, Any]) -> None:
    event, data, _ = parse_edited(result["text"].encode(), path, events.vocabulary, old)
    if event is None:  # the errors of the check name the lines of the draft
        raise InputRefusedError(events.context.located(events.log, result["errors"]))
    if event["id"] != layout.id_of(path):
        raise bad_value(event["id"], "is another id", "rexctl mv renames an event")
    edit = EventEdit(path, parse(old).event or {}, event, old, data)
    events.write([edit], dry_run=False, yes=True)
