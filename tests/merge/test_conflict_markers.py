from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rexctl.gitrepo.merge_file import Conflict
from rexctl.merge.conflict_markers import (
    _split,
    describe_clash,
    describe_conflicts,
    mark_conflicts,
)
from rexctl.merge.event_merge import Clash
from rexctl.model.tables import SHAPES
from rexctl.values.json_text import Num
from rexctl.yamlfile.parse import parse

TEXTS = st.lists(st.sampled_from("abcd"), max_size=8)
CLASH = Clash(("title",), "A", "B", None, "text")


def test_the_markers_name_the_field_and_hold_all_three() -> None:
    assert (
        mark_conflicts(
            *(f"id: a\ntype: tariff\n{t}note: N.\n" for t in ("title: B\n", "title: A\n", ""))
        )
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


def test_both_values_and_the_base_are_told_in_words() -> None:
    assert (
        describe_clash(CLASH, "tariff")
        == "title: “B” here (ours), removed there (theirs), “A” before"
    )
    rates = [[{"value": Num(n), "unit": "percent"}] for n in ("10", "30", "25")]
    clash = Clash(("clauses", "[1(1)]", "rates"), *rates, SHAPES["TariffClause"]["rates"])
    assert describe_clash(clash, "tariff") == (
        "rates of clause 1(1): 30 percent here (ours), 25 percent there (theirs), 10 percent before")  # fmt: skip


def test_long_texts_are_told_around_their_difference() -> None:
    start = "A long sentence that is the same on both sides, and that goes on, "
    clash = Clash(("summary",), None, f"{start}ends here.", f"{start}ends there.", "prose")
    assert describe_clash(clash, "tariff") == (
        "summary: “… sides, and that goes on, ends here.” here (ours),"
        " “… sides, and that goes on, ends there.” there (theirs)")  # fmt: skip


def marked(ours: str, theirs: str, base: str = "") -> str:
    middle = f"||||||| base\n{base}" if base else ""
    return f"<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> them\n"


def described(*parts: str) -> list[tuple[int, str]]:
    data = "".join(parts).encode()
    raw = [f._replace(path="f.yaml") for f in parse(data).findings if f.code == "conflict-markers"]
    return [(one.line, one.message) for one in describe_conflicts(raw, lambda _: data)]


def test_what_git_marked_without_rexctl_is_told_in_words_too() -> None:
    head = "id: a\ntype: tariff\n"
    assert described(
        head, marked("title: A\n", "title: B\n"), "status: adopted\neffective:\n",
        marked("  from: 2026-02-24\n", "  from: 2026-02-26\n", "  from: 2026-02-20\n"),
    ) == [
        (3, "“A”: title: “A” here (ours), “B” there (theirs)"),
        (10, "“A”: start: 24 February 2026 here (ours), 26 February 2026 there (theirs), "
             "20 February 2026 before"),
    ]  # fmt: skip


def test_a_conflict_whose_sides_do_not_parse_keeps_the_lines_of_both() -> None:
    raw = "a merge conflict: one side in line 4, the other in line 6"
    assert described("id: a\ntype: tariff\n", marked("title: [\n", "title: B\n")) == [(3, raw)]


def test_a_field_that_contradicts_one_of_the_other_side_is_told_with_both() -> None:
    head = "id: a\ntype: tariff\ntitle: A\n"
    old = "status: adopted\neffective:\n  from: 2026-02-24\n  until: 2026-07-24\n"
    window = old.replace("07-24", "02-25")
    start = old.replace("02-24", "03-01")
    assert described(head, marked(window, start, old)) == [
        (4, "“A”: end here (ours) and start there (theirs) contradict each other: "
            "2026-02-25 is before 2026-03-01")]  # fmt: skip
    withdrawn = old.replace("adopted", "withdrawn")
    assert described(head, marked(withdrawn, start, old)) == [
        (4, "“A”: status withdrawn here (ours) contradicts what changed there (theirs): start")]  # fmt: skip


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
