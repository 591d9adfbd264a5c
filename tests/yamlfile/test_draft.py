from __future__ import annotations

import pytest

from rexctl.values import limits
from rexctl.yamlfile.documents import read_document, read_documents


@pytest.mark.parametrize("text", ["", "\n", "# only this\n", "---\n", "~\n", "\ufeff"])
def test_a_file_that_holds_nothing_is_told_so(text: str) -> None:
    document = read_document(text.encode(), "f")
    assert [f.code for f in document.findings] == ["empty-file"]
    assert document.value is None


def test_every_line_that_a_tab_indents_is_told() -> None:
    document = read_document(b"a:\n\tb: c\n\td: e\nf:\n  - g\n", "f")
    assert [(f.code, f.line) for f in document.findings] == [("tab-indent", 2), ("tab-indent", 3)]


def test_a_tab_within_brackets_is_told_and_one_within_text_is_not() -> None:
    document = read_document(b'a: [\n\tb]\nc: |\n  d\n  \te\nf: "g\n\th"\n', "f")
    assert [(f.code, f.line) for f in document.findings] == [("tab-indent", 2)]
    assert document.value["c"] == "d\n\te\n"


def test_a_document_of_a_stream_may_not_be_larger_than_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_SIZE", 10)
    first, second = read_documents(b"a: 1\n---\nb: 12345678\n", "f")
    assert (first.value, first.findings) == ({"a": "1"}, ())
    assert second.value is None
    assert [(f.code, f.line) for f in second.findings] == [("too-large", 2)]


def test_comments_have_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 3)
    assert read_document(b"a: b\n" + b"#\n" * 3, "f").findings == ()
    document = read_document(b"a: b\n" + b"#\n" * 4, "f")
    assert [f.code for f in document.findings] == ["too-many-values"]
