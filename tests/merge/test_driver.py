"""What becomes of two people's work on one file: data merged, comments kept, clashes shown whole."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.merge import event_merge
from rexctl.merge.driver import merge_bytes
from rexctl.records import ERROR
from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import read_document
from tests.yamlfile.test_splice import FILES, Asked, commented, spliced

if TYPE_CHECKING:
    from rexctl.merge.driver import Outcome

TEXT = """\
id: 2025-10-09-cn-mofcom-61
type: export-control
title: 'Announcement   61'
date: 2025-10-09
status: adopted
actors: [CN/mofcom]  # the ministry
summary: |
  It asks for a licence.
  It reaches goods made abroad.
  It starts in December.
clauses:
  # the part on parts
  - id: 1(1)
    effective:
      from: 2025-12-01
  - id: 1(3)
    effective:
      from: 2025-10-09
sources:
  - url: https://example.org/a
"""


def of(base: str, ours: str, theirs: str) -> Outcome:
    found = merge_bytes(base.encode(), ours.encode(), theirs.encode(), "f.yaml")
    assert found is not None
    return found


def clean(base: str, ours: str, theirs: str) -> str:
    found = of(base, ours, theirs)
    assert found.findings == (), found.data.decode()
    return found.data.decode()


def conflict(base: str, ours: str, theirs: str) -> tuple[str, list[str]]:
    found = of(base, ours, theirs)
    assert found.findings
    document = read_document(found.data, "f.yaml")
    assert {finding.code for finding in document.findings} == {"conflict-markers"}
    return found.data.decode(), [finding.message for finding in found.findings]


def changed(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


TITLE = ("'Announcement   61'", "Announcement 61 of 2025")
STATUS = ("status: adopted", "status: adopted  # in the gazette")
FIRST = ("from: 2025-12-01", "from: 2025-12-02")
SOURCE = (
    "- url: https://example.org/a\n",
    "- url: https://example.org/a\n  - url: https://example.org/b\n",
)


def test_other_fields_go_together_though_their_lines_touch() -> None:
    theirs = ("date: 2025-10-09", "date: 2025-10-10")
    assert clean(TEXT, changed(TITLE), changed(theirs)) == changed(TITLE, theirs)
    assert clean(TEXT, changed(FIRST), changed(SOURCE)) == changed(FIRST, SOURCE)


def test_sentences_of_one_text_go_together() -> None:
    one, other = ("asks for a licence", "demands a licence"), ("starts in", "begins in")
    next_to_it = ("reaches goods", "reaches parts")
    assert clean(TEXT, changed(one), changed(other)) == changed(one, other)
    assert clean(TEXT, changed(one), changed(next_to_it)) == changed(one, next_to_it)


def test_both_add_a_source_and_a_link() -> None:
    end = "  - url: https://example.org/{0}\n    title: {0}\nnote: |\n  From {0}.\n"
    found = of(TEXT, TEXT + end.format("b"), TEXT + end.format("c").partition("note")[0])
    assert found.findings == ()
    assert found.data.decode() == TEXT + "".join(
        f"  - url: https://example.org/{x}\n    title: {x}\n" for x in "bc") + "note: |\n  From b.\n"  # fmt: skip
    links = "links:\n  - rel: {}\n    to: 2025-10-01-cn-a\nsources:"
    ours, theirs = (changed(("sources:", links.format(rel))) for rel in ("clarifies", "prepares"))
    assert "- rel: clarifies\n    to: 2025-10-01-cn-a\n  - rel: prepares" in clean(
        TEXT, ours, theirs
    )


def test_comments_of_both_sides_are_kept_and_those_taken_out_are_gone() -> None:
    ours = changed(("  # the part on parts\n", ""), STATUS)
    theirs = changed(TITLE, ("      from: 2025-10-09", "      # at once\n      from: 2025-10-09"))
    assert clean(TEXT, ours, theirs) == changed(
        ("  # the part on parts\n", ""), STATUS, TITLE,
        ("      from: 2025-10-09", "      # at once\n      from: 2025-10-09"),
    )  # fmt: skip


def test_a_comment_moves_with_its_item_and_goes_with_it() -> None:
    ours = changed(
        ("  # the part on parts\n", "  - id: 1(0)\n    title: New\n  # the part on parts\n")
    )
    theirs = changed(("# the part on parts", "# the part on components"))
    assert "title: New\n  # the part on components\n  - id: 1(1)\n" in clean(TEXT, ours, theirs)
    gone = changed(
        ("  # the part on parts\n  - id: 1(1)\n    effective:\n      from: 2025-12-01\n", "")
    )
    assert clean(TEXT, gone, changed(TITLE)) == gone.replace(*TITLE)


def test_our_lines_stay_as_they_are_written() -> None:
    ours = changed(("date: 2025-10-09", 'date:   "2025-10-09"'))
    assert clean(TEXT, ours, changed(SOURCE)) == ours.replace(*SOURCE)


def test_one_side_may_have_written_the_file_anew() -> None:
    document = read_document(TEXT.encode(), "f")
    anew = serialize.write(document.value, "export-control")
    anew = anew.replace("- CN/mofcom", "- CN/mofcom  # the ministry")
    anew = anew.replace("  - id: 1(1)", "  # the part on parts\n  - id: 1(1)")
    assert clean(TEXT, anew, changed(FIRST)) == anew.replace(*FIRST)
    assert clean(TEXT, changed(FIRST), anew) == anew.replace(*FIRST)


def test_a_clash_shows_the_lines_of_that_field_and_no_other() -> None:
    ours, theirs = changed(FIRST, SOURCE), changed((FIRST[0], "from: 2025-12-08"), TITLE)
    text, told = conflict(TEXT, ours, theirs)
    assert text == changed(SOURCE, TITLE).replace("      from: 2025-12-01\n", """\
