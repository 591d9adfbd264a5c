from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.tables import SHAPES
from rexctl.records import Finding
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.format import restyle

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE: dict[str, dict[str, Any]] = {
    "t": {
        "title": "text",
        "date": "date",
        "actors": ["actor"],
        "summary": "prose",
        "links": ["Link"],
    },
    "Link": {"rel": "word", "to": "id", "note": "prose"},
}


@pytest.fixture(autouse=True, scope="module")
def small_tables() -> Iterator[None]:
    """Let the schema have a type of its own, `t`."""
    with pytest.MonkeyPatch.context() as patch:
        for name, shape in TABLE.items():
            patch.setitem(SHAPES, name, shape)
        yield


def anew(text: str, data: Any = None) -> str | Finding:
    document = read_document(text.encode(), "f")
    found = restyle(document, document.value if data is None else data, "t")
    return found.decode() if isinstance(found, bytes) else found


MESSY = """\
# The head of the file.

# Its second part.

links: # what it does
- to: a   # target
  # why so
  rel: "suspends"
  # left out: via

# the second
-   # a dash alone
  {rel: amends, to: b}

summary: >
  One sentence. Another
  one.
# when
date: '2025-10-09'
actors: [NO, # Norway
  CN]
title: Some title
# the end
"""


def test_a_file_is_written_anew_with_every_comment_at_its_node() -> None:
    assert anew(MESSY) == (
        "# The head of the file.\n\n# Its second part.\n\n"
        "title: Some title\n# when\ndate: 2025-10-09\nactors:\n  - \"NO\"  # Norway\n  - CN\n"
        "summary: |\n  One sentence.\n  Another one.\nlinks:  # what it does\n"
        "  # why so\n  - rel: suspends\n    to: a  # target\n    # left out: via\n"
        "  # the second\n  # a dash alone\n  - rel: amends\n    to: b\n# the end\n"
    )  # fmt: skip


def test_comments_are_above_beside_and_below_their_nodes() -> None:
    text = (
        "# head\n\n# more\n\n# above\ntitle: T  # behind\nsummary: |  # header\n  S.\n"
        "links:  # list\n  # item\n\n  # dash\n  # first key\n  - rel: a\n    # second key\n    to: b\n"
        "    # below key\n  # below item\n  - to: c\n# end\n"
    )
    assert anew(text.replace("title: T", "title:  T").replace("to: b", "to:  b")) == text


def test_what_is_canonical_stays_as_it_is() -> None:
    once = anew(MESSY)
    assert isinstance(once, str)
    assert anew(once) == once


def test_the_data_may_be_normalised_on_the_way() -> None:
    assert anew("actors: [China] # who\n", {"actors": ["CN"]}) == "actors:\n  - CN  # who\n"


def test_a_comment_whose_node_is_gone_is_told_and_nothing_is_written() -> None:
    finding = anew("title: x\nactors:\n  - CN\n  # twice\n  - China\n", {"actors": ["CN"]})
    assert isinstance(finding, Finding)
    assert (finding.code, finding.line, finding.column, finding.width) == ("comment-lost", 4, 3, 7)


def test_two_comments_behind_one_value_are_left_to_a_person() -> None:
    finding = anew("actors: [CN, # one\n  ] # two\n")
    assert isinstance(finding, Finding)
    assert (finding.code, finding.line) == ("comment-lost", 2)


def test_a_change_of_content_is_never_written() -> None:
    document = read_document(b"title: x\n", "f")
    found = restyle(document, {"title": ["not", {}]}, "t")
    assert isinstance(found, bytes)
    clash = restyle(document, {"title": "\ud800"}, "t")
    assert isinstance(clash, Finding)
    assert clash.code == "not-restyled"


@pytest.mark.parametrize("end", ["", "...\n# after the end\n"])
def test_line_ends_marks_and_document_signs_go(end: str) -> None:
    found = anew("\ufeff---\r\ntitle: x\r\n" + end)
    assert found == "title: x\n" + end.removeprefix("...\n")


LINES = st.lists(
    st.sampled_from([
        "title: x", "links:", "  - rel: a", "    to: b", "  -", "    rel: c", "x-a:", "  y: 1",
        "  - z", "# c", "  # d", "    # e", "      # f", "", "actors: [CN, # g", "  # h", "  US]",
        "summary: | # i", "  Text here.", "date: 2025 # j", "- k", "- - l", "  - m",
    ]),
    max_size=14,
)  # fmt: skip


@given(LINES)
def test_no_comment_is_ever_lost_and_once_is_enough(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    document = read_document(text.encode(), "f")
    if not isinstance(document.value, dict) or document.findings:
        return
    found = anew(text)
    if isinstance(found, Finding):
        assert found.code == "comment-lost"
        return
    again = read_document(found.encode(), "f")
    assert sorted(c.text for c in again.comments) == sorted(c.text for c in document.comments)
    assert anew(found) == found
