from __future__ import annotations

from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import splice

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


def spliced(**more: object) -> str:
    document = read_document(TEXT.encode(), "f")
    data = splice(document, TEXT.encode(), document.value | more, "statement")
    assert isinstance(data, bytes)
    return data.decode()


def test_a_node_is_its_key_or_dash_up_to_the_end_of_its_last_line() -> None:
    document = read_document(TEXT.encode(), "f")
    assert document.lines(("title",)) == (3, 3)
    assert document.lines(("sources", 0)) == (10, 11)
    assert document.lines(("note",)) == (12, 13)


def test_what_is_new_comes_above_or_below_the_comments_of_its_neighbour() -> None:
    assert "A  # beside\nstatus: made\n# above the actors\n" in spliced(status="made")
    assert "  - US\n  # more to come\naffected:\n  - JP\nsources" in spliced(affected=["JP"])
    assert "  - CN\n  - JP\n  - US\n  # more" in spliced(actors=["CN", "JP", "US"])
    assert spliced(id="x").startswith("# head\n\nid: x\ntitle: A")


def test_what_is_behind_a_dash_is_as_deep_as_its_neighbour() -> None:
    source = {"url": "a", "title": "b", "publisher": "c"}
    assert "  - url: a\n    title: b\n    publisher: c\n" in spliced(sources=[source])
    assert "  - url: a\n    title: b\n  - url: d\n" in spliced(
        sources=[{"url": "a", "title": "b"}, {"url": "d"}]
    )