<<<<<<< ours: clauses[1(1)].effective.from
      from: 2025-12-02
||||||| base: clauses[1(1)].effective.from
      from: 2025-12-01
=======
      from: 2025-12-08
>>>>>>> theirs: clauses[1(1)].effective.from
""")  # fmt: skip
    assert told == ["“Announcement 61 of 2025”: start of clause 1(1): 2 December 2025 here (ours), "
                    "8 December 2025 there (theirs), 1 December 2025 before"]  # fmt: skip


def test_what_one_takes_out_and_the_other_changes_stands_on_one_side_alone() -> None:
    whole = "  # the part on parts\n  - id: 1(1)\n    effective:\n      from: 2025-12-01\n"
    text, told = conflict(TEXT, changed((whole, "")), changed(FIRST))
    assert len(told) == 1
    assert told == ["“Announcement 61”: clause 1(1): removed here (ours), changed there (theirs)"]
    mine, _, rest = text.partition("||||||| ")
    assert mine.endswith("clauses:\n<<<<<<< ours: clauses[1(1)]\n")
    assert rest.partition("=======\n")[2].startswith(whole.replace(*FIRST))


def test_two_wordings_of_one_comment_are_both_kept() -> None:
    text = clean(TEXT, changed(("on parts", "one")), changed(("on parts", "two")))
    assert "  # the part one\n  # the part two\n" in text


def test_a_comment_at_a_value_that_the_other_side_removed_is_left_to_a_person() -> None:
    whole = "  # the part on parts\n  - id: 1(1)\n    effective:\n      from: 2025-12-01\n"
    text, _ = conflict(TEXT, changed((whole, "")), changed(FIRST, ("on parts", "on tools")))
    assert "  # the part on tools\n" in text.partition("=======\n")[2]


def test_two_new_events_of_one_id() -> None:
    assert clean("", changed(SOURCE), TEXT) == changed(SOURCE)
    text, told = conflict("", changed(FIRST), TEXT)
    assert told == ["“Announcement 61”: start of clause 1(1): 2 December 2025 here (ours), "
                    "1 December 2025 there (theirs)"]  # fmt: skip
    assert "||||||| base: clauses[1(1)].effective.from\n=======" in text


@pytest.mark.parametrize(
    "bad", ["title: [\n", "- a\n", "type: nothing\n", "a: &b c\n", "\0", "type: [tariff]\n"]
)
def test_what_does_not_read_is_left_to_git(bad: str) -> None:
    for three in ((bad, TEXT, TEXT), (TEXT, bad, TEXT), (TEXT, TEXT, bad)):
        assert merge_bytes(*(text.encode() for text in three), "f") is None  # type: ignore[arg-type,misc]


def test_a_fault_that_only_the_two_together_have_is_told() -> None:
    ours = TEXT + "effective:\n  until: 2026-01-01\n"
    theirs = TEXT + "effective:\n  through: 2026-01-31\n"
    text, told = conflict(TEXT, ours, theirs)
    assert told == ["“Announcement 61”: window here (ours) and window there (theirs) "
                    "contradict each other: has until and through"]  # fmt: skip
    assert "  until: 2026-01-01\n||||||| base\n" in text
    unknown = TEXT + "affected:\n  - nobody/at-all\n"
    assert of(TEXT, unknown, changed(TITLE)).findings == ()


def test_what_contradicts_itself_is_told_beside_a_clash() -> None:
    ours, theirs = changed(FIRST, ("status: adopted", "status: withdrawn")), changed(
        (FIRST[0], "from: 2025-12-08"), ("from: 2025-10-09", "from: 2025-10-10"))  # fmt: skip
    text, told = conflict(TEXT, ours, theirs)
    assert told[0] == ("“Announcement 61”: status withdrawn here (ours) contradicts what changed there "
                       "(theirs): start of clause 1(1) and start of clause 1(3)")  # fmt: skip
    assert "start of clause 1(1): 2 December 2025 here (ours)" in told[1]
    assert "status: withdrawn\n||||||| base" in text


def test_line_ends_and_a_mark_are_ours() -> None:
    ours = b"\xef\xbb\xbf" + changed(SOURCE).replace("\n", "\r\n").encode()
    found = merge_bytes(TEXT.encode(), ours, changed(TITLE).encode(), "f")
    assert found is not None
    assert found.data == b"\xef\xbb\xbf" + changed(SOURCE, TITLE).replace("\n", "\r\n").encode()


def test_a_key_in_a_file_cannot_end_the_line_of_a_marker() -> None:
    text = 'id: a\ntype: tariff\nclauses:\n  - id: "1\\n=======\\n"\n    title: {}\n'
    found, told = conflict(text.format("a"), text.format("b"), text.format("c"))
    assert told[0].startswith("“a”: title of clause 1 =======: “b” here (ours)")
    assert found.count("\n=======\n") == 1


def comments(text: str) -> Counter[str]:
    document = read_document(text.encode(), "f")
    return Counter(comment.text for comment in document.comments)


def edited(text: str, pick: random.Random, title: str | None) -> tuple[str, Any]:
    """Return one person's edit of a file, as text and as data: some data, perhaps the title, perhaps a comment."""
    for _ in range(20):
        document = read_document(text.encode(), "f")
        asked = Asked(document.value, pick)
        if title:
            asked.data["title"] = title
        found = spliced(text, asked.data)
        if isinstance(found, str):
            lines = found.split("\n")
            if pick.random() < 0.3:
                lines.insert(pick.choice([0, 1, len(lines) - 1]), f"# said {pick.randrange(10**6)}")
            return "\n".join(lines), serialize.canonical_data(asked.data, asked.data["type"])
    raise AssertionError("nothing of this file can be changed")


