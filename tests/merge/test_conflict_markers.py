from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rexctl.gitrepo.merge_file import Conflict
from rexctl.merge.conflict_markers import (
    Version,
    _split,
    clash_name,
    describe_clashes,
    locate_clashes,
    mark_conflicts,
)
from rexctl.merge.event_merge import Clash

TEXTS = st.lists(st.sampled_from("abcd"), max_size=8)
CLASH = Clash(("title",), ("title",), "A", "B", None)


def texts(*titles: str) -> list[Version]:
    return [
        locate_clashes(f"id: a\ntype: tariff\n{t}note: N.\n", "tariff", [CLASH]) for t in titles
    ]


def test_a_clash_is_found_in_the_text_by_its_path() -> None:
    assert texts("title: B\n", "") == [
        Version("id: a\ntype: tariff\ntitle: B\nnote: N.\n", (("title", 2, 2),)),
        Version("id: a\ntype: tariff\nnote: N.\n", ()),
    ]


def test_the_markers_name_the_field_and_hold_all_three() -> None:
    found, places = mark_conflicts(*texts("title: B\n", "title: A\n", ""))
    assert (
        found
        == """\
id: a
type: tariff
<<<<<<< ours: title
title: B
||||||| base: title
title: A
=======
>>>>>>> theirs: title
note: N.
"""
    )
    assert places == {"title": 3}


def test_both_values_and_the_base_are_told_at_the_line() -> None:
    (finding,) = describe_clashes([CLASH], "f.yaml", {"title": 3})
    assert (finding.code, finding.path, finding.line) == ("conflict-markers", "f.yaml", 3)
    assert finding.message == 'title: ours "B", theirs nothing, base "A"'
    (finding,) = describe_clashes([CLASH._replace(ours=["x" * 90])], "f.yaml", {})
    assert finding.message == f'title: ours ["{"x" * 57}…, theirs nothing, base "A"'


def test_a_name_from_a_file_is_made_harmless() -> None:
    assert clash_name(CLASH._replace(name=("a\x1b[2J", "[b\u202ec]"))) == "a\\u001b[2J[b\\u202ec]"


@given(TEXTS, TEXTS, TEXTS)
def test_each_text_can_be_taken_out_of_what_differs(
    ours: list[str], base: list[str], theirs: list[str]
) -> None:
    parts = list(_split(ours, base, theirs))
    for n, text in enumerate((ours, base, theirs)):
        assert [
            x for part in parts for x in (part[n] if isinstance(part, Conflict) else part)
        ] == text
    assert any(isinstance(p, Conflict) for p in parts) is not (ours == base == theirs)
