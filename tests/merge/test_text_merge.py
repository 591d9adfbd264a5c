from __future__ import annotations

from rexctl.merge.text_merge import EventText, merge_texts, parse_event, pick_version

TEXT = "id: a\ntype: tariff\ntitle: A\nsources:\n  - url: https://example.org/a\n  - url: https://example.org/b\n"


def side(text: str) -> EventText:
    found = parse_event(text.encode(), "f")
    assert found is not None
    return found


def test_comments_and_layout_of_all_sides_make_one_text() -> None:
    ours = "# Ours.\n\n" + TEXT.replace("title: A", "title:   A")
    theirs = TEXT.replace("org/b", "org/b  # theirs")
    found = merge_texts(side(TEXT), side(ours), side(theirs), side(TEXT).data, [])
    assert found == [ours.replace("org/b", "org/b  # theirs")] * 3


def test_where_the_layout_of_both_differs_the_canonical_one_is_taken() -> None:
    ours, theirs = (
        TEXT.replace("title: A", "title:   A"),
        TEXT.replace("title: A", 'title: "A"  # c'),
    )
    found = merge_texts(side(TEXT), side(ours), side(theirs), side(TEXT).data, [])
    assert found == [TEXT.replace("title: A", "title: A  # c")] * 3


def test_two_notes_at_one_place_both_stay() -> None:
    ours, theirs = (
        TEXT.replace("sources:", f"{note}\nsources:") for note in ("# one\n# two", "# one\n# three")
    )
    found = merge_texts(side(TEXT), side(ours), side(theirs), side(TEXT).data, [])
    assert found == [TEXT.replace("sources:", "# one\n# two\n# three\nsources:")] * 3


def test_two_wordings_of_one_note_are_both_kept() -> None:
    base, ours, theirs, both = (
        TEXT.replace("sources:", f"# {note}\nsources:") for note in ("a", "b", "c", "b\n# c")
    )
    found = merge_texts(side(base), side(ours), side(theirs), side(TEXT).data, [])
    assert found == [both] * 3


def test_a_comment_that_fits_nowhere_is_not_dropped() -> None:
    theirs = TEXT.replace("org/a", "org/a  # theirs")
    gone = side(TEXT).data | {"sources": [{"url": "https://example.org/b"}]}
    assert merge_texts(side(TEXT), side(TEXT), side(theirs), gone, []) is None


def test_a_comment_goes_with_its_item_and_not_to_the_next() -> None:
    text = TEXT.replace(
        "  - url: https://example.org/a", "  # on a\n  - url: https://example.org/a"
    )
    gone = side(TEXT).data | {"sources": [{"url": "https://example.org/b"}]}
    name = ("sources", "[https://example.org/a]")
    found = pick_version(text, side(TEXT), gone, [name], [name])
    assert found == TEXT.replace("  - url: https://example.org/a\n", "")
    assert pick_version("a: [\n", side(TEXT), {}, [], []) is None


def test_a_comment_of_the_other_side_alone_gives_way_within_what_clashes() -> None:
    text = TEXT + "rates:\n  - value: 10  # ours\n  - value: 20\n"
    data = side(TEXT).data | {"rates": [{"unit": "percent"}]}
    found = pick_version(text, side(TEXT), data, [("rates",)], [])
    assert found == TEXT + "rates:\n  - unit: percent\n"
    assert pick_version(text, side(text), data, [("rates",)], []) is None