def sides_of(text: str) -> list[str]:
    """Take each side of all conflicts."""
    found = ["", "", ""]
    where = (0, 1, 2)
    for line in text.splitlines(keepends=True):
        mark = line[:7]
        if mark in ("<<<<<<<", "|||||||", "=======", ">>>>>>>"):
            where = {"<": (0,), "|": (1,), "=": (2,), ">": (0, 1, 2)}[mark[0]]
            continue
        for n in where:
            found[n] += line
    return found


@pytest.mark.slow
@pytest.mark.parametrize("part", range(6))
def test_any_two_edits_of_any_file_merge_or_clash_and_nothing_is_lost(part: int) -> None:
    pick = random.Random(part)
    merged = clashed = 0
    for _ in range(60):
        text = pick.choice(FILES)
        if pick.random() < 0.7:
            text = commented(text, pick)
        document = read_document(text.encode(), "f")
        base = serialize.canonical_data(document.value, document.value["type"])
        both = pick.random() < 0.2  # Edits of one field on both sides are rare by chance.
        ours, mine = edited(text, pick, "Our title" if both else None)
        theirs, yours = edited(text, pick, "Their title" if both else None)
        shape = base["type"]
        wanted = event_merge.merge_events(base, mine, yours, shape)
        found = of(text, ours, theirs)
        whole = found.data.decode()
        if not wanted.clashes and not any(f.code == "conflict-markers" for f in found.findings):
            merged += 1
            again = read_document(found.data, "f")
            assert not [f for f in again.findings if f.level == ERROR]
            assert serialize.canonical_data(again.value, shape) == wanted.data
            gone = (comments(text) - comments(ours)) | (comments(text) - comments(theirs))
            assert not ((comments(ours) | comments(theirs)) - gone) - comments(whole)
            continue
        clashed += 1
        one, _, other = sides_of(whole)
        assert not [line for line in comments(ours) - comments(text) if line not in one]
        assert not [line for line in comments(theirs) - comments(text) if line not in other]
        for n, side in enumerate((one, other)):
            again = read_document(side.encode(), "f")
            alone = event_merge.merge_events(base, mine, yours, shape, ("ours", "theirs")[n])  # type: ignore[arg-type]
            assert serialize.canonical_data(again.value, shape) in (alone.data, (mine, yours)[n])
    assert merged > clashed > 0
