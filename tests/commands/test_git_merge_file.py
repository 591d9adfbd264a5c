from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.door import Door
    from tests.run import Result

TEXT = "id: a\ntype: statement\ntitle: A\nstatus: made\n"


def merged(bare: Door, base: str, ours: str, theirs: str) -> Result:
    for name, text in (("o", base), ("a", ours), ("b", theirs)):
        (bare.folder / name).write_text(text, encoding="utf-8")
    return bare("git", "merge-file", "--", "o", "a", "b", "-a\x1b.yaml")


def test_it_needs_no_log_and_ends_as_git_wants(bare: Door) -> None:
    assert merged(bare, TEXT, TEXT.replace("A", "B"), TEXT + "note: N.\n") == (0, "", "")
    assert (bare.folder / "a").read_text() == TEXT.replace("A", "B") + "note: N.\n"
    said = merged(bare, TEXT, TEXT.replace("A", "B"), TEXT.replace("A", "C"))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("-a\\u001b.yaml:3:1: error[conflict-markers] “A”: title: “B” here")


def test_what_does_not_read_is_said_to_be_merged_by_lines(bare: Door) -> None:
    bad = TEXT.replace("title: A", "title: [")
    said = merged(bare, bad, TEXT, bad + "note: N.\n")
    assert (said.code, said.out) == (0, "")
    assert said.err == (
        "-a\\u001b.yaml: one version is not a valid event file; git merged it by lines\n"
    )


def test_a_file_that_is_not_there_is_refused(bare: Door) -> None:
    said = bare("git", "merge-file", "o", "a", "b", "x.yaml")
    assert said.code == 3
    assert "error[unreadable]" in said.err
    assert bare("git", "merge-file", "o").code == 2
