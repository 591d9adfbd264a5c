from __future__ import annotations

import pytest

from rexctl.yamlfile.source import Limits
from rexctl.yamlfile.walk import walk


def value(text: str) -> object:
    (document,) = walk(text.encode(), "f")
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
    assert list(walk(b"z: 1\na: 2\nm: 3\n", "f")[0].value) == ["z", "a", "m"]


def test_sixteen_levels_are_read_and_the_next_is_refused() -> None:
    assert walk(b"[" * 16 + b"]" * 16, "f")[0].findings == ()
    (document,) = walk(b"[" * 17 + b"]" * 17, "f")
    assert [(f.code, f.column) for f in document.findings] == [("too-deep", 17)]
    assert document.value is None


def test_as_many_values_as_the_limit_are_read_and_one_more_is_refused() -> None:
    limits = Limits(values=4)
    assert walk(b"[a, b, c]", "f", limits=limits)[0].value == ["a", "b", "c"]
    (document,) = walk(b"[a, b, c, d]", "f", limits=limits)
    assert [f.code for f in document.findings] == ["too-many-values"]
    assert document.value is None


def test_what_stands_under_a_faulty_key_is_walked_and_thrown_away() -> None:
    (document,) = walk(b"? [a]\n: {b: ~}\nc: d\n", "f")
    assert [f.code for f in document.findings] == ["bad-key", "empty-value"]
    assert document.value == {"c": "d"}
