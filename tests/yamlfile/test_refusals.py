from __future__ import annotations

import pytest

from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.tree import shorten as cut

CASES = [
    ("a: !!str b\n", "yaml-tag", 1, 4),
    ("a: ! b\n", "yaml-tag", 1, 4),
    ("a: !!map {b: c}\n", "yaml-tag", 1, 4),
    ("a: &x b\n", "yaml-anchor", 1, 4),
    ("a: &x [b]\n", "yaml-anchor", 1, 4),
    ("a: *x\n", "yaml-alias", 1, 4),
    ("*x : b\n", "yaml-alias", 1, 1),
    ("<<: {a: b}\n", "yaml-merge-key", 1, 1),
    ("a: b\na: c\n", "duplicate-key", 2, 1),
    ('a: b\n"\\x61": c\n', "duplicate-key", 2, 1),
    ("a:\n  - b: c\n    b: d\n", "duplicate-key", 3, 5),
    ("a:\nb: c\n", "empty-value", 1, 1),
    ("a: null\n", "empty-value", 1, 4),
    ("a: ~\n", "empty-value", 1, 4),
    ("a:\n  - Null\n", "empty-value", 2, 5),
    ("a:\n  - b\n  -\n", "empty-value", 3, 3),
    ("a: # nothing\nb: c\n", "empty-value", 1, 1),
    ('"": a\n', "empty-key", 1, 1),
    ("? [a]\n: b\n", "bad-key", 1, 3),
    ("? {a: b}\n:\n  c: d\n", "bad-key", 1, 3),
    ("? |\n  a\n  b\n: c\n", "bad-key", 1, 3),
    (f"? {'k' * 201}\n: c\n", "bad-key", 1, 3),
    ('a: "x\\0y"\n', "control-character", 1, 4),
    ('a: "x\\u2028y"\n', "control-character", 1, 4),
    ('a: "\\u202Ey"\n', "bidi-control", 1, 4),
    ("a: x\u202ey\n", "bidi-control", 1, 4),
    ("x\u2066: y\n", "bidi-control", 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), CASES)
def test_each_thing_is_refused_by_name_at_its_place(
    text: str, code: str, line: int, column: int
) -> None:
    found = read_document(text.encode(), "f").findings
    assert [(f.code, f.line, f.column) for f in found] == [(code, line, column)]
    assert found[0].hint


@pytest.mark.parametrize(
    "text", ['a: "null"\n', "a: '~'\n", '"<<": b\n', 'a: "*x"\n', "a: x&y\n", "a: nULL\n",
             'a: ""\n', 'a: "x\\ty\\nz"\n', "a: می\u200cخواهم\n"],
)  # fmt: skip
def test_the_same_as_text_is_no_fault(text: str) -> None:
    assert read_document(text.encode(), "f").findings == ()


def test_a_doubled_key_names_the_first_line_and_keeps_the_first_value() -> None:
    document = read_document(b"a: first\nb: c\na: {x: y}\n", "f")
    assert "line 1" in document.findings[0].message
    assert document.value == {"a": "first", "b": "c"}
    assert document.position(("a",)).line == 1


def test_a_bomb_of_aliases_is_only_told() -> None:
    lines = ["a: &a [x, x]"] + [
        f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    found = read_document("\n".join(lines).encode(), "f").findings
    assert {f.code for f in found} == {"yaml-anchor", "yaml-alias"}
    assert len(found) == 9 + 16


def test_a_long_name_is_cut_in_a_sentence() -> None:
    (finding,) = read_document(b"a: !" + b"t" * 5000 + b" x\n", "f").findings
    assert len(finding.message) < 120
    assert cut("x" * 60) == "x" * 60
