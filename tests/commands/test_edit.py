from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
