from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from rexctl.model.tables import SHAPES
from rexctl.values.json_text import Num
from rexctl.yamlfile.serialize import canonical_data, write, write_generic

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE: dict[str, dict[str, Any]] = {
    "t": {"title": "text", "date": "date", "notes": ["prose"], "summary": "prose",
          "products": ["product|Product"], "links": ["Link"], "effective": "Effective"},
    "Link": {"rel": "word", "to": "id", "note": "prose"},
    "Product": {"code": "product", "text": "text"},
    "Effective": {"from": "date", "until": "date"},
}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def small_tables() -> Iterator[None]:
    """Let the schema have a type of its own, `t`."""
    with pytest.MonkeyPatch.context() as patch:
        for name, shape in TABLE.items():
            patch.setitem(SHAPES, name, shape)
        yield


def test_keys_stand_in_the_order_of_the_schema_and_own_ones_last_by_name() -> None:
    data = {"x-b": "1", "effective": {"until": "2026", "from": "2025"}, "x-a": {"z": "1", "a": "2"},
            "title": "T"}  # fmt: skip
    assert write(data, "t") == (
        "title: T\neffective:\n  from: 2025\n  until: 2026\nx-a:\n  z: 1\n  a: 2\nx-b: 1\n"
    )


def test_lists_are_indented_and_mappings_in_them_begin_at_the_dash() -> None:
    data = {"links": [{"to": "a", "rel": "amends"}, {"to": "b"}],
            "products": ["hs:2846", {"text": "x", "code": "hs:28"}]}  # fmt: skip
    assert write(data, "t") == (
        "products:\n  - hs:2846\n  - code: hs:28\n    text: x\n"
        "links:\n  - rel: amends\n    to: a\n  - to: b\n"
    )


def test_prose_is_a_block_with_a_sentence_a_line_at_any_depth() -> None:
    data = {"summary": "One. Two.\n\nThree", "notes": ["A b"], "links": [{"note": "C d.\n"}]}
    assert write(data, "t") == (
        "notes:\n  - |\n    A b\nsummary: |\n  One.\n  Two.\n\n  Three\n"
        "links:\n  - note: |\n      C d.\n"
    )


def test_prose_with_what_a_block_cannot_hold_is_quoted() -> None:
    assert write({"summary": "a\u200bb"}, "t") == 'summary: "a\\u200bb"\n'


def test_a_long_text_is_never_folded() -> None:
    text = "word " * 100 + "end"
    assert write({"title": text}, "t") == f"title: {text}\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\nb", "a: |-\n  a\n  b\n"),
        ("a\n\nb\n", "a: |\n  a\n\n  b\n"),
        ("a\nb\n\n", 'a: "a\\nb\\n\\n"\n'),
        (" a\nb", 'a: " a\\nb"\n'),
        ("a \nb", 'a: "a \\nb"\n'),
        ("\na", 'a: "\\na"\n'),
        ("a\n\tb", 'a: "a\\n\\tb"\n'),
        ("\n", 'a: "\\n"\n'),
    ],
)
def test_other_text_of_several_lines_is_exact(text: str, written: str) -> None:
    assert write_generic({"a": text}) == written
    assert yaml.safe_load(written) == {"a": text}


def test_prosed_data_is_in_order_and_proof_against_a_second_time() -> None:
    once = canonical_data({"summary": "Aa.  Bb.\n", "title": "T"}, "t")
    assert (list(once), once["summary"]) == (["title", "summary"], "Aa.\nBb.")
    assert canonical_data(once, "t") == once


def test_data_without_a_shape_keeps_its_order_and_its_truths() -> None:
    data = {
        "b": Num("1.0"),
        "a": True,
        "c": None,
        "d": [],
        "e": {},
        "f": [["g", ["h"]], {"i": "j"}],
        "k": 5,
    }
    text = write_generic(data)
    assert text == (
        'b: "1.0"\na: true\nc: null\nd: []\ne: {}\nf:\n  - - g\n    - - h\n  - i: j\nk: 5\n'
    )
    assert write_generic(["a", {"b": "c"}]) == "- a\n- b: c\n"
    assert (write_generic({}), write_generic("NO")) == ("{}\n", '"NO"\n')


TEXT = st.one_of(
    st.text("0123456789-+._:eEx/ ", min_size=1, max_size=8),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    st.text("ab :#-'\"\n\t,[]{}&*!|>%@`\\.", max_size=10),
)
DATA = st.recursive(
    TEXT,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(TEXT, inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)


def as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): as_text(inner) for key, inner in value.items()}
    return [as_text(inner) for inner in value] if isinstance(value, list) else str(value)


@given(st.dictionaries(TEXT, DATA, min_size=1, max_size=3))
def test_readers_of_both_versions_give_the_data_back(data: dict[str, Any]) -> None:
    later = YAML(typ="safe", pure=True)
    later.version = (1, 2)
    text = write_generic(data)
    assert as_text(yaml.safe_load(text)) == data
    assert as_text(later.load(StringIO(text))) == data


@given(st.fixed_dictionaries({"title": TEXT, "summary": TEXT, "notes": st.lists(TEXT, min_size=1)}))
def test_what_was_written_is_written_the_same_again(data: dict[str, Any]) -> None:
    text = write(data, "t")
    assert write(as_text(yaml.safe_load(text)), "t") == text
