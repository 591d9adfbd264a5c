from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

FIRST, NEW = "2025-10-11-se-speaks-swine", "2025-10-09-no-duty-on-swine"


@pytest.fixture
def linked(filled: Door) -> Door:
    assert filled("link", FIRST, "responds-to", SWINE_ID, "--asserted-by", "SE").code == 0
    return filled


def test_the_file_is_renamed_and_every_link_follows(linked: Door) -> None:
    before = linked.files
    said = linked("mv", SWINE_ID, NEW)
    assert (said.code, said.err) == (0, "renamed, and 1 linked events with it\n")
    assert set(linked.files) == {f"{NEW}.yaml", *before} - {f"{SWINE_ID}.yaml"}
    assert linked.files[f"{NEW}.yaml"].startswith(f"id: {NEW}\n")
    assert linked.files[f"{NEW}.yaml"].endswith(f"aliases:\n  - {SWINE_ID}\n")
    assert linked.files[f"{FIRST}.yaml"] == before[f"{FIRST}.yaml"].replace(SWINE_ID, NEW)
    assert linked("check").code == 0
    assert NEW in linked("show", SWINE_ID, "-j").out


def test_it_is_taken_back_as_a_whole(linked: Door) -> None:
    before = linked.files
    assert linked("mv", SWINE_ID, NEW, "--dry-run").err == "2 would change; nothing written\n"
    assert linked.files == before
    linked("mv", SWINE_ID, NEW)
    assert linked("undo").code == 0
    assert linked.files == before


@pytest.mark.parametrize(("new", "code", "told"), [
    ("No-upper", 2, "an id has only"), ("../x", 2, "an id has only"), (FIRST, 5, "error[id-taken]"),
    (SWINE_ID, 0, "nothing changes"),
])  # fmt: skip
def test_an_id_that_cannot_be_is_told(linked: Door, new: str, code: int, told: str) -> None:
    before = linked.files
    said = linked("mv", SWINE_ID, new)
    assert said.code == code
    assert told in said.err
    assert linked.files == before


def test_a_file_with_errors_that_names_the_old_id_is_reported(linked: Door) -> None:
    text = linked.files[f"{FIRST}.yaml"]
    linked.put(f"{FIRST}.yaml", text + "titel: x\n")
    said = linked("mv", SWINE_ID, NEW)
    assert said.code == 0
    assert (
        f"data/events/2025/{FIRST}.yaml: has errors; its link to {SWINE_ID} was not rewritten"
        in said.err
    )
    assert SWINE_ID in linked.files[f"{FIRST}.yaml"]


def test_a_file_whose_link_cannot_be_rewritten_is_named_and_nothing_is_written(
    linked: Door,
) -> None:
    path = linked.put(f"{FIRST}.yaml", linked.files[f"{FIRST}.yaml"])
    mixed = path.read_bytes().replace(b"\n", b"\r\n", 1)  # no line end to keep to
    path.write_bytes(mixed)
    before = linked.files
    said = linked("mv", SWINE_ID, NEW)
    assert said.code == 3
    assert f"data/events/2025/{FIRST}.yaml:1:1: error[not-spliced]" in said.err
    assert path.read_bytes() == mixed
    assert linked.files == before


def test_a_file_that_was_renamed_by_hand_gets_the_id_of_its_name(linked: Door) -> None:
    old = linked.put(f"{SWINE_ID}.yaml", linked.files[f"{SWINE_ID}.yaml"])
    old.rename(old.with_name(f"{NEW}.yaml"))
    assert linked("mv", SWINE_ID, NEW).code == 0
    assert linked.files[f"{NEW}.yaml"].startswith(f"id: {NEW}\n")
    assert linked("check").code == 0
    assert linked("undo").code == 0
    assert linked.files[f"{NEW}.yaml"].startswith(f"id: {SWINE_ID}\n")


def hints(door: Door) -> list[str]:
    found = map(json.loads, door("check", "-j").lines)
    return [str(one["hint"]) for one in found if one["code"] == "path-mismatch"]


def test_a_rename_that_began_with_the_id_in_the_file_is_finished(linked: Door) -> None:
    """The hint of `check` is the command that does it, links included."""
    text = linked.files[f"{SWINE_ID}.yaml"].replace(SWINE_ID, "2024-10-09-no-swine")
    linked.put(f"{SWINE_ID}.yaml", text)
    (hint,) = hints(linked)
    command = hint.partition(" renames it")[0].split()
    assert command == ["rexctl", "mv", SWINE_ID, "2024-10-09-no-swine"]
    assert linked(*command[1:]).code == 0
    assert linked("check").code == 0
    assert "to: 2024-10-09-no-swine" in linked.files[f"{FIRST}.yaml"]


def test_a_copy_in_the_log_is_to_be_removed_and_gets_no_id_that_cannot_be(linked: Door) -> None:
    for name in ("copy", "(1)"):
        linked.put(f"{SWINE_ID} {name}.yaml", linked.files[f"{SWINE_ID}.yaml"])
    assert all(hint.startswith("remove this file if it is a copy; ") for hint in hints(linked))
    assert len(hints(linked)) == 2


def test_a_file_in_the_folder_of_another_year_is_moved_by_the_command_of_its_hint(
    linked: Door,
) -> None:
    events = linked.folder / "data" / "events"
    (events / "2024").mkdir()
    (events / "2025" / f"{SWINE_ID}.yaml").rename(events / "2024" / f"{SWINE_ID}.yaml")
    (hint,) = hints(linked)
    assert hint == f"move it to events/2025/: rexctl mv {SWINE_ID} {SWINE_ID} does that"
    assert linked("mv", SWINE_ID, SWINE_ID).code == 0
    assert not hints(linked)
