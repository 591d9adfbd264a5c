from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_an_event_is_shown_with_the_links_that_lead_to_it(filled: Door) -> None:
    filled("add", "statement", "A third", *STATEMENT, "--clarifies", SWINE_ID)
    (row,) = [json.loads(line) for line in filled("show", SWINE_ID).lines]
    assert [(link["rel"], link["from"]) for link in row["_links_in"]] == [
        ("clarifies", "2025-10-11-se-third")
    ]
    assert list(row)[-1] == "_v"
    assert (
        "linked by  clarified-by 2025-10-11-se-third" in filled("show", SWINE_ID, "-f", "card").out
    )


def test_the_beginning_of_an_id_is_enough_where_no_other_has_it(filled: Door) -> None:
    assert filled("show", "2025-10-09", "-f", "id").out == SWINE_ID + "\n"


def test_an_ambiguous_beginning_lists_the_candidates(filled: Door) -> None:
    said = filled("show", "2025-10-11-se")
    assert (said.code, said.out) == (4, "")
    assert "matches 2 events; 2025-10-11-se-" in said.err


@pytest.mark.parametrize("name", ["nothing", "", "../../etc/passwd", "2025-10-09-no-charges-20"])
def test_no_such_event_is_4(name: str, filled: Door) -> None:
    said = filled("show", name)
    assert (said.code, said.out) == (4, "")
    assert "no such event" in said.err


def test_one_wrong_id_shows_none(filled: Door) -> None:
    assert filled("show", SWINE_ID, "nothing").out == ""


def test_the_yaml_is_the_file(filled: Door) -> None:
    assert filled("show", SWINE_ID, "-f", "yaml").out == filled.files[f"{SWINE_ID}.yaml"]


@pytest.mark.parametrize(
    "words", [[], ["x", "-f", "crad"], ["x", "-j", "-f", "yaml"], ["x", "-o", "a.b"]]
)
def test_it_can_be_asked_wrongly(words: list[str], filled: Door) -> None:
    assert filled("show", *words).code == 2


def test_a_file_takes_the_format_of_its_suffix(filled: Door) -> None:
    filled("show", SWINE_ID, "-o", "x.yaml")
    assert (filled.folder / "x.yaml").read_text(encoding="utf-8") == filled.files[
        f"{SWINE_ID}.yaml"
    ]
