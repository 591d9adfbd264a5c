"""The edits themselves; that they say what was asked is `test_splice`'s law."""

from __future__ import annotations

from typing import Any

from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import Edit
from rexctl.yamlfile.edit import _Changes as Changing

TEXT = "id: a\ntype: tariff\nactors:\n  - CN\n  - US\nsources:\n  - url: a\n    title: b\n"


def edits(**new: Any) -> tuple[list[Edit], Changing]:
    document = read_document(TEXT.encode(), "f")
    changing = Changing(document)
    data = {key: value for key, value in {**document.value, **new}.items() if value is not None}
    wanted = serialize.canonical_data(data, "tariff")
    return list(changing.node((), document.value, wanted, "tariff")), changing


def shown(found: list[Edit]) -> list[tuple[str, str]]:
    return [
        (TEXT[edit.start : edit.end], edit.text)
        for edit in found
        if edit.start < edit.end or edit.text
    ]


def test_equal_data_ask_for_nothing() -> None:
    assert edits()[0] == []


def test_a_text_is_one_word_and_a_field_that_goes_is_its_lines() -> None:
    assert shown(edits(id="b")[0]) == [("a", "b")]
    assert shown(edits(actors=None)[0]) == [("actors:\n  - CN\n  - US\n", "")]


def test_a_new_field_stands_behind_the_last_one_that_comes_before_it() -> None:
    (edit,), _ = edits(date="2025")
    assert TEXT[: edit.start].endswith("type: tariff\n")
    assert edit.text == "date: 2025\n"


def test_items_that_go_and_come_move_the_others() -> None:
    found, changing = edits(actors=["NO", "CN", "US"])
    assert shown(found) == [("", '  - "NO"\n')]
    assert changing.moved[("actors",)] == {0: 1, 1: 2}
    found, changing = edits(actors=["US"])
    assert shown(found) == [("  - CN\n", "")]
    assert changing.moved[("actors",)] == {1: 0}
