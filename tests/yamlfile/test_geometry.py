from __future__ import annotations

from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import NodeRanges

TEXT = """\
# head

title: A  # beside
# above the actors
actors:
  - CN
  - US
  # more to come
sources:
  - url: a
    title: b
note: |
  One.
"""


def geometry() -> NodeRanges:
    return NodeRanges(read_document(TEXT.encode(), "f"))


def lines(start: int, end: int) -> str:
    return TEXT[start:end]


def test_a_node_is_its_key_or_dash_up_to_the_end_of_its_last_line() -> None:
    at = geometry()
    assert lines(*at.node(("title",))) == "title: A  # beside"
    assert lines(*at.lines(("title",))) == "title: A  # beside\n"
    assert lines(*at.node(("sources", 0))) == "- url: a\n    title: b"
    assert lines(*at.lines(("note",))) == "note: |\n  One.\n"
    assert lines(*at.value(("title",))) == "A"


def test_what_stands_above_and_below_counts_the_comments_of_the_node() -> None:
    at = geometry()
    assert TEXT[at.above(("actors",)) :].startswith("# above")
    assert TEXT[at.above(("title",)) :].startswith("title")
    assert TEXT[at.below(("actors",)) :].startswith("sources")
    assert TEXT[at.below(("actors", 0)) :].startswith("  - US")


def test_the_indent_of_what_stands_behind_a_dash_is_its_column() -> None:
    at = geometry()
    assert (at.indent(("sources", 0)), at.indent(("sources", 0, "url"))) == ("  ", "    ")
    assert at.indent(("sources", 0, "title")) == "    "
    assert (at.first_key(()), at.first_key(("sources", 0))) == ("title", "url")
    assert (at.style(("sources",)), at.style(("note",)), at.style(("title",))) == ("block", "|", "")
