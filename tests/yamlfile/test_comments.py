from __future__ import annotations

import pytest

from rexctl.yamlfile.documents import read_document


def told(text: str) -> list[tuple[str, object, str]]:
    document = read_document(text.encode(), "f")
    return [(c.text, c.path, c.side) for c in document.comments]


def test_a_comment_above_belongs_to_the_next_node() -> None:
    assert told("a: b\n# about c\nc: d\n") == [("# about c", ("c",), "before")]
    text = "a:\n  # one\n  - b: c\n    # two\n    d: e\n"
    assert told(text) == [("# one", ("a", 0), "before"), ("# two", ("a", 0, "d"), "before")]


def test_a_comment_beside_belongs_to_the_node_of_its_line() -> None:
    text = "a: b  # one\nc:  # two\n  - d  # three\n  - e: f # four\ng: | # five\n  h\n"
    assert told(text) == [
        ("# one", ("a",), "beside"), ("# two", ("c",), "beside"), ("# three", ("c", 0), "beside"),
        ("# four", ("c", 1, "e"), "beside"), ("# five", ("g",), "beside"),
    ]  # fmt: skip


def test_the_first_block_with_a_blank_line_below_is_the_head() -> None:
    text = "# head\n#\n\n# more\n\n# first\na: b\n"
    assert told(text) == [
        ("# head", (), "before"), ("#", (), "before"), ("# more", (), "before"),
        ("# first", ("a",), "before"),
    ]  # fmt: skip


def test_what_stands_after_all_nodes_belongs_to_the_end() -> None:
    assert told("a: b\n# end\n...\n# more\n") == [("# end", (), "after"), ("# more", (), "after")]


def test_a_deeper_comment_belongs_to_the_node_just_ended() -> None:
    text = "a:\n  - b: c\n    # in the item\n  # in the list\nd: e\n"
    assert told(text) == [
        ("# in the item", ("a", 0, "b"), "after"), ("# in the list", ("a", 0), "after"),
    ]  # fmt: skip
    assert told("a:\n  - b\n  # last\n") == [("# last", ("a", 0), "after")]


def test_comments_after_a_dash_belong_to_its_item() -> None:
    text = "a:\n  - b: c\n  -  # one\n    # two\n    d: e\n"
    assert told(text) == [("# one", ("a", 1), "beside"), ("# two", ("a", 1, "d"), "before")]


def test_a_comment_between_a_key_and_its_text_belongs_to_the_key() -> None:
    assert told("a:\n  # why\n  b\nc: d\n") == [("# why", ("a",), "before")]


def test_comments_inside_brackets_belong_to_the_items() -> None:
    text = "a: [b, # one\n  # two\n  c] # three\n"
    assert told(text) == [
        ("# one", ("a", 0), "beside"), ("# two", ("a", 1), "before"), ("# three", ("a", 1), "beside"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ['a: "b # c"\n', "a: 'b # c'\n", "a: b#c\n", "a: |\n  b # c\n  # d\n", "'# a': b\n",
             "a: >\n  # b\n", "a: \"b\n  # c\"\n"],
)  # fmt: skip
def test_a_sign_inside_a_text_is_no_comment(text: str) -> None:
    assert told(text) == []


def test_a_comment_below_a_block_of_text_is_seen() -> None:
    assert told("a: |\n  b\n\n# c\nd: e\n") == [("# c", ("d",), "before")]


def test_a_comment_without_a_space_before_it_is_seen() -> None:
    assert told('a: "b"#c\nd: [e]#f\n') == [("#c", ("a",), "beside"), ("#f", ("d", 0), "beside")]


def test_a_text_alone_may_have_comments() -> None:
    assert told("# a\nb\n") == [("# a", (), "before")]


def test_places_count_from_one() -> None:
    (comment,) = read_document("a: é  # b\n".encode(), "f").comments
    assert (comment.line, comment.column) == (1, 7)


@pytest.mark.parametrize(
    "text", ["a: Notice #61\n", "a: No. # 61\n", "- Notice #61\n", "a: [b #c\n ]\n"]
)
def test_words_that_were_cut_off_are_warned_of(text: str) -> None:
    found = read_document(text.encode(), "f").findings
    assert [(f.code, f.level) for f in found] == [("comment-cut", "warning")]
    assert found[0].column == text.index("#") + 1


@pytest.mark.parametrize(
    "text", ["a: b # why\n", 'a: "b" #61\n', "a: #61\n  - b\n", "#61\na: b\n", "a: b #! x\n",
             "a: b ## x\n"],
)  # fmt: skip
def test_what_reads_as_a_comment_is_not_warned_of(text: str) -> None:
    assert read_document(text.encode(), "f").findings == ()
