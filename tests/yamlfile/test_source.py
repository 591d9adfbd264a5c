from __future__ import annotations

import pytest

from rexctl.values import limits
from rexctl.yamlfile.source import excerpt, read


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in read(data, "f", most=limits.MAX_SIZE).findings]


def test_a_mark_at_the_start_and_windows_line_ends_are_no_part_of_the_text() -> None:
    source = read(b"\xef\xbb\xbfa: b\r\nc: d\r\n", "f")
    assert (source.text, source.findings) == ("a: b\nc: d\n", [])


def test_bytes_that_are_no_utf_8_are_told_at_their_place() -> None:
    source = read("a: b\r\ntitle: Türkiye\n".encode("cp1252"), "f")
    (finding,) = source.findings
    assert (finding.code, finding.line, finding.column) == ("not-utf8", 2, 9)
    assert "0xFC" in finding.message
    assert not source.is_readable


def test_utf_16_is_told_by_its_name() -> None:
    (finding,) = read("a: b".encode("utf-16"), "f").findings
    assert (finding.code, finding.message) == ("not-utf8", "is UTF-16")


@pytest.mark.parametrize(
    "sign", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufeff", "\ufffe", "\U0001ffff"]
)
def test_a_character_that_is_no_text_is_told_at_its_place(sign: str) -> None:
    (finding,) = read(f"a: b\nnote: x{sign}y\n".encode(), "f").findings
    assert (finding.code, finding.line, finding.column) == ("control-character", 2, 8)
    assert f"U+{ord(sign):04X}" in finding.message


@pytest.mark.parametrize("sign", ["\r", "\x85", "\u2028", "\u2029"])
def test_what_only_some_readers_take_for_a_line_end_is_refused(sign: str) -> None:
    (finding,) = read(f"a: x{sign}y\nb: c\n".encode(), "f").findings
    assert finding.code == "control-character"
    assert "some readers" in finding.message


def test_a_bad_character_leaves_every_other_place_as_it_was() -> None:
    source = read(b"a: \x00\x07b\nc: d\n", "f")
    assert source.text == "a: \ufffd\ufffdb\nc: d\n"
    assert source.position(source.text.index("d")) == (2, 4)


def test_a_merge_conflict_names_the_lines_of_both_sides() -> None:
    data = b"a: b\n<<<<<<< ours\nc: d\ne: f\n=======\nc: x\n>>>>>>> theirs\ng: h\n"
    source = read(data, "f")
    (finding,) = source.findings
    assert (finding.code, finding.line) == ("conflict-markers", 2)
    assert "lines 3-4" in finding.message
    assert "line 6" in finding.message
    assert not source.is_readable


def test_a_conflict_with_the_common_text_between_is_one_finding() -> None:
    data = b"<<<<<<< a\nx: 1\n||||||| base\nx: 0\n=======\n>>>>>>> b\n"
    (finding,) = read(data, "f").findings
    assert "line 2" in finding.message
    assert "no line" in finding.message


def test_two_conflicts_and_half_a_one_are_three_findings() -> None:
    one = b"<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> b\n"
    found = read(one + one + b"=======\n", "f").findings
    assert [finding.line for finding in found] == [1, 6, 11]
    assert "half" in found[2].message


def test_markers_inside_an_indented_text_are_text() -> None:
    assert codes(b"note: |\n  <<<<<<< a\n  =======\n") == []


def test_a_file_over_the_limit_is_refused_unread() -> None:
    source = read(b"a" * (limits.MAX_SIZE + 1), "f", most=limits.MAX_SIZE)
    assert [finding.code for finding in source.findings] == ["too-large"]
    assert not source.is_readable
    assert codes(b"a" * limits.MAX_SIZE) == []


def test_places_and_lines_count_from_one() -> None:
    source = read("a: b\nç: d\n".encode(), "f")
    assert [source.line(n) for n in (0 + 1, 2, 3, 4)] == ["a: b", "ç: d", "", ""]
    assert source.position(0) == (1, 1)
    assert source.position(source.text.index("d")) == (2, 4)
    assert (source.offset(2), source.offset(9)) == (5, 10)


def test_without_a_width_the_rest_of_the_line_is_meant() -> None:
    finding = read(b"title: some text  \n", "f").fault("x", "y", 1, 8)
    assert (finding.width, finding.text) == (9, "title: some text  ")


def test_an_excerpt_is_cut_around_its_place() -> None:
    line = "".join(f"{n:05}" for n in range(100))
    assert excerpt(line, 3) == line[:200]
    cut = excerpt(line, 401)
    assert len(cut) == 200
    assert cut.startswith("…")
    assert line[400:410] in cut
