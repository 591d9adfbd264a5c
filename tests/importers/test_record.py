from __future__ import annotations

from rexctl.importers import Record
from rexctl.records import ERROR, WARNING
from rexctl.yamlfile.source import Source


def record(asked: list[object]) -> Record:
    def find_range(path: object, on: str) -> tuple[int, int]:
        asked.append((path, on))
        return 12, 3

    source = Source("x.json", "line 1\nline 2 " + "x" * 300)
    return Record(source, {"a": "b"}, find_range)


def test_a_fault_stands_where_its_path_leads() -> None:
    asked: list[object] = []
    found = record(asked).fault("c", "m", ("a",), hint="h", on="key")
    assert asked == [(("a",), "key")]
    assert (found.path, found.line, found.column, found.width) == ("x.json", 2, 6, 3)
    assert (found.code, found.message, found.hint, found.level) == ("c", "m", "h", ERROR)


def test_of_a_long_line_at_most_200_characters_are_shown() -> None:
    found = record([]).fault("c", "m", level=WARNING)
    assert found.text.startswith("line 2 ")
    assert len(found.text) == 200
    assert found.level == WARNING


def test_a_place_is_asked_for_only_where_there_is_a_fault() -> None:
    asked: list[object] = []
    assert record(asked).value == {"a": "b"}
    assert record(asked).findings == []
    assert asked == []
