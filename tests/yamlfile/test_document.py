from __future__ import annotations

from rexctl.yamlfile.documents import read_document

TEXT = b"title: Some text\nlinks:\n  - rel: suspends\n    to: x\n"


def test_a_fault_is_made_at_a_key_or_a_value() -> None:
    document = read_document(TEXT, "events/x.yaml")
    value = document.fault("a", "b", ("title",), hint="c", level="warning")
    assert (value.path, value.line, value.column, value.width) == ("events/x.yaml", 1, 8, 9)
    assert (value.code, value.message, value.hint, value.level) == ("a", "b", "c", "warning")
    assert value.text == "title: Some text"
    key = document.fault("a", "b", ("links", 0, "to"), on="key")
    assert (key.line, key.column, key.width) == (4, 5, 2)


def test_a_fault_of_a_whole_part_takes_the_rest_of_its_line() -> None:
    finding = read_document(TEXT, "f").fault("a", "b", ("links", 0))
    assert (finding.line, finding.column, finding.width) == (3, 5, 13)


def test_a_fault_of_what_is_missing_stands_at_its_parent() -> None:
    document = read_document(TEXT, "f")
    assert document.fault("a", "b", ("links", 0, "via"), on="key").line == 3
    assert document.fault("a", "b", ("date",), on="key").line == 1


def test_a_fault_can_be_told_of_a_bare_place() -> None:
    finding = read_document(TEXT, "f").source.fault("a", "b", 2, 1, 5)
    assert (finding.line, finding.column, finding.width, finding.text) == (2, 1, 5, "links:")


def test_findings_stand_in_the_order_of_the_file() -> None:
    document = read_document(b"a: ~\nb:\n\tc\nd: !x y\ne: x\x00\n", "f")
    assert [f.line for f in document.findings] == sorted(f.line for f in document.findings)
    assert len(document.findings) == 4
