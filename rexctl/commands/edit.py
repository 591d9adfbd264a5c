"""Edit an event in your editor: the file is checked when you save, and written whole or not at all.

Examples:
  rexctl edit 2025-10-09-cn-mofcom-61
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from rexctl.cli import form
from rexctl.cli.change_events import Altering
from rexctl.cli.options import argument
from rexctl.errors import BadValueError, InputRefusedError
from rexctl.store import editor, layout

if TYPE_CHECKING:
    from rexctl.cli.context import Call


def run(
    call: Call,
    event: Annotated[str, argument("ID", help="The event.", kind="id")],
) -> int:
    """Let a person edit a copy, and put it in the place of the file."""
    altering = Altering(call)
    path = altering.path(event)
    old = altering.batch.opened(altering.log.root, path)
    found: dict[str, Any] = {}

    def check(text: str) -> str | None:
        """Give the text with its faults marked, or None where it will do."""
        lines = text.split("\n")
        # What we marked is no part of it; a blank line in its place keeps every other where it is.
        typed = "\n".join("" if line.startswith(form.FAULT) else line for line in lines)
        bad = altering.batch.typed(typed.encode(), path, altering.vocabulary, old).errors
        whole = "\n".join(line for line in lines if not line.startswith(form.FAULT))
        found.update(text=whole, bad=bad)
        return form.told(text, bad) if bad else None

    text = old.decode("utf-8", "replace")
    draft = editor.edit(text, ".yaml", check, environ=call.environ, again=call.asks)
    with editor.keeping(draft):
        return _put(altering, path, old, found)


def _put(altering: Altering, path: str, old: bytes, found: dict[str, Any]) -> int:
    if found["bad"]:
        raise InputRefusedError(altering.call.located(altering.log, found["bad"]))
    event, data, _ = altering.batch.typed(found["text"].encode(), path, altering.vocabulary, old)
    if event["id"] != layout.id_of(path):
        raise BadValueError(event["id"], "is another id", "rexctl mv gives an event another one")
    before = altering.batch.parse(old).event
    change = altering.batch.Altered(path, before or {}, event, old, data)
    return altering.finish([change], dry_run=False, yes=True)
