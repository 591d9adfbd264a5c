from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.cli.context import Context
from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

FILE = f"{SWINE_ID}.yaml"


def edited(door: Door, by: str) -> object:
    door.patch.setenv("EDITOR", f"sed -i {by}")
    return door("edit", SWINE_ID)


def test_what_the_editor_saves_is_written_as_it_is(filled: Door) -> None:
    before = filled.files[FILE]
    assert edited(filled, "'s/adopted/adopted  # by decree/'")[0] == 0  # type: ignore[index]
    assert filled.files[FILE] == before.replace("adopted", "adopted  # by decree")
    assert edited(filled, "s/nothing/atall/")[2] == "nothing changes\n"  # type: ignore[index]


def test_a_text_with_faults_is_refused_and_kept(filled: Door) -> None:
    before = filled.files
    code, _, err = edited(filled, "s/adopted/adoptd/")  # type: ignore[misc]
    assert code == 3
    assert "adoptd" in err
    draft = Path(err.rpartition("your text is in ")[2].strip())
    assert "status: adoptd\n" in draft.read_text(encoding="utf-8")
    assert filled.files == before


def test_a_file_with_faults_may_be_mended_so(filled: Door) -> None:
    good = filled.files[FILE]
    filled.put(FILE, good.replace("adopted", "adoptd"))
    assert edited(filled, "s/adoptd/adopted/")[0] == 0  # type: ignore[index]
    assert filled.files[FILE] == good


def test_another_id_is_the_business_of_mv(filled: Door) -> None:
    before = filled.files
    code, _, err = edited(filled, "'s/^id: .*/id: 2025-10-09-other/'")  # type: ignore[misc]
    assert code == 2
    assert "rexctl mv" in err
    assert filled.files == before


def test_a_refused_edit_is_offered_by_the_next_edit_of_the_event(filled: Door) -> None:
    filled.patch.setattr(Context, "interactive", property(lambda _: True))
    filled.patch.setenv("EDITOR", "sed -i 's/^title: .*/title: Better words/;s/adopted/adoptd/'")
    said = filled("edit", SWINE_ID, stdin=b"n\n")
    assert "1 error, marked with #!. Edit again? [Y/n] " in said.err
    assert said.code == 3
    assert f"rexctl edit {SWINE_ID}" in filled("doctor").out
    filled.patch.setenv("EDITOR", "sed -i s/adoptd/adopted/")
    said = filled("edit", SWINE_ID, stdin=b"y\n")
    assert "was not written: Better words" in said.err
    assert said.code == 0
    assert "title: Better words\n" in filled.files[FILE]
    assert "#!" not in filled.files[FILE]
    assert "drafts" not in filled("doctor").out


def test_a_draft_of_an_event_that_has_changed_since_says_so(filled: Door) -> None:
    edited(filled, "s/adopted/adoptd/")
    assert filled("set", SWINE_ID, "summary=New.").code == 0
    filled.patch.setattr(Context, "interactive", property(lambda _: True))
    filled.patch.setenv("EDITOR", "sed -i s/adoptd/adopted/")
    said = filled("edit", SWINE_ID, stdin=b"y\n")
    assert f"{SWINE_ID} has changed since the draft was begun" in " ".join(said.err.split())
    assert "summary removed" in said.out


def test_an_editor_that_leaves_a_folder_is_refused(filled: Door) -> None:
    before = filled.files
    filled.patch.setenv("EDITOR", 'sh -c \'rm "$1"; mkdir "$1"\' sh')
    said = filled("edit", SWINE_ID)
    assert (said.code, filled.files) == (7, before)
    assert "is a folder, not a file" in said.err
