"""Edit an event in your editor: the file is checked when you save, and written whole or not at all.

Examples:
  rexctl edit 2025-10-09-cn-mofcom-61
  rexctl edit "MOFCOM 61/2025"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli import form
from rexctl.cli.edit_events import EventEditor
from rexctl.errors import InputRefusedError, UsageError, bad_value
from rexctl.store import editor, layout

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context


def run(
    context: Context,
    words: options.Events = None,
    ids: options.Ids = None,
    lenient: options.LenientIds = False,
    yes: options.Yes = False,
) -> int:
    """Open the file of each selected event, and write what was saved."""
    if not words and ids is None:
        raise UsageError("missing ID or QUERY", "rexctl edit --help")
    events = EventEditor(context)
    paths = events.select(words or (), ids, lenient=lenient)
    if len(paths) > 1 and not yes and not events.confirm(f"edit {len(paths)} events"):
        context.note("nothing written")
        return 1
    for path in paths:
        _edit(events, path)
    return 0


def _edit(events: EventEditor, path: str) -> None:
    context, old = events.context, events.read(path)
    result: dict[str, Any] = {}

    def check(text: str) -> str | None:
        """Return the text with its errors as comments, or None where it has none."""
        lines = text.split("\n")
        # A blank line in the place of each comment of ours keeps the line numbers.
        typed = "\n".join("" if line.startswith(form.ERROR_MARK) else line for line in lines)
        without = "\n".join(line for line in lines if not line.startswith(form.ERROR_MARK))
        result.update(text=without, error=None)
        try:
            events.read_edited(path, old, typed.encode())
        except InputRefusedError as error:
            result["error"] = error
            return form.with_errors(text, error.findings)
        return None

    text = old.decode("utf-8", "replace")
    draft = editor.edit(text, ".yaml", check, environ=context.environ, again=context.interactive)
    with editor.draft_until_done(draft):
        if result["error"] is not None:  # its findings name the lines of the draft
            raise result["error"]
        edit = events.read_edited(path, old, result["text"].encode())
        if edit.after["id"] != layout.id_of(path):
            raise bad_value(edit.after["id"], "is another id", "rexctl mv renames an event")
        events.write([edit], dry_run=False, yes=True)
