from __future__ import annotations

from typing import Any

import pytest

from tests.checks.cases import linked, places, told
from tests.store.logs import event

CODE = "near-duplicates"
TITLE = "China puts rare-earth items made abroad under export licence"


def two(**second: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    one = event("2025-10-09-a", title=TITLE)
    return places(CODE, one, event(**({"name": "2025-10-09-b", "title": TITLE} | second)))


def test_one_title_on_one_day_is_told_at_the_later_id() -> None:
    assert two() == [("2025-10-09-b", ("id",))]


@pytest.mark.parametrize(
    ("second", "found"),
    [({"date": "2025-10-10"}, 1), ({"date": "2025-10-08"}, 1), ({"date": "2025-10-11"}, 0), ({"type": "tariff"}, 0),
     ({"actors": ["US"]}, 0), ({"actors": ["CN/mofcom"]}, 1), ({"title": "Soybean purchases resume"}, 0),
     ({"date": "2025-10"}, 0), ({"date": "2025-10-20", "also_dated": [{"date": "2025-10-10"}]}, 1)],
)  # fmt: skip
def test_type_day_actors_and_title_must_agree(second: dict[str, Any], found: int) -> None:
    assert len(two(**second)) == found


def test_one_paper_is_one_event_however_far_apart_and_two_papers_are_two() -> None:
    paper = {"issuer": "CN/mofcom", "number": "61", "year": "2025"}
    far = (
        event("2025-10-09-a", instrument=paper),
        event("2025-12-09-b", instrument=paper, title="Quite another"),
    )
    assert "the same instrument" in told(CODE, *far)[0].message
    near = event("2025-10-09-a", title=TITLE, instrument=paper)
    assert (
        places(CODE, near, event("2025-10-09-b", title=TITLE, instrument=paper | {"number": "62"}))
        == []
    )


def test_two_that_are_linked_are_stages_of_one_thing() -> None:
    one, two = (
        event("2025-10-09-a", title=TITLE),
        linked("2025-10-09-b", "follows-up", "2025-10-09-a", title=TITLE),
    )
    assert places(CODE, one, two) == []


def test_one_that_was_retracted_is_no_duplicate() -> None:
    assert two(confidence="retracted") == []
