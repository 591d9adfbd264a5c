from __future__ import annotations

import marshal
import os
from typing import TYPE_CHECKING, Any

from rexctl.index import packing, sharing, tables
from rexctl.index.sharing import Hearing, Telling
from tests.index.rows import simple

if TYPE_CHECKING:
    import pytest

FILES = [
    packing.packed(f"events/2025/{n}.yaml", "digest", simple(f"2025-10-{n}-a", tags=tags).row, [])
    for n, tags in ((10, ["x"]), (11, ["x", "\ud800"]), (12, ["y", "x"]))
]
KNOWN, BAD = ("events/2025/known.yaml",), ("events/2025/bad.yaml", "digest", "[]", None)


def handed(answers: list[Any]) -> list[Any]:
    return list(marshal.loads(marshal.dumps(answers)))


def tags_of(index: tables.Index, file: Any) -> list[str]:
    index.leaves.settle()
    found = dict(index.ask("SELECT leaf, text FROM leaves WHERE field = 'tags'"))
    return [found[leaf] for leaf in file[3][-1] if leaf in found]


def test_a_value_is_told_once_and_heard_each_time() -> None:
    telling, index = Telling(), tables.open_index(None, "")
    first, second = handed(telling.told(FILES[:2])), handed(telling.told(FILES[1:]))
    assert [value[1] for value in second[0][3]] == ["2025-10-12", "y"]
    heard = list(Hearing(index.leaves).files([*first, *second]))
    assert [tags_of(index, file) for file in heard] == [
        ["x"], ["x", "\\ud800"], ["x", "\\ud800"], ["y", "x"],
    ]  # fmt: skip
    assert [file[:3] for file in heard[:2]] == [file[:3] for file in FILES[:2]]


def test_a_file_without_an_event_is_told_as_it_is() -> None:
    told = handed(Telling().told([KNOWN, BAD]))
    index = tables.open_index(None, "")
    assert list(Hearing(index.leaves).files(told)) == [KNOWN, BAD]


def test_what_another_process_counts_is_another_number(monkeypatch: pytest.MonkeyPatch) -> None:
    index, one, other = tables.open_index(None, ""), Telling(), Telling()
    told = handed(one.told(FILES[:1]))
    with monkeypatch.context() as moment:
        moment.setattr(os, "getpid", lambda: -1)
        told += handed(other.told(FILES[2:]))
    told += handed(one.told(FILES[1:2]))
    heard = [tags_of(index, file) for file in Hearing(index.leaves).files(told)]
    assert heard == [["x"], ["y", "x"], ["x", "\\ud800"]]


def test_one_that_remembers_too_much_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_MOST_TOLD", 2)
    index, telling = tables.open_index(None, ""), Telling()
    told = [answer for file in FILES for answer in handed(telling.told([file]))]
    assert [answer[2] for answer in told if not answer[0]] == [0, 0, 0]
    heard = [tags_of(index, file) for file in Hearing(index.leaves).files(told)]
    assert heard == [["x"], ["x", "\\ud800"], ["y", "x"]]
