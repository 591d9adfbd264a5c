from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.merge import lines
from rexctl.merge.lines import Overlap

BASE = list("abcdef")
TEXTS = st.lists(st.sampled_from("abcd"), max_size=8)


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        ("aXcdef", "abcdYf", "aXcdYf"), ("aXcdef", "abYdef", "aXYdef"), ("abcdefX", "Yabcdef", "YabcdefX"),
        ("acdef", "abcdf", "acdf"), ("aXcdef", "aXcdef", "aXcdef"), ("abXcdef", "abcdef", "abXcdef"),
        ("aXcdef", "aYcdef", None), ("abXcdef", "abYcdef", None), ("aXdef", "abYdef", None),
        ("abXcdef", "aYcdef", None), ("", "abcdefX", None),
    ],
)  # fmt: skip
def test_changes_of_other_lines_go_together_and_of_the_same_do_not(
    ours: str, theirs: str, wanted: str | None
) -> None:
    found = lines.merged(BASE, list(ours), list(theirs))
    assert found == (None if wanted is None else list(wanted))
    assert lines.merged(BASE, list(theirs), list(ours)) == found


@given(TEXTS, TEXTS)
def test_what_one_side_leaves_alone_is_what_the_other_made_of_it(
    base: list[str], one: list[str]
) -> None:
    assert lines.merged(base, one, base) == one
    assert lines.merged(base, base, one) == one
    assert lines.merged(base, one, one) == one


@given(TEXTS, TEXTS, TEXTS)
def test_either_order_of_the_sides_gives_the_same(
    base: list[str], one: list[str], other: list[str]
) -> None:
    assert lines.merged(base, one, other) == lines.merged(base, other, one)


@given(TEXTS, TEXTS, TEXTS)
def test_each_text_can_be_taken_out_of_what_differs(
    ours: list[str], base: list[str], theirs: list[str]
) -> None:
    parts = list(lines.differing(ours, base, theirs))
    for n, text in enumerate((ours, base, theirs)):
        assert [
            x for part in parts for x in (part[n] if isinstance(part, Overlap) else part)
        ] == text
    assert any(isinstance(p, Overlap) for p in parts) is not (ours == base == theirs)


def test_an_overlap_shows_both_sides_and_what_was() -> None:
    parts = [p for p in lines.parts(BASE, list("abXYef"), list("abcZef")) if p]
    assert parts == [["a", "b"], Overlap(["X", "Y"], ["c", "d"], ["c", "Z"]), ["e", "f"]]


def test_a_long_text_of_one_line_over_and_over_merges_too() -> None:
    base = ["same"] * 20_000
    one, other = ["first", *base, "x"], ["y", *base[1:], "last"]
    assert lines.merged(base, one, base) == one
    assert lines.merged(base, one, other) is None
    assert lines.merged(base, ["first", *base], [*base, "last"]) == ["first", *base, "last"]
