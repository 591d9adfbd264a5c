from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.importers import json as json_positions
from rexctl.importers.json import part_positions as places
from rexctl.importers.json import range_finder

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
DATA: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    inner = list(value.items()) if isinstance(value, dict) else (
        list(enumerate(value)) if isinstance(value, list) else [])  # fmt: skip
    return [(path, value)] + [leaf for k, part in inner for leaf in leaves(part, (*path, k))]


@given(DATA, st.sampled_from([None, 1]), st.booleans())
def test_every_path_leads_to_its_key_and_to_its_value(
    data: Any, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    found = places(text)
    assert set(found) == {path for path, _ in leaves(data)}
    for path, value in leaves(data):
        key, key_width, at, width = found[path]
        if isinstance(value, dict | list):
            assert text[at] in "{["
        else:
            assert json.loads(text[at : at + width]) == value
        if path and isinstance(path[-1], str):
            assert json.loads(text[key : key + key_width]) == path[-1]


def test_a_great_depth_is_walked_without_recursion() -> None:
    text = "[" * 50_000 + "]" * 50_000
    with pytest.raises(RecursionError):
        json.loads(text)
    assert len(places("[" * 300 + "]" * 300)) == 300


def test_the_places_of_a_text_are_worked_out_once_and_only_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        json_positions, "part_positions", lambda text: asked.append(text) or places(text)
    )
    text = '[{"a": 1},\n {"b": "x"}]'
    find_range = range_finder(text, 100)
    assert asked == []
    assert find_range((1, "b"), "value") == (100 + text.index('"x"'), 3)
    assert find_range((1, "b"), "key") == (100 + text.index('"b"'), 3)
    assert find_range((0, "a", "deeper"), "value") == (100 + text.index("1"), 1)
    assert find_range((9,), "value") == (100, 1)
    assert len(asked) == 1
