"""Rename an event: its file is renamed, links to it are rewritten, the old id becomes an alias.

Examples:
  rexctl mv 2025-10-10-us-duty-threat 2025-10-10-us-president-100-percent-duty-threat
"""

from __future__ import annotations

from typing import Annotated

from rexctl.cli.context import Context
from rexctl.cli.edit_events import EventEditor, Plain, pairs_of
from rexctl.cli.options import DryRun, Event, argument
from rexctl.cli.selection import resolve_event
from rexctl.errors import bad_value
from rexctl.snapshot import ids
from rexctl.store import layout, undo
from rexctl.store.safe_open import read_bytes
from rexctl.values.codes import explain_bad_id


def run(
    context: Context,
    event: Event,
    new: Annotated[str, argument("NEWID", "The new id.", "id")],
    dry_run: DryRun = False,
) -> int:
    """Rename the file and rewrite the links, all or nothing."""
    if why := explain_bad_id(new):
        raise bad_value(new, why)
    editor = EventEditor(context)
    old = resolve_event(editor.snapshot, event)
    # A file whose only fault is its path is moved to where its id belongs.
    path, target = editor.path(old), layout.path_of(new)
    if path == target and old == new:
        context.note("nothing changes")
        return 0

    def rename(data: Plain) -> Plain:
        if old == new:
            return data
        former = [one for one in data.get("aliases", []) if one != new]
        return _relink(data, old, new) | {"id": new, "aliases": [*former, old]}

    main = editor.edit(path, rename)
    # A killed rename leaves the new file beside the old one: the same command finishes it.
    begun = read_bytes(editor.log.root / target, target) == main.new
    # A file whose id was changed by hand has the new id already, under the old name.
    has_id = editor.snapshot.path_of(new) == path
    if not begun and path != target and old != new and not has_id:
        ids.require_free(editor.snapshot, editor.log.root, new)
    linking = {str(link["from"]) for link in editor.snapshot.links_to(old)} - {old}
    linking = linking if old != new else set()
    others = [editor.edit(editor.path(one), lambda data: _relink(data, old, new))
              for one in sorted(linking)]  # fmt: skip
    todo = [one for one in others if one.has_changed]
    report = context.describe_changes(pairs_of([main, *todo]), {old: new})
    if old == new:
        report = f"{new}\n  moved from {path} to {target}"
    if dry_run:
        context.emit_text(report)
        context.note(f"{1 + len(todo)} would change; nothing written")
        return 0
    linked = [(one.path, one.old, one.new) for one in todo]
    if path == target:  # the file was renamed by hand, and its id was not
        undo.write(editor.log, [(path, main.old, main.new), *linked])
    else:
        moved = [(target, None, main.new), *linked, (path, main.old, None)]
        undo.write(editor.log, moved, written=int(begun))
    context.emit_result(report)
    editor.snapshot.remember([main.new, *(one.new for one in todo)])
    for one in _unreadable(editor, old):
        context.note(
            f"{one}: has errors; its link to {old} was not rewritten, and {old} stays an alias"
        )
    context.note(f"renamed, and {len(todo)} linked events with it" if todo else "renamed")
    return 0


def _unreadable(editor: EventEditor, old: str) -> list[str]:
    """Return the path of each file with errors that names the old id."""
    root = editor.log.root
    paths = sorted({finding.path for finding in editor.snapshot.unparsed()})
    texts = {path: read_bytes(root / path, path) for path in paths}
    return [editor.log.shown(path) for path, text in texts.items()
            if isinstance(text, bytes) and old.encode() in text]  # fmt: skip


def _relink(data: Plain, old: str, new: str) -> Plain:
    """Return an event whose links to the old id lead to the new one."""
    if "links" not in data:
        return data
    return {
        **data,
        "links": [{**link, "to": new} if link.get("to") == old else link for link in data["links"]],
    }
