from __future__ import annotations

import pytest

from rexctl.index import tables
from rexctl.index.freshness import compare
from rexctl.index.freshness.compare import News, is_wide, may_lie
from rexctl.index.freshness.folders import Look

ONE, TWO, THREE = (f"5 5 9 {n} 2025-10-0{n}-x.yaml" for n in (1, 2, 3))
SEEN = 10**10


def news(now: list[str], before: list[str], young: str = "") -> News:
    return News(Look("events/2025", "1 1 1", "//".join(now), SEEN), "//".join(before), young)


def test_what_came_what_changed_and_what_went() -> None:
    other = ONE.replace("9", "8")
    found = news([other, THREE], [ONE, TWO])
    assert set(found.changed) == {"events/2025/2025-10-01-x.yaml", "events/2025/2025-10-03-x.yaml"}
    assert found.gone == ["events/2025/2025-10-02-x.yaml"]


def test_only_what_was_taken_is_known_afterwards() -> None:
    found = news([ONE, TWO, THREE], [ONE])
    assert not found.touched
    found.done.append("events/2025/2025-10-03-x.yaml")
    assert found.touched
    assert found.known()[5] == f"{ONE}//{THREE}"


def test_a_folder_is_written_again_only_when_more_of_it_was_taken() -> None:
    index, found = tables.open_index(None, ""), news([ONE, TWO, THREE], [])
    for path in sorted(found.changed)[:2]:
        found.done.append(path)
        assert found.touched
        compare.put_folder(index, found)
        assert not found.touched
    assert next(index.ask("SELECT lines FROM folders")) == (f"{ONE}//{TWO}",)
    gone = news([], [ONE])
    assert gone.touched
    compare.put_folder(index, gone)
    assert not gone.touched


def test_what_is_known_keeps_the_order_of_the_look_so_that_the_next_is_equal_as_a_whole() -> None:
    found = news([THREE, ONE, TWO], [ONE, TWO])
    assert found.gone == []
    found.done += found.changed
    assert found.known()[5] == "//".join([THREE, ONE, TWO])


def test_another_order_alone_changes_no_file() -> None:
    found = news([TWO, ONE], [ONE, TWO])
    assert (found.changed, found.gone, found.touched) == ({}, [], True)


def test_a_file_stored_too_soon_is_looked_into_again() -> None:
    late = f"{SEEN - 1} 5 9 4 2025-10-04-x.yaml"
    found = news([ONE, late], [ONE])
    found.done += found.changed
    assert found.known()[3] == late
    assert list(news([ONE, late], [ONE, late], late).changed) == ["events/2025/2025-10-04-x.yaml"]


@pytest.mark.parametrize(
    ("path", "within", "may"),
    [
        ("events/2025/2025-10-09-x.yaml", (2025, 2025), True),
        ("events/2025/2025-10-09-x.yaml", (2024, 2024), False),
        ("events/2025/2025-10-09-x.yaml", None, True),
        ("events/2025/2025-talks.yaml", (2019, 2019), True),
        ("events/2025/nonsense.yaml", (2019, 2019), True),
        ("events/odd/2025-10-09-x.yaml", (2025, 2025), False),
    ],
)
def test_a_path_tells_in_which_years_its_event_may_lie(
    path: str, within: object, may: bool
) -> None:
    assert may_lie(path, within) is may  # type: ignore[arg-type]


def test_a_name_with_a_month_is_bound_to_its_year() -> None:
    assert not is_wide("2025-10-x.yaml")
    assert not is_wide("2025-10-09-x.yaml")
    assert is_wide("2025-x.yaml")
    assert is_wide("2025-100-percent.yaml")
