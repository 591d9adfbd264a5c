from __future__ import annotations

import pytest

from rexctl.store.log import Settings, parse_settings

NAME = "rexctl.yaml"


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(f.code, f.line, f.column) for f in parse_settings(text.encode(), NAME)[1]]


def test_settings_are_read() -> None:
    text = "format: 1\ntitle: Trade\nqueries:\n  curbs: type:export-control actor:CN\n"
    found, findings = parse_settings(text.encode(), NAME)
    assert findings == []
    assert found == Settings("1", "Trade", "", {"curbs": "type:export-control actor:CN"})


@pytest.mark.parametrize("text", ["format: 1\n", "title: T\n", "# one line\nformat: 1\n"])
def test_what_is_not_told_is_as_usual(text: str) -> None:
    found, findings = parse_settings(text.encode(), NAME)
    assert findings == []
    assert (found.format, found.queries) == ("1", {})


def test_an_unknown_setting_is_told_at_its_place_with_what_was_meant() -> None:
    _, (found,) = parse_settings(b"format: 1\nqueires: {}\n", NAME)
    assert (found.code, found.line, found.column) == ("unknown-field", 2, 1)
    assert found.hint == "did you mean queries?"


def test_a_newer_format_is_told() -> None:
    assert ("newer-format", 1, 9) in codes("format: 2\n")
    assert ("bad-number", 1, 9) in codes("format: one\n")


@pytest.mark.parametrize(
    "text",
    ["- format\n", "just text\n", "queries: [a]\n", "queries:\n  a: [b]\n", "queries: text\n"],
)
def test_another_shape_is_told_and_breaks_nothing(text: str) -> None:
    found, findings = parse_settings(text.encode(), NAME)
    assert "wrong-shape" in {f.code for f in findings}
    assert found.queries == {}


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "a: [\n", "\x00", "format: {a: 1}\n", "title: [a]\n"]
)
def test_whatever_stands_in_the_file_there_are_settings_and_a_finding(text: str) -> None:
    found, findings = parse_settings(text.encode(), NAME)
    assert isinstance(found.format, str)
    assert isinstance(found.title, str)
    assert findings


def test_a_file_with_a_fault_tells_its_place() -> None:
    assert codes("format: 1\nformat: 1\n")[0][:2] == ("duplicate-key", 2)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Etc/UTC", "America/Argentina/Buenos_Aires"])
@pytest.mark.parametrize("more", ["", "title: T\n"])
def test_the_time_zone_is_read(zone: str, more: str) -> None:
    found, findings = parse_settings(f"format: 1\ntimezone: {zone}\n{more}".encode(), NAME)
    assert (found.timezone, findings) == (zone, [])


@pytest.mark.parametrize("zone", ["Berlin", "europe", "CET-1CEST", "../x", "2025"])
def test_an_unknown_time_zone_is_a_finding(zone: str) -> None:
    found, findings = parse_settings(f"format: 1\ntimezone: {zone}\n".encode(), NAME)
    assert [(f.code, f.line, f.column) for f in findings] == [("unknown-zone", 2, 11)]
    assert found.timezone == zone
