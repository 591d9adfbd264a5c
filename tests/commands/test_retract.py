from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_a_retracted_event_stays_in_the_log_with_the_reason(filled: Door) -> None:
    said = filled("retract", SWINE_ID, "--reason", "It was a hoax. Nobody pays.")
    assert (said.code, said.err) == (0, (
        "in force on 2025-11-01: 1 -> 0 of 1 measure\n"
        f"  {SWINE_ID}: in force -> not in force from 2025-11-01\n1 changed\n"
    ))  # fmt: skip
    text = filled.files[f"{SWINE_ID}.yaml"]
    assert text.endswith("note: |\n  It was a hoax.\n  Nobody pays.\nconfidence: retracted\n")
    assert filled("list", "-c").out == "2\n"
    assert filled("list", "-c", "--retracted").out == "3\n"
    assert filled("retract", SWINE_ID, "--reason", "Again.") == (0, "", "nothing changes\n")


def test_a_reason_follows_the_note_that_is_there(filled: Door) -> None:
    filled("set", SWINE_ID, "note=First.")
    assert filled("retract", SWINE_ID, "--reason", "Second.").code == 0
    assert "note: |\n  First.\n\n  Second.\n" in filled.files[f"{SWINE_ID}.yaml"]


def test_without_a_reason_or_a_yes_nothing_is_retracted(filled: Door) -> None:
    before = filled.files
    assert filled("retract", SWINE_ID).code == 2
    assert "is empty" in filled("retract", SWINE_ID, "--reason", " ").err
    assert filled("retract", "type:statement", "--reason", "Why.").code == 2
    assert filled.files == before
    assert filled("retract", "type:statement", "--reason", "Why.", "-y").err == "2 changed\n"
