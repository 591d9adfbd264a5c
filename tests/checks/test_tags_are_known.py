from __future__ import annotations

from tests.checks.cases import told
from tests.store.logs import event

CODE = "tags-are-known"


def test_a_new_tag_and_a_new_episode_are_told_at_their_places() -> None:
    found = told(
        CODE, event("2025-10-09-a", tags=["rare-earths", "rare-erths", "zzz"], episode="bussan")
    )
    assert [(one.loc, one.hint) for one in found] == [
        (("tags", 1), "did you mean rare-earths?"), (("tags", 2), "add it to vocabulary/tags.yaml"),
        (("episode",), "did you mean busan?"),
    ]  # fmt: skip
    assert {one.level for one in found} == {"warning"}


def test_known_ones_and_none_at_all_are_right() -> None:
    assert (
        told(
            CODE,
            event("2025-10-09-a", tags=["rare-earths"], episode="busan"),
            event("2025-10-10-b"),
        )
        == []
    )
