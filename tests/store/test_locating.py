from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.records import WARNING
from rexctl.store import locating
from rexctl.store.locating import Locator
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.records import Finding

NAME = "2025-11-07-a"
PATH = f"events/2025/{NAME}.yaml"
LINKED = event(NAME, links=[{"rel": "suspends", "to": "2025-10-09-b"}])


def told(root: Path, *loc: str | int, on: str = "value", locator: Locator | None = None) -> Finding:
    return (locator or Locator(root)).finding(
        PATH, "code", "message", loc, hint="hint", on=on, level=WARNING, event=NAME
    )


@pytest.mark.parametrize(
    ("loc", "on", "line", "column", "width"),
    [
        (("links", 0, "to"), "value", 10, 9, 12), (("links", 0, "to"), "key", 10, 5, 2),
        (("links", 0, "rel"), "value", 9, 10, 8), (("date",), "value", 4, 7, 10),
        (("links", 0, "clause"), "value", 9, 5, 13),
    ],
)  # fmt: skip
def test_a_place_of_the_tree_is_a_line_and_a_column(
    tmp_path: Path, loc: tuple[str | int, ...], on: str, line: int, column: int, width: int
) -> None:
    root = log_of(tmp_path, LINKED).root
    found = told(root, *loc, on=on)
    text = (root / PATH).read_text().splitlines()
    assert (found.line, found.column) == (line, column), text
    assert found.text == text[line - 1]
    assert found.width == width
    assert (found.path, found.event, found.hint, found.level) == (PATH, NAME, "hint", WARNING)


def test_a_file_is_read_once_for_all_that_is_told_of_it_in_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = log_of(tmp_path, LINKED).root
    seen: list[str] = []
    real = locating.read_bytes

    def counted(path: Path, name: str) -> bytes | Finding:
        seen.append(name)
        return real(path, name)

    monkeypatch.setattr(locating, "read_bytes", counted)
    locator = Locator(root)
    assert seen == []
    told(root, "date", locator=locator)
    told(root, "links", locator=locator)
    assert seen == [PATH]


def test_of_a_file_that_vanished_something_can_still_be_told(tmp_path: Path) -> None:
    root = log_of(tmp_path, LINKED).root
    (root / PATH).unlink()
    found = told(root, "date")
    assert (found.code, found.path, found.line, found.column) == ("code", PATH, 1, 1)
