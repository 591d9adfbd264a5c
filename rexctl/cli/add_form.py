"""A form in the editor: opened again with its faults as comments, never thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli import form
from rexctl.cli.add_events import PLACEHOLDER
from rexctl.errors import InputRefusedError
from rexctl.records import ERROR
from rexctl.store import editor
from rexctl.yamlfile.parse import parse_input
from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.cli.add_events import Adding
    from rexctl.cli.context import Call

Plain = dict[str, Any]


def filled(call: Call, name: str, known: Plain, batch: Adding) -> tuple[Plain | None, Path]:
    """Let the form be filled in; gives the event, None where it was left empty, and the draft."""
    last: dict[str, Any] = {}
    blank = form.blank(name, known)

    def judged(typed: str) -> str | None:
        """Give None where the form is right, else the form with its faults as comments."""
        last.clear()
        answer = form.answered(typed)
        # Saved as it was, or with nothing but its type: nobody wants to log that.
        if typed == blank or not answer.strip() or answer.split() == ["type:", name]:
            return None
        document = walk(answer.encode(), "form", many=True)[0]
        reading = parse_input(document, batch.vocabulary, id=PLACEHOLDER)
        last.update(event=reading.event, findings=reading.findings)
        if reading.event is not None:
            return None
        return form.told(typed, [f for f in reading.findings if f.level == ERROR])

    draft = editor.edit(blank, ".yaml", judged,
                        environ=call.environ, again=call.asks)  # fmt: skip
    if last and last["event"] is None:
        findings = [finding._replace(path=str(draft)) for finding in last["findings"]]
        raise InputRefusedError(findings, f"nothing written; your text lies in {draft}")
    return last.get("event"), draft
