"""Each complaint of the parser, provoked, in the words of the file, with libyaml and without."""

from __future__ import annotations

import re

import pytest
import yaml

from rexctl.yamlfile import documents as door
from rexctl.yamlfile.documents import read_document

CASES = [
    ("title: a: b\n", "yaml-syntax", "a colon in an unquoted text", 1, 9),
    ("title: a\n  date: b\n", "yaml-syntax", "indented under one that already has a value", 2, 7),
    ("title: \"a\" b\n", "yaml-syntax", "text after the closing quote", 1, 12),
    ("a:\n  b: c\n d: e\n", "yaml-syntax", "not indented like its neighbours", 3, 2),
    ("a:\n  - b\n  c: d\n", "yaml-syntax", "not indented like", 3, 3),
    ("a: b\nc\nd: e\n", "yaml-syntax", "no colon after its first word", 2, 1),
    ("a: 'b\nc: d\n", "yaml-syntax", "a quoted text begins here and never ends", 1, 4),
    ('a: "b\\d"\n', "yaml-syntax", "a backslash", 1, None),
    ('a: "\\u12"\n', "yaml-syntax", "an escape", 1, None),
    ("a: [b, c\nd: e\n", "yaml-syntax", "a list in brackets", 1, 4),
    ("a: {b: c\nd: e\n", "yaml-syntax", "a mapping in braces", 1, 4),
    ("a: | b\n  c\n", "yaml-syntax", "text on the line of |", 1, None),
    ("a: |0\n  c\n", "yaml-syntax", "0 after |", 1, None),
    ("a: - b\n", "yaml-syntax", "a list item where none can begin", 1, 4),
    ("a: ? b\n", "yaml-syntax", "`? `", 1, 4),
    ("a: @b\n", "yaml-syntax", "cannot begin with @", 1, 4),
    ("a: %b\n", "yaml-syntax", "cannot begin with %", 1, 4),
    ("a: &\n", "yaml-syntax", "& or *", 1, None),
    ("a: , b\n", "yaml-syntax", "a value is missing here", 1, 4),
    ("a:\n\tb: c\n", "tab-indent", "a tab as indentation", 2, 1),
    ("a: !x!y b\n", "yaml-tag", "a tag", 1, None),
    ("%FOO bar\n%YAML 9.1\n--- a\n", "yaml-directive", "%", None, None),
]  # fmt: skip


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(yaml, request.param):
        pytest.skip("libyaml is not built in")
    monkeypatch.setattr(door, "LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("text", "code", "words", "line", "column"), CASES)
def test_a_broken_text_is_told_in_the_words_of_the_file(
    text: str, code: str, words: str, line: int | None, column: int | None
) -> None:
    document = read_document(text.encode(), "f")
    finding = next(f for f in document.findings if f.code == code)
    assert words in finding.message
    assert finding.hint
    assert line is None or finding.line == line
    assert column is None or finding.column == column
    assert document.value is None


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_no_message_speaks_of_the_library(text: str) -> None:
    for finding in read_document(text.encode(), "f").findings:
        assert not re.search(
            r"token|scann|pars|node|context|mapping values|expected", finding.message
        )
