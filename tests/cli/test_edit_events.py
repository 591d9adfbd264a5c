"""What the commands that change events share: consent, and what is told of a file changed meanwhile."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.context import Context
from rexctl.cli.edit_events import EventEditor
from rexctl.errors import ConflictError
from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

FILE = f"{SWINE_ID}.yaml"


def editor() -> EventEditor:
    return EventEditor(Context(None, datetime.date(2025, 10, 19)))


def test_a_file_changed_meanwhile_is_told_with_what_is_other_in_it(
    filled: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    found = editor()
    (path,) = found.select([SWINE_ID])
    change = found.edit(path, lambda data: data | {"title": "Mine"})
    filled.put(FILE, filled.files[FILE].replace("value: 10", "value: 12"))
    with pytest.raises(ConflictError):
        found.write([change], dry_run=False, yes=True)
    told = capsys.readouterr().err
    assert f"meanwhile, {SWINE_ID}" in told
    assert "12" in told
    assert "Mine" not in filled.files[FILE]


@pytest.mark.parametrize(
    ("answer", "code"), [("y\n", 0), ("YES\n", 0), ("n\n", 1), ("\n", 1), ("", 1)]
)
def test_more_than_one_event_needs_a_yes(filled: Door, answer: str, code: int) -> None:
    before = filled.files
    filled.patch.setattr(Context, "interactive", True)
    said = filled("set", "type:statement", "tags+=x", stdin=answer.encode())
    assert said.code == code
    assert "Change 2 events? [y/N]" in said.err
    assert (filled.files == before) == bool(code)


def test_ids_said_twice_are_one_event(filled: Door) -> None:
    assert len(editor().select([SWINE_ID, SWINE_ID])) == 1
