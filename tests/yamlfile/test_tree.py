from __future__ import annotations

import pytest

from rexctl.values import limits
from rexctl.yamlfile.documents import read_document


def value(text: str) -> object:
    document = read_document(text.encode(), "f")
    assert document.findings == ()
    return document.value


@pytest.mark.parametrize(
    "text", ["NO", "0103", "13:01", "1E902", "yes", "1.0", "10.50", "2025-10-09", "2025-13-45",
             "0x1F", "-.inf", "8541.40", "1_000", "=", "2025-10-09T10:00:00Z"],
)  # fmt: skip
def test_every_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert value(f"a: {text}\n") == {"a": text}
    assert value(f"- {text}\n") == [text]
    assert value(f"{text}: b\n") == {text: "b"}


def test_all_styles_give_their_text() -> None:
    text = "a: 'it''s'\nb: \"x\\ty\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\ne: one\n  two\n"
    assert value(text) == {
        "a": "it's", "b": "x\ty", "c": "one\ntwo\n", "d": "one two", "e": "one two",
    }  # fmt: skip


def test_lists_and_mappings_nest_in_block_and_flow() -> None:
    text = "a:\n- b: [c, {d: e}]\n  f: {}\n- - g\n  - []\n"
    assert value(text) == {"a": [{"b": ["c", {"d": "e"}], "f": {}}, ["g", []]]}


def test_keys_keep_the_order_of_the_file() -> None:
    assert list(read_document(b"z: 1\na: 2\nm: 3\n", "f").value) == ["z", "a", "m"]


def test_sixteen_levels_are_read_and_the_next_is_refused() -> None:
    assert read_document(b"[" * 16 + b"]" * 16, "f").findings == ()
    document = read_document(b"[" * 17 + b"]" * 17, "f")
    assert [(f.code, f.column) for f in document.findings] == [("too-deep", 17)]
    assert document.value is None


def test_as_many_values_as_the_limit_are_read_and_one_more_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_VALUES", 4)
    assert read_document(b"[a, b, c]", "f").value == ["a", "b", "c"]
    document = read_document(b"[a, b, c, d]", "f")
    assert [f.code for f in document.findings] == ["too-many-values"]
    assert document.value is None


def test_what_stands_under_a_faulty_key_is_walked_and_thrown_away() -> None:
    document = read_document(b"? [a]\n: {b: ~}\nc: d\n", "f")
    assert [f.code for f in document.findings] == ["bad-key", "empty-value"]
    assert document.value == {"c": "d"}
