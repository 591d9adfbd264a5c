from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.door import STATEMENT, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_the_last_write_is_taken_back_once(filled: Door) -> None:
    before = filled.files
    filled("set", "type:statement", "tags+=x", "-y")
    said = filled("undo", "--dry-run")
    assert [line.startswith("data/events/") for line in said.lines[:3]] == [True, True, False]
    assert "  x removed from tags" in said.lines
    assert said.err == "would undo: change of 2 events; nothing written\n"
    assert filled.files != before
    assert filled("undo").err == "undid: change of 2 events\n"
    assert filled.files == before
    while (said := filled("undo")).code == 0:
        pass  # the writes that filled the log
    assert said.code == 4
    assert "error[nothing-to-undo]" in said.err


def test_an_event_that_was_added_goes_again(filled: Door) -> None:
    before = filled.files
    filled("add", "statement", "A third word", *STATEMENT)
    assert len(filled.files) == 4
    assert filled("undo").code == 0
    assert filled.files == before
    assert filled("list", "-c").out == "3\n"


def test_what_has_changed_since_stays(filled: Door) -> None:
    filled("set", SWINE_ID, "title=A")
    path = filled.put(f"{SWINE_ID}.yaml", filled.files[f"{SWINE_ID}.yaml"] + "# by hand\n")
    said = filled("undo")
    assert said.code == 5
    assert "error[changed-meanwhile]" in said.err
    assert path.read_text(encoding="utf-8").endswith("# by hand\n")


def test_undo_repeated_goes_back_write_by_write(filled: Door) -> None:
    states = [filled.files]
    for title in ("A", "B", "C"):
        filled("set", SWINE_ID, f"title={title}")
        states.append(filled.files)
    for before in reversed(states[:-1]):
        assert filled("undo").code == 0
        assert filled.files == before
