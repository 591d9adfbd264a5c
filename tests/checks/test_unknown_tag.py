from __future__ import annotations

from tests.checks.cases import findings_of
from tests.store.logs import event

CODE = "unknown-tag"


def test_a_new_tag_and_a_new_episode_are_reported_at_their_places() -> None:
    found = findings_of(
        CODE, event("2025-10-09-a", tags=["rare-earths", "rare-erths", "zzz"], episode="bussan")
    )
    assert [(one.loc, one.hint) for one in found] == [
        (("tags", 1), "did you mean rare-earths?"),
        (("tags", 2), 'to add it: rexctl codes add zzz "What it means" --kind tag'),
        (("episode",), "did you mean busan?"),
    ]  # fmt: skip
    assert {one.level for one in found} == {"warning"}


def test_known_ones_and_none_at_all_are_right() -> None:
    assert (
        findings_of(
            CODE,
            event("2025-10-09-a", tags=["rare-earths"], episode="busan"),
            event("2025-10-10-b"),
        )
        == []
    )
