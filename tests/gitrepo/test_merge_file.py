from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.gitrepo.merge_file import Conflict, merge_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE = list("abcdef")


def merged(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    parts = list(merge_lines(base, ours, theirs))
    if any(isinstance(part, Conflict) for part in parts):
        return None
    return [line for part in parts for line in part if isinstance(line, str)]


TEXTS = st.lists(st.sampled_from("abcd"), max_size=8)


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        ("aXcdef", "abcdYf", "aXcdYf"), ("aXcdef", "abYdef", "aXYdef"), ("abcdefX", "Yabcdef", "YabcdefX"),
        ("acdef", "abcdf", "acdf"), ("aXcdef", "aXcdef", "aXcdef"), ("abXcdef", "abcdef", "abXcdef"),
        ("aXcdef", "aYcdef", None), ("abXcdef", "abYcdef", None), ("aXdef", "abYdef", None),
        ("abXcdef", "aYcdef", "aYXcdef"), ("aXbcdef", "aYcdef", None), ("", "abcdefX", None),
    ],
)  # fmt: skip
def test_changes_of_other_lines_go_together_and_of_the_same_do_not(
    ours: str, theirs: str, wanted: str | None
) -> None:
    found = merged(BASE, list(ours), list(theirs))
    assert found == (None if wanted is None else list(wanted))
    assert merged(BASE, list(theirs), list(ours)) == found


@given(TEXTS, TEXTS)
def test_what_one_side_leaves_alone_is_what_the_other_made_of_it(
    base: list[str], one: list[str]
) -> None:
    assert merged(base, one, base) == one
    assert merged(base, base, one) == one
    assert merged(base, one, one) == one


@given(TEXTS, TEXTS, TEXTS)
def test_either_order_of_the_sides_gives_the_same(
    base: list[str], one: list[str], other: list[str]
) -> None:
    assert merged(base, one, other) == merged(base, other, one)


def test_an_overlap_shows_both_sides_and_what_was() -> None:
    parts = [p for p in merge_lines(BASE, list("abXYef"), list("abcZef")) if p]
    assert parts == [["a", "b", "X"], Conflict(["Y"], ["d"], ["Z"]), ["e", "f"]]


def test_a_long_text_of_one_line_over_and_over_merges_too() -> None:
    base = ["same"] * 20_000
    one, other = ["first", *base, "x"], ["y", *base[1:], "last"]
    assert merged(base, one, base) == one
    assert merged(base, one, other) is None
    assert merged(base, ["first", *base], [*base, "last"]) == ["first", *base, "last"]


def test_a_line_that_looks_like_a_marker_is_a_line() -> None:
    marker = "<" * 40 + " ours"
    assert merged(["a", marker, "b"], ["x", marker, "b"], ["a", marker, "=" * 60]) == [
        "x", marker, "=" * 60,
    ]  # fmt: skip
