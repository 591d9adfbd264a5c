from __future__ import annotations

from typing import Any

import pytest

from rexctl.vocabulary.entries import join_files

OURS: dict[str, dict[str, Any]] = {
    "actors": {"CN/mofcom": {"code": "CN/mofcom", "aliases": ["MOFCOM"]}}, "materials": {}, "laws": {},
}  # fmt: skip


def read(text: str, stem: str = "actors") -> tuple[dict[str, Any], list[tuple[str, int, int]]]:
    """Return the log's entries, and the faults by code, line and column."""
    changed, findings = join_files(OURS, {f"vocabulary/{stem}.yaml": text.encode()})
    entries = {code: one for code, one in changed[stem].items() if one != OURS[stem].get(code)}
    return entries, [(fault.code, fault.line, fault.column) for fault in findings]


def test_a_sound_list_is_read_whole() -> None:
    entries, told = read(
        "- code: press\n  name: The press\n- code: firm/asml\n  aliases:\n    - ASML\n"
    )
    assert told == []
    assert entries == {
        "press": {"code": "press", "name": "The press"},
        "firm/asml": {"code": "firm/asml", "aliases": ["ASML"]},
    }


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_a_list_may_be_empty(text: str) -> None:
    assert read(text) == ({}, [])


@pytest.mark.parametrize("text", ["code: press\n", "just words\n"])
def test_what_is_no_list_is_told(text: str) -> None:
    entries, told = read(text)
    assert entries == {}
    assert [code for code, *_ in told] == ["wrong-shape"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- name: The press\n", ("missing-field", 1, 3)),
        ("- press\n", ("missing-field", 1, 3)),
        ("- code: The press\n", ("bad-slug", 1, 9)),
        ("- code: press\n- code: press\n", ("code-twice", 2, 9)),
        ("- code: press\n  nmae: x\n", ("unknown-field", 2, 3)),
        ("- code: press\n  tz: Mars\n", ("unknown-zone", 2, 7)),
        ("- code: press\n  aliases:\n    - a\n    - MOFCOM\n", ("code-twice", 4, 7)),
        ("- code: press\n  name: PRC\n", ("code-twice", 2, 9)),
        ("- code: press\n  name: us\n", ("code-twice", 2, 9)),
        ("- code: a\n  name: x\n- code: b\n  name: X\n", ("code-twice", 4, 9)),
        ("- code: G9\n  members:\n    - codes:\n        - QQ\n", ("unknown-actor", 4, 11)),
    ],
)
def test_each_fault_is_told_at_its_place(text: str, expected: tuple[str, int, int]) -> None:
    assert read(text)[1] == [expected]


def test_a_sound_field_stands_beside_a_faulty_one() -> None:
    entries, told = read("- code: press\n  name: The press\n  tz: Mars\n  aliases: x\n")
    assert entries == {"press": {"code": "press", "name": "The press"}}
    assert [code for code, *_ in told] == ["unknown-zone", "wrong-shape"]


def test_the_first_of_two_entries_of_one_code_counts_and_names_are_placed_in_it() -> None:
    text = "- code: a\n  aliases:\n    - MOFCOM\n- code: a\n  name: other\n"
    entries, told = read(text)
    assert entries == {"a": {"code": "a", "aliases": ["MOFCOM"]}}
    assert told == [("code-twice", 4, 9), ("code-twice", 3, 7)]


def test_an_entry_over_ours_may_keep_its_names() -> None:
    entries, told = read("- code: CN/mofcom\n  name: MOFCOM\n")
    assert told == []
    assert entries["CN/mofcom"]["name"] == "MOFCOM"


def test_a_bloc_may_have_members_of_the_same_file() -> None:
    text = "- code: CLUB\n  members:\n    - codes:\n        - DE\n        - press\n- code: press\n"
    assert read(text)[1] == []


@pytest.mark.parametrize(("stem", "key"), [("materials", "tz"), ("laws", "hs")])
def test_a_field_of_another_list_is_unknown(stem: str, key: str) -> None:
    code = {"materials": "spam", "laws": "us/spam"}[stem]
    assert read(f"- code: {code}\n  {key}: x\n", stem)[1] == [("unknown-field", 2, 3)]
