from __future__ import annotations

from typing import Any

from rexctl.gitrepo.commits import format_commit_date, group_by_commit


def test_rows_are_gathered_by_their_commit_and_the_working_tree_has_none() -> None:
    rows: list[dict[str, Any]] = [
        {"n": 1},
        {"commit": "a", "n": 2},
        {"commit": "a"},
        {"commit": "b"},
    ]
    assert [len(found) for found in group_by_commit(rows)] == [1, 2, 1]


def test_a_commit_was_made_by_its_authors_clock() -> None:
    assert format_commit_date({"date": "2025-11-20T14:03:09+01:00"}) == "2025-11-20 14:03 +01:00"
    assert format_commit_date({"date": "2025-11-20T14:03:09Z"}) == "2025-11-20 14:03 +00:00"
    assert format_commit_date({"date": ""}) == format_commit_date({}) == ""
