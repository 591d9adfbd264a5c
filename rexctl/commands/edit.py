"""Edit an event in your editor: the file is checked when you save, and written atomically.

Examples:
  rexctl edit 2025-10-09-cn-mofcom-61
  rexctl edit "MOFCOM 61/2025"
"""

from __future__ import annotations

from rexctl.cli import form, options
from rexctl.cli.context import Context
from rexctl.cli.edit_events import EventEditor
from rexctl.errors import InputRefusedError, bad_value
from rexctl.store import drafts, editor, layout
from rexctl.store.drafts import Draft

_BEGUN = "begun.yaml"  # beside a draft: the file as it was when the draft began


def run(
    context: Context,
    words: options.Events = None,
    ids: options.Ids = None,
    lenient: options.LenientIds = False,
    yes: options.Yes = False,
) -> int:
    """Open the file of each selected event, and write what was saved."""
    events = EventEditor(context)
    paths = events.select(words, ids, lenient=lenient)
    form.require_editor(context, "edit", "change fields with `rexctl set`")
    if len(paths) > 1 and not yes and not events.confirm(f"edit {len(paths)} events"):
        context.note("nothing written")
        return 1
    for path in paths:
        _edit(events, path)
    return 0


def _edit(events: EventEditor, path: str) -> None:
    context, old = events.context, events.read(path)
    errors: list[InputRefusedError] = []
    result: dict[str, str] = {}

    def check(text: str) -> str | None:
        """Return the text with its errors as comments, or None where it has none."""
        lines = text.split("\n")
        # A blank line in the place of each comment of ours keeps the line numbers.
        form_text = "\n".join("" if line.startswith(form.ERROR_MARK) else line for line in lines)
        result["text"] = "\n".join(line for line in lines if not line.startswith(form.ERROR_MARK))
        errors.clear()
        try:
            events.read_edited(path, old, form_text.encode())
        except InputRefusedError as error:
            errors.append(error)
            return form.with_errors(text, error.findings)
        return None

    def ask_again() -> bool:
        return form.ask_again(context, errors[0].findings)

    draft = _draft(events, path, old)
    editor.edit(draft, check, environ=context.environ,
                ask=ask_again if context.interactive else None, mark=form.ERROR_MARK)  # fmt: skip
    with drafts.kept_until_done(draft):
        if errors and context.interactive:  # they are on the screen already
            raise InputRefusedError([])
        if errors:  # the findings name the lines of the draft
            raise errors[0]
        edit = events.read_edited(path, old, result["text"].encode())
        if edit.after["id"] != layout.id_of(path):
            raise bad_value(edit.after["id"], "is another id", "rexctl mv renames an event")
        events.write([edit], dry_run=False, yes=True)


def _draft(events: EventEditor, path: str, old: bytes) -> Draft:
    """Return a draft to edit: an earlier one that the person continues, or a new one."""
    context, event_id = events.context, layout.id_of(path)
    text = old.decode("utf-8", "replace")
    draft = form.offer_draft(context, events.log, f"edit {event_id}")
    if draft is None:
        draft = drafts.create(events.log, f"edit {event_id}", text)
        draft.path.with_name(_BEGUN).write_bytes(old)
        return draft
    begun = draft.path.with_name(_BEGUN)
    if not begun.is_file() or begun.read_bytes() != old:
        context.note(f"{event_id} has changed since the draft was begun; saving the draft takes "
                     "these changes back, as the result will show")  # fmt: skip
    return draft
