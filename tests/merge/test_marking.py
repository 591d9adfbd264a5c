from __future__ import annotations

from rexctl.merge.conflict_markers import Version, marked, name_of, told, version
from rexctl.merge.tree import Clash

CLASH = Clash(("title",), ("title",), "A", "B", None)


def texts(*titles: str) -> list[Version]:
    return [version(f"id: a\ntype: tariff\n{t}note: N.\n", "tariff", [CLASH]) for t in titles]


def test_a_clash_is_found_in_the_text_by_its_path() -> None:
    assert texts("title: B\n", "") == [
        Version("id: a\ntype: tariff\ntitle: B\nnote: N.\n", (("title", 2, 2),)),
        Version("id: a\ntype: tariff\nnote: N.\n", ()),
    ]


def test_the_markers_name_the_field_and_hold_all_three() -> None:
    found, places = marked(*texts("title: B\n", "title: A\n", ""))
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
    (finding,) = told([CLASH], "f.yaml", {"title": 3})
    assert (finding.code, finding.path, finding.line) == ("conflict-markers", "f.yaml", 3)
    assert finding.message == 'title: ours "B", theirs nothing, base "A"'
    (finding,) = told([CLASH._replace(ours=["x" * 90])], "f.yaml", {})
    assert finding.message == f'title: ours ["{"x" * 57}…, theirs nothing, base "A"'


def test_a_name_from_a_file_is_made_harmless() -> None:
    assert name_of(CLASH._replace(name=("a\x1b[2J", "[b\u202ec]"))) == "a\\u001b[2J[b\\u202ec]"
