from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.changes.history import walk_commits
from rexctl.gitrepo.commits import Commit
from rexctl.gitrepo.trees import FileChange, FileVersion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NEVER: dict[str, str] = {}


def commit(name: str, *parents: str) -> Commit:
    return Commit(name, parents, "", "", "", "", "")


def came(path: str) -> FileChange:
    return FileChange(None, FileVersion(path, "1"))


def gone(path: str) -> FileChange:
    return FileChange(FileVersion(path, "1"), None)


def other(path: str) -> FileChange:
    return FileChange(FileVersion(path, "1"), FileVersion(path, "2"))


def followed(
    graph: Mapping[str, tuple[Sequence[str], Sequence[Sequence[FileChange]]]], *paths: str,
    renamed: Mapping[str, str] = NEVER,
) -> dict[str, list[str]]:  # fmt: skip
    """Give the files told at each commit; of a graph, for each commit its parents and the sides."""
    every = (change.path for _, sides in graph.values() for side in sides for change in side)
    start = frozenset(paths or every)
    commits = [commit(name, *parents) for name, (parents, _) in graph.items()]

    def joined(come: Sequence[FileChange], left: Sequence[FileChange]) -> dict[str, str]:
        away = {pair.path for pair in left}
        return {pair.path: renamed[pair.path] for pair in come if renamed.get(pair.path) in away}

    found = walk_commits(
        commits, {name: list(sides) for name, (_, sides) in graph.items()}, start, joined
    )
    return {step.commit.hash: [change.path for change in step.by_parent[0]] for step in found
            if step.by_parent}  # fmt: skip


def test_only_files_that_are_followed_are_told() -> None:
    graph = {"2": (["1"], [[other("a"), other("b")]]), "1": ([], [[came("a"), came("b")]])}
    assert followed(graph, "a") == {"2": ["a"], "1": ["a"]}
    assert followed(graph) == {"2": ["a", "b"], "1": ["a", "b"]}


def test_a_chain_of_renames_is_followed_and_a_former_name_given_anew_is_not() -> None:
    graph = {
        "6": (["5"], [[other("a"), other("c")]]),
        "5": (["4"], [[came("a")]]),  # another event takes the first name
        "4": (["3"], [[gone("b"), came("c")]]),
        "3": (["2"], [[other("b")]]),
        "2": (["1"], [[gone("a"), came("b")]]),
        "1": ([], [[came("a")]]),
    }  # fmt: skip
    names = {"c": "b", "b": "a"}
    told = {"6": ["c"], "4": ["c"], "3": ["b"], "2": ["b"], "1": ["a"]}
    assert followed(graph, "c", renamed=names) == told
    # Of the event that has the name now, what the name stood for before is the past of the name.
    assert followed(graph, "a", renamed=names) == {"6": ["a"], "5": ["a"], "2": ["b"], "1": ["a"]}


def test_a_merge_leads_to_the_branch_that_made_the_change() -> None:
    graph = {
        "m": (["x", "y"], [[other("a")], [other("b")]]),  # like y in a, like x in b
        "y": (["0"], [[other("a"), other("c")]]),
        "x": (["0"], [[other("b"), other("c")]]),
        "0": ([], [[came("a"), came("b"), came("c")]]),
    }
    assert followed(graph, "a") == {"y": ["a"], "0": ["a"]}
    # Both made c what it is: it is told of the first.
    assert followed(graph) == {"y": ["a"], "x": ["b", "c"], "0": ["a", "b", "c"]}
    assert followed(graph, "c") == {"x": ["c"], "0": ["c"]}


def test_what_a_merge_threw_away_is_not_told() -> None:
    graph = {
        "m": (["x", "y"], [[], [other("a"), gone("z")]]),
        "y": (["0"], [[other("a"), came("z")]]),
        "x": (["0"], [[other("b")]]),
        "0": ([], [[came("a"), came("b")]]),
    }
    assert followed(graph) == {"x": ["b"], "0": ["a", "b"]}


def test_what_is_like_no_parent_is_told_of_the_merge_and_of_both() -> None:
    graph = {
        "m": (["x", "y"], [[other("a"), other("b")], [other("a")]]),
        "y": (["0"], [[other("a")]]),
        "x": (["0"], [[other("a")]]),
        "0": ([], [[came("a"), came("b")]]),
    }
    assert followed(graph, "a") == {"m": ["a"], "y": ["a"], "x": ["a"], "0": ["a"]}


def test_a_rename_on_one_branch_does_not_hide_a_change_on_the_other() -> None:
    graph = {
        "m": (["x", "y"], [[gone("a"), came("b")], [other("b")]]),
        "y": (["0"], [[gone("a"), came("b")]]),
        "x": (["0"], [[other("a")]]),
        "0": ([], [[came("a")]]),
    }
    told = {"m": ["b"], "y": ["b"], "x": ["a"], "0": ["a"]}
    assert followed(graph, "b", renamed={"b": "a"}) == told
    assert followed(graph, renamed={"b": "a"}) == told


def test_three_parents_are_as_good_as_two() -> None:
    graph = {
        "m": (["x", "y", "z"], [[other("a"), other("b")], [other("b")], [other("a")]]),
        "z": (["0"], [[other("b")]]),
        "y": (["0"], [[other("a")]]),
        "x": (["0"], [[other("c")]]),
        "0": ([], [[came("a"), came("b"), came("c")]]),
    }
    assert followed(graph) == {"z": ["b"], "y": ["a"], "x": ["c"], "0": ["a", "b", "c"]}


def test_nothing_followed_costs_nothing() -> None:
    graph = {"2": (["1"], [[other("a")]]), "1": ([], [[came("a")]])}
    assert followed(graph, "z") == {}


def test_what_two_children_follow_is_joined() -> None:
    graph = {
        "y": (["0"], [[other("a"), other("b")]]),
        "x": (["0"], [[gone("d"), came("c")]]),
        "0": ([], [[came("a"), came("b"), came("d")]]),
    }
    merged = {"m": (["x", "y"], [[other("a"), other("b")], [gone("d"), came("c")]]), **graph}
    told = {"y": ["a", "b"], "x": ["c"], "0": ["a", "b", "d"]}
    assert followed(merged, renamed={"c": "d"}) == told
    assert followed(merged, "c", "b", renamed={"c": "d"}) == {
        "y": ["b"],
        "x": ["c"],
        "0": ["b", "d"],
    }
