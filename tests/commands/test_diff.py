from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT, SWINE_ID
from tests.gitrepo.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.door import Door


class Committed:
    """The door to a log in a repository, all of it committed."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.git = Repository.__new__(Repository)
        self.git.folder = door.folder
        self.git("init", "-q", "-b", "main")
        self.commit()

    def commit(self) -> None:
        self.git("add", "-A", "data")
        self.git("commit", "-q", "-m", "one more")

    def edit(self, old: str, new: str, name: str = SWINE_ID) -> Path:
        text = self.door.files[f"{name}.yaml"]
        assert old in text
        return self.door.put(f"{name}.yaml", text.replace(old, new))


@pytest.fixture
def committed(filled: Door) -> Committed:
    return Committed(filled)


def test_no_change_is_said_and_is_no_answer_on_stdout(committed: Committed) -> None:
    assert committed.door("diff") == (0, "", "no event changed\n")
    assert committed.door("diff", "--exit-code").code == 0
    assert committed.door("diff", "-f", "json").out == "[]\n"


def test_a_change_is_told_by_event_and_counts_where_it_is_asked(committed: Committed) -> None:
    committed.edit("value: 10\n", "value: 12.5\n")
    shown = (
        f"1 event changed\ncheck these:\n- {SWINE_ID}: the title still says 10\n\n"
        "In force: windows, rates, targets, acts (1)\n"
        f"{SWINE_ID}  Norway charges 10% on live swine\n  rate raised: 10 -> 12.5 percent\n"
    )
    assert committed.door("diff") == (0, shown, "")
    assert committed.door("diff", "--exit-code") == (1, shown, "")
    assert committed.door("diff", "--staged").out == ""
    committed.commit()
    assert committed.door("diff").out == ""
    assert committed.door("diff", "HEAD~1").out == shown
    assert committed.door("diff", "HEAD~1..HEAD").out == shown
    assert "lowered: 12.5 -> 10" in committed.door("diff", "HEAD..HEAD~1").out


def test_a_commit_that_wraps_and_reorders_and_changes_one_rate_is_one_change(
    committed: Committed,
) -> None:
    committed.edit("status:", "summary: |\n  One sentence that is long.\n  And another.\nstatus:")
    committed.commit()
    text = committed.door.files[f"{SWINE_ID}.yaml"]
    text = text.replace("long.\n  And", "long. And").replace("value: 10\n", "value: 15\n")
    first, *rest = text.splitlines(keepends=True)
    committed.door.put(f"{SWINE_ID}.yaml", "# looked at again\n" + "".join(rest) + first)
    committed.commit()
    said = committed.door("diff", "HEAD~1..HEAD", "-f", "json")
    (found,) = json.loads(said.out)
    assert (found["field"], found["old"], found["new"]) == ("rates.value", "10", "15")


def test_a_file_that_does_not_read_is_named_and_the_others_are_told(committed: Committed) -> None:
    committed.door.put("2025-10-09-bad.yaml", "type: [\n")
    committed.edit("value: 10\n", "value: 15\n")
    said = committed.door("diff", "--exit-code")
    assert said.code == 6
    assert "raised: 10 -> 15" in said.out
    assert "2025-10-09-bad.yaml:2:1: error[yaml-syntax] now: " in said.err
    assert said.out.startswith("1 event changed\n")
    assert said.err.endswith("1 file left out: not parsed in one version\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere"], "error[bad-value] nowhere: no such revision"),
        (["HEAD..nowhere"], "error[bad-value] nowhere: no such revision"),
        (["--output=x"], "error[unknown-option] --output: no such option"),
        (["--", "--output=x"], "error[bad-value] --output=x: not a revision"),
        (["--", "HEAD..--output=x"], "error[bad-value] --output=x: not a revision"),
        (["HEAD..HEAD", "--staged"], "error[bad-value] --staged: HEAD..HEAD names both versions"),
        (["-f", "xml"], "error[unknown-format] xml: no such format"),
    ],
)
def test_what_is_asked_wrongly_is_told(committed: Committed, words: list[str], told: str) -> None:
    said = committed.door("diff", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(told)
    assert not (committed.door.folder / "x").exists()


def test_a_log_in_no_repository_is_told(filled: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(filled.folder.parent))
    said = filled("diff")
    assert (said.code, said.out) == (7, "")
    assert "not in a git repository; git init makes one" in said.err


def test_nothing_is_written_into_the_repository(committed: Committed) -> None:
    """Not even the index, which git would refresh: a reading writes nothing."""
    path = committed.edit("value: 10\n", "value: 10\n")
    os.utime(path, ns=(1, 1))
    index = committed.door.folder / ".git" / "index"
    before = index.read_bytes()
    assert committed.door("diff").out == ""
    assert index.read_bytes() == before


def test_a_query_leaves_the_events_that_answer_it_on_either_side(committed: Committed) -> None:
    committed.edit("value: 10\n", "value: 15\n")
    committed.door("add", "statement", "Sweden says so", *STATEMENT)
    for words in (["type:tariff"], ["HEAD", "type:tariff"], ["actor:NO", "rate:10"], ["rate:15"]):
        said = committed.door("diff", *words)
        assert (said.code, said.out.split("\n")[0]) == (0, "1 event changed")
        assert "raised: 10 -> 15" in said.out
    added = committed.door("diff", "type:statement").out
    assert added.startswith("1 event added\nnew: 1 statement\n")
    both = committed.door("diff", "actor:NO,SE").out
    assert both.startswith("1 event changed, 1 added\n")
    assert committed.door("diff", "type:meeting", "--exit-code") == (0, "", "no event changed\n")


def test_a_query_that_the_old_side_answers_finds_what_was_renamed(committed: Committed) -> None:
    committed.door("mv", SWINE_ID, "2025-10-09-no-swine")
    shown = committed.door("diff")
    assert "renamed" in shown.out
    for name in (SWINE_ID, "2025-10-09-no-swine"):
        assert committed.door("diff", f"id:{name}") == shown


def test_a_saved_query_is_one_and_the_at_sign_of_git_is_a_revision(committed: Committed) -> None:
    settings = committed.door.folder / "data" / "rexctl.yaml"
    settings.write_text("format: 1\nqueries:\n  mine: type:tariff\n")
    committed.edit("value: 10\n", "value: 15\n")
    for words in (["@mine"], ["@", "@mine"], ["@{0}", "type:tariff"], ["@"]):
        assert committed.door("diff", *words).out.startswith("1 event changed\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["HEAD", "main"],
            "error[bad-value] main: not a term of a query; two commits are HEAD..main",
        ),
        (["type:tarif"], "error[unknown-"),
        (["HEAD", "colour:red"], "error[unknown-field] colour"),
        (["@nowhere"], "error[unknown-saved-query] @nowhere"),
    ],
)
def test_a_query_asked_wrongly_is_told(committed: Committed, words: list[str], told: str) -> None:
    said = committed.door("diff", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(told)


def test_ids_keep_the_changes_of_these_events(committed: Committed) -> None:
    committed.edit("value: 10\n", "value: 12.5\n")
    gone = next(name for name in committed.door.files if "speaks-again" in name)
    (committed.door.folder / "data" / "events" / "2025" / gone).unlink()
    gone = gone.removesuffix(".yaml")
    for name in (gone, SWINE_ID):
        said = committed.door("diff", "-j", "--ids", "-", stdin=name.encode())
        assert {json.loads(line)["event"] for line in said.lines} == {name}
    said = committed.door("diff", "--ids", "-", stdin=b"2024-no-such\n")
    assert (said.code, said.out) == (4, "")
    assert committed.door("diff", "--ids", "-", "--lenient", stdin=b"2024-no-such\n").out == ""


def test_a_line_for_each_event_one_field_and_what_only_looks_new(committed: Committed) -> None:
    committed.edit("value: 10\n", "value: 15\n")
    text = committed.door.files[f"{SWINE_ID}.yaml"]
    committed.door.put(f"{SWINE_ID}.yaml", text.replace("title: Norway", "title: Sweden"))
    (row,) = json.loads(committed.door("diff", "--stat", "-f", "json").out)
    assert (row["event"], row["kind"], row["fields"]) == (SWINE_ID, "changed", "rates.value, title")
    (found,) = json.loads(committed.door("diff", "--field", "rates", "-f", "json").out)
    assert (found["section"], found["field"]) == ("force", "rates.value")
    assert committed.door("diff", "--field", "date") == (0, "", "no event changed\n")
    added = committed.door("add", "statement", "New", "--actor", "NO", "--date", "2025-10-09",
                           "--status", "made", "--source", "https://example.org/n")  # fmt: skip
    for field in ("title", "sources", "rates", "actors"):  # also of an event that was added
        assert committed.door("diff", "--field", field).code == 0
    assert added.out.strip() in committed.door("diff", "--field", "title").out
    committed.commit()
    committed.door.put(
        f"{SWINE_ID}.yaml", "# looked at\n" + committed.door.files[f"{SWINE_ID}.yaml"]
    )
    said = committed.door("diff", "--exit-code")
    assert (said.code, said.err) == (0, "no event changed\n")
    assert said.lines[0] == "Only comments or layout (1)"


def test_links_in_markdown_begin_with_the_address_of_the_repository(committed: Committed) -> None:
    committed.edit("value: 10\n", "value: 15\n")
    path = f"data/events/2025/{SWINE_ID}.yaml"
    assert f"({path})" in committed.door("diff", "-f", "md").out
    host = "https://h.example/o/r/blob/x"
    assert f"({host}/{path})" in committed.door("diff", "-f", "md", "--link-base", host).out
    for bad in ("javascript:alert(1)", "https://h.example/) x", "h.example"):
        said = committed.door("diff", "-f", "md", "--link-base", bad)
        assert (said.code, said.out) == (2, "")
        assert "not an address" in said.err


def test_hostile_text_stays_text_in_the_report(committed: Committed) -> None:
    title = 'title: "</details> [x](javascript:1) ~~a~~ **b** `c` <img src=x> @all"'
    text = committed.door.files[f"{SWINE_ID}.yaml"]
    committed.door.put(
        f"{SWINE_ID}.yaml", text.replace("title: Norway charges 10% on live swine", title)
    )
    said = committed.door("diff", "-f", "md").out
    assert "</details>" not in said
    assert "<img" not in said
    assert r"\[x\](javascript:1) \~\~a\~\~ \*\*b\*\* \`c\`" in said


def test_what_to_check_is_an_annotation_of_its_file(committed: Committed) -> None:
    assert committed.door("diff", "-f", "github") == (0, "", "no event changed\n")
    committed.edit("value: 10\n", "value: 12.5\n")
    first, last = committed.door("diff", "-f", "github").lines
    assert first.startswith(f"::warning file=data/events/2025/{SWINE_ID}.yaml,line=1,")
    assert first.endswith("::the title still says 10")
    assert last == "1 warning in 1 file"


def test_an_id_or_a_day_may_be_compared(committed: Committed) -> None:
    committed.edit("value: 10\n", "value: 12.5\n")
    everything = committed.door("diff").out
    for words in ([SWINE_ID], [SWINE_ID[:18]], ["HEAD", SWINE_ID], ["2099"]):
        assert committed.door("diff", *words).out == everything
    assert committed.door("diff", "2025-01-01-nosuch").code == 4
    assert committed.door("diff", "1999").err.startswith("error[bad-value] 1999: no commit is that")


def test_a_clause_that_is_added_is_shown_with_what_it_says(committed: Committed) -> None:
    clause = '{"id":"1","title":"Part","products":["hs:0103"],"rates":["5%"]}'
    assert committed.door("set", SWINE_ID, f"clauses+={clause}").code == 0
    for form in ("text", "md"):
        assert (
            "clause 1: Part; products hs:0103; rates 5%" in committed.door("diff", "-f", form).out
        )
