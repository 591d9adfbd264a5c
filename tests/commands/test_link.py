from __future__ import annotations

from typing import TYPE_CHECKING

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

FIRST = "2025-10-11-se-speaks-swine"


def test_a_link_is_added_once_with_who_says_so(filled: Door) -> None:
    said = filled("link", FIRST, "responds-to", "2025-10-09-no", "--asserted-by", "Sweden")
    assert (said.code, said.err) == (0, "1 changed\n")
    assert (
        f"links:\n  - rel: responds-to\n    to: {SWINE_ID}\n    asserted_by:\n      - SE\n"
        in filled.files[f"{FIRST}.yaml"]
    )
    assert filled("link", FIRST, "responds-to", SWINE_ID, "--asserted-by", "SE") == (
        0,
        "",
        "nothing changes\n",
    )
    assert "responds-to" in filled("show", SWINE_ID, "-j").out


def test_what_leads_nowhere_is_told_and_nothing_is_written(filled: Door) -> None:
    before = filled.files
    assert "did you mean responds-to?" in filled("link", FIRST, "respond-to", SWINE_ID).err
    assert filled("link", FIRST, "responds-to", "2025-10-09-nothing").code == 4
    assert filled("link", "2025-10-09-nothing", "responds-to", SWINE_ID).code == 4
    said = filled("link", FIRST, "responds-to", SWINE_ID, "--clause", "1(1)")
    assert said.code == 4
    assert "it has no clauses" in said.err
    assert (
        filled("link", FIRST, "responds-to", SWINE_ID, "--dry-run").err
        == "1 would change; nothing written\n"
    )
    assert filled.files == before


def test_an_event_is_not_linked_to_itself(filled: Door) -> None:
    said = filled("link", SWINE_ID, "about", SWINE_ID)
    assert (said.code, said.err) == (
        2,
        f"error[bad-value] {SWINE_ID}: cannot be linked to itself; name another event\n",
    )


def test_the_events_of_a_file_are_linked_at_once(filled: Door) -> None:
    words = ["link", "--ids", "-", "responds-to", SWINE_ID, "--asserted-by", "SE"]
    said = filled(*words, "--dry-run", stdin=f"{FIRST}\n".encode())
    assert (said.code, said.err) == (0, "1 would change; nothing written\n")
    said = filled(*words, stdin=f"{FIRST}\n".encode())
    assert (said.code, said.err) == (0, "1 changed\n")
    assert f"to: {SWINE_ID}\n" in filled.files[f"{FIRST}.yaml"]
    said = filled(*words, stdin=b"2025-nothing\n")
    assert (said.code, "2025-nothing: no such event" in said.err) == (4, True)
    assert filled(*words, stdin=f"{SWINE_ID}\n".encode()).code == 2
    said = filled("link", FIRST, "responds-to")
    assert (said.code, "missing EVENT; write EVENT REL EVENT" in said.err) == (2, True)
