from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.index.freshness import compare, halves
from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    import pytest

    from tests.commands.door import Door

BAD = "id: 2024-05-01-x\ntype: tarif\n"


def test_a_bad_file_of_another_year_does_not_mar_a_bounded_answer(filled: Door) -> None:
    filled.put("2024-05-01-x.yaml", BAD)
    assert (filled("list", "date:2025", "-f", "id").code, filled("list", "date:2024").code) == (
        0,
        6,
    )
    assert filled("list", "-f", "id").code == 6
    assert filled("values", "type", "date:2025").code == 0


def test_a_bad_file_that_may_lie_anywhere_is_always_told(filled: Door) -> None:
    filled.put("2024-x.yaml", BAD.replace("2024-05-01-x", "2024-x"))
    said = filled("list", "date:2025", "-f", "id")
    assert said.code == 6
    assert SWINE_ID in said.out
    assert "2024-x.yaml" in said.err


def test_a_law_that_only_an_event_names_is_known_once_the_event_is(filled: Door) -> None:
    assert filled("list", "legal_basis:no/new-law", "date:2025").code == 2
    text = filled.files[f"{SWINE_ID}.yaml"].replace(
        "products:", "legal_basis:\n  - no/new-law\nproducts:"
    )
    filled.put(
        "2024-05-01-x.yaml",
        text.replace(SWINE_ID, "2024-05-01-x").replace("date: 2025-10-09", "date: 2024-05-01"),
    )
    said = filled("list", "legal_basis:no/new-law", "date:2025")
    assert (said.code, said.out) == (0, "")


def test_what_was_asked_while_files_were_looked_at_is_not_shown_where_one_changed(
    filled: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halves, "_two", lambda: True)
    monkeypatch.setattr(compare, "_FEW", 0)
    asks = (
        ["list", "-j", "title:zebras"], ["list", "-c", "title:zebras"], ["search", "zebras"],
        ["values", "title", "title:zebras"], ["stats", "title:zebras"],
    )  # fmt: skip
    before = filled.files[f"{SWINE_ID}.yaml"]
    title = next(line for line in before.splitlines() if line.startswith("title:"))
    for ask in asks:
        filled.put(f"{SWINE_ID}.yaml", before)
        assert filled(*ask).out in ("", "0\n")
        filled.put(f"{SWINE_ID}.yaml", before.replace(title, "title: Of zebras"))
        assert filled(*ask).out not in ("", "0\n"), ask
