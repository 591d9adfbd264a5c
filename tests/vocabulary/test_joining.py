from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.vocabulary.entries import LISTS, WORDS, join_files

OURS: dict[str, dict[str, dict[str, Any]]] = {
    "actors": {"IMF": {"code": "IMF", "name": "Fund"}},
    "materials": {},
    "laws": {"us/ieepa": {"code": "us/ieepa"}},
    "lists": {},
    "schemes": {},
}


def codes_of(files: dict[str, bytes]) -> list[tuple[str, str, int]]:
    return [(fault.path, fault.code, fault.line) for fault in join_files(OURS, files)[1]]


def test_without_files_nothing_changes() -> None:
    assert join_files(OURS, {}) == ({}, [])


def test_a_logs_entries_lie_over_ours() -> None:
    laid, told = join_files(
        OURS,
        {
            "vocabulary/actors.yaml": b"- code: press\n- code: IMF\n  name: The Fund\n",
            "vocabulary/laws.yaml": b"- code: us/new-act\n",
        },
    )
    assert told == []
    assert set(laid) == {"actors", "laws"}
    assert laid["actors"]["IMF"]["name"] == "The Fund"
    assert set(laid["actors"]) == {"IMF", "press"}
    assert set(laid["laws"]) == {"us/ieepa", "us/new-act"}
    assert OURS["actors"]["IMF"]["name"] == "Fund"


def test_words_have_a_meaning() -> None:
    laid, told = join_files(
        OURS, {"vocabulary/tags.yaml": b"rare-earths: The seventeen.\nno: No.\n"}
    )
    assert told == []
    assert laid["tags"] == {"rare-earths": "The seventeen.", "no": "No."}


@pytest.mark.parametrize("stem", [*LISTS, *WORDS])
def test_a_file_may_be_empty(stem: str) -> None:
    assert codes_of({f"vocabulary/{stem}.yaml": b"# nothing yet\n"}) == []


@pytest.mark.parametrize(
    ("name", "data", "code", "line"),
    [
        ("tags", b"- rare-earths\n", "wrong-shape", 1),
        ("tags", b"a: b\nRare Earths: x\n", "bad-slug", 2),
        ("episodes", b"a:\n  - b\n", "wrong-shape", 2),
        ("tags", b"a: b\na: c\n", "duplicate-key", 2),
        ("actors", b"- code: [\n", "yaml-syntax", 2),
        ("tags", b"\xff", "not-utf8", 1),
        ("tagz", b"a: b\n", "unknown-vocabulary", 1),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    name: str, data: bytes, code: str, line: int
) -> None:
    assert codes_of({f"vocabulary/{name}.yaml": data}) == [(f"vocabulary/{name}.yaml", code, line)]


def test_the_name_of_a_file_is_mended() -> None:
    _, (near,) = join_files(OURS, {"vocabulary/tagz.yaml": b""})
    _, (far,) = join_files(OURS, {"vocabulary/qqqqqq.yaml": b""})
    assert near.hint == "did you mean tags?"
    assert far.hint == "one of actors, materials, laws, lists, schemes, legal-bases, tags, episodes"


@given(st.sampled_from([*LISTS, *WORDS, "other"]), st.binary(max_size=60))
def test_no_file_stops_the_reading(stem: str, data: bytes) -> None:
    laid, _ = join_files(OURS, {f"vocabulary/{stem}.yaml": data})
    assert set(laid) <= {*(file.part for file in LISTS.values()), *WORDS}


YAMLISH = st.recursive(
    st.sampled_from(["press", "CN", "2846", "x y", "~"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "codes", "name", "aliases", "members", "tz", "hs"]), inner
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(list(LISTS)), st.lists(YAMLISH, max_size=4))
def test_no_shape_of_entries_stops_the_reading(stem: str, rows: list[Any]) -> None:
    laid, _ = join_files(OURS, {f"vocabulary/{stem}.yaml": flow(rows).encode()})
    assert all("code" in entry for entry in laid[LISTS[stem].part].values())


def flow(data: Any) -> str:
    """Write a value on one line."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in data.items()) + "}"
    return f"[{', '.join(map(flow, data))}]" if isinstance(data, list) else f'"{data}"'
