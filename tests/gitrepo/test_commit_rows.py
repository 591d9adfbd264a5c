from __future__ import annotations

from typing import Any

from rexctl.gitrepo.commits import group_by_commit


def test_rows_are_gathered_by_their_commit_and_the_working_tree_has_none() -> None:
    rows: list[dict[str, Any]] = [
        {"n": 1},
        {"commit": "a", "n": 2},
        {"commit": "a"},
        {"commit": "b"},
    ]
    assert [len(found) for found in group_by_commit(rows)] == [1, 2, 1]
