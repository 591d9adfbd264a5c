from __future__ import annotations

import io
import json
from typing import Any

from rexctl.gitrepo.commits import Commit
from rexctl.output import Options, write_table
from rexctl.output.markdown import MAX_COMMENT
from rexctl.output.text import commit_time
from rexctl.records import (
    ADDED,
    CHANGED,
    REMOVED,
    Change,
    Table,
    changes_table,
    history_table,
    summarize_changes,
)

RATE = Change(
    "2025-10-09-a", "Duty [b]", "tariff", CHANGED, "rates.value", "100", "140", "rate raised"
)
GONE = RATE._replace(kind=REMOVED, section="gone", sentence="removed: x\x1b[31m\ny")
NEW = Change("2025-10-09-b", "", "meeting", ADDED, "", None, {"id": "b"}, "added: y\x1b[1m", "new")
COMMIT = Commit(
    "0123456789abcdef", (), "", "Ann\x1b[31m", "ann@example.org", "2025-11-20T14:03:09+01:00",
    "Raise\u202e it",
)  # fmt: skip
WORKING_TREE = Commit("", (), "", "", "", "", "not committed yet")


def written(table: Table, form: str = "text", **options: Any) -> str:
    out = io.StringIO()
    write_table(table, form, out, Options(**options))
    return out.getvalue()


def history() -> Table:
    pairs = [(WORKING_TREE, RATE), (COMMIT, RATE), (COMMIT, NEW)]
    return history_table((commit.as_row(), change) for commit, change in pairs)


def test_changes_are_below_their_event_and_harmful_text_is_escaped() -> None:
    assert written(changes_table([RATE, GONE, NEW])) == (
        "2025-10-09-a  Duty [b]\n  removed: x\\u001b[31m y\n"
        "2025-10-09-b\n  added: y\\u001b[1m\n2025-10-09-a  Duty [b]\n  rate raised\n"
    )
    shown = written(changes_table([RATE, GONE], sections=True, heading=("2 changed\x1b[1m",)))
    assert shown == (
        "2 changed\\u001b[1m\n\nRemoved, retracted, renamed (1)\n"
        "2025-10-09-a  Duty [b]\n  removed: x\\u001b[31m y\n\n"
        "Dates, actors, commitments and other facts (1)\n"
        "2025-10-09-a  Duty [b]\n  rate raised\n"
    )
    assert written(changes_table([])) == ""


def test_a_removal_is_red() -> None:
    lines = written(changes_table([RATE, GONE]), color=True).splitlines()
    assert lines[0] == "\x1b[36m2025-10-09-a  Duty [b]\x1b[0m"
    assert lines[1].startswith("\x1b[1;31m  removed")
    assert lines[3] == "  rate raised"


def test_each_commit_is_above_its_changes() -> None:
    assert written(history()) == (
        "not committed yet\n  2025-10-09-a  Duty [b]\n    rate raised\n\n"
        "0123456789  2025-11-20 14:03 +01:00  Ann\\u001b[31m  Raise\\u202e it\n"
        "  2025-10-09-a  Duty [b]\n    rate raised\n  2025-10-09-b\n    added: y\\u001b[1m\n"
    )
    assert "\x1b[1;36m0123456789\x1b[0m  2025" in written(history(), color=True)


def test_a_row_has_the_known_values_after_those_of_its_commit() -> None:
    rows = [json.loads(line) for line in written(history(), "jsonl").splitlines()]
    assert rows[1] == {
        "commit": "0123456789abcdef", "author": "Ann\x1b[31m", "email": "ann@example.org",
        "date": "2025-11-20T14:03:09+01:00", "subject": "Raise\u202e it",
        "event": "2025-10-09-a", "title": "Duty [b]", "type": "tariff", "kind": "changed",
        "section": "facts", "field": "rates.value", "old": "100", "new": "140", "sentence": "rate raised",
    }  # fmt: skip
    assert list(rows[0])[:2] == ["subject", "event"]
    assert "title" not in rows[2]


def test_the_time_of_a_commit_is_its_authors() -> None:
    assert commit_time({"date": "2025-11-20T14:03:09+01:00"}) == "2025-11-20 14:03 +01:00"
    assert commit_time({"date": "2025-11-20T14:03:09Z"}) == "2025-11-20 14:03 +00:00"
    assert commit_time({"date": ""}) == commit_time({}) == ""


def test_an_event_is_a_markdown_item_with_a_link_to_its_file() -> None:
    duty = RATE._replace(title="Duty <b> *x*", sentence="rate | raised")
    other = RATE._replace(event="2025-10-09-b", title="B",
                          sentence="source added: https://example.org/x")  # fmt: skip
    reworded = duty._replace(sentence="note reworded")
    assert written(changes_table([duty, reworded, other, GONE]), "md", root="data") == (
        "## Removed, retracted, renamed (1)\n\n"
        "- **Duty \\[b\\]** (`2025-10-09-a`): removed: x\\\\u001b\\[31m y\n\n"
        "## Dates, actors, commitments and other facts (2)\n\n"
        "- **Duty &lt;b&gt; \\*x\\*** ([`2025-10-09-a`](data/events/2025/2025-10-09-a.yaml))\n"
        "  - rate \\| raised\n  - note reworded\n"
        "- **B** ([`2025-10-09-b`](data/events/2025/2025-10-09-b.yaml)): "
        "source added: <https://example.org/x>\n\n"
    )
    linked = written(changes_table([other]), "md", link_base="https://h.example/o/blob/x/data/")
    assert "(https://h.example/o/blob/x/data/events/2025/2025-10-09-b.yaml)" in linked


def test_changed_words_are_struck_out_and_bold_in_markdown() -> None:
    pieces = (("rate: ", ""), ("30*", "was"), (" -> ", "to"), ("<25>", "now"))
    marked = RATE._replace(sentence="rate: 30* -> <25>", pieces=pieces)
    assert "rate: ~~30\\*~~ **&lt;25&gt;**\n" in written(changes_table([marked]), "md")
    assert "rate: 30* -> <25>\n" in written(changes_table([marked]))


def test_past_ten_lines_a_section_is_folded_away() -> None:
    many = [RATE._replace(event=f"2025-10-09-{n}", sentence=f"rate {n}") for n in range(14)]
    text = written(changes_table(many), "md")
    shown, folded = text.split("<details><summary>4 more</summary>\n\n")
    assert (shown.count("\n- **"), folded.count("- **")) == (10, 4)
    assert folded.endswith("\n\n</details>\n\n")


def test_alike_changes_are_one_line_unless_all_are_listed() -> None:
    accesses = [RATE._replace(event=f"2025-10-09-{n}", field="sources.accessed", section="sources",
                              sentence=f"source {n}: accessed set to {n}") for n in range(3)]  # fmt: skip
    assert written(changes_table(accesses)) == "  3 events: only sources.accessed\n"
    assert "- 3 events: only `sources.accessed`\n" in written(changes_table(accesses), "md")
    other = RATE._replace(event="2025-10-09-0")
    assert "  2 events: only" not in written(changes_table([*accesses, other]))
    listed = written(changes_table(accesses, every=True))
    assert listed.count("accessed set to") == 3
    tags = [one._replace(section="texts", sentence="x added to tags") for one in accesses]
    shown = "  3 events: x added to tags (2025-10-09-0 and 2 more)\n"
    assert written(changes_table(tags)) == shown


def test_a_report_is_wrapped_to_the_terminal() -> None:
    new = NEW._replace(
        title="A title " * 20, sentence="word " * 30, new={"summary": "clause " * 20}
    )
    lines = written(changes_table([new]), width=60, terminal=True).splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[0].endswith("…")
    assert [line for line in lines if line.startswith("    summary: “clause")]


def test_a_markdown_comment_has_a_limit_and_counts_the_rest() -> None:
    many = [RATE._replace(event=f"2025-10-09-{n}", sentence=f"{n}" + "x" * 1000)
            for n in range(100)]  # fmt: skip
    text = written(changes_table(many), "md")
    items = text.count("- **")
    assert len(text) < MAX_COMMENT + 1000
    assert text.endswith(f"\nand {100 - items} more changes: rexctl diff lists them\n")


def test_the_history_in_markdown_is_a_list_of_commits() -> None:
    assert written(history(), "md") == (
        "- not committed yet\n"
        "  - **Duty \\[b\\]** (`2025-10-09-a`): rate raised.\n"
        "- 2025-11-20 14:03 +01:00, Ann\\\\u001b\\[31m, Raise\\\\u202e it (`0123456789`)\n"
        "  - **Duty \\[b\\]** (`2025-10-09-a`): rate raised.\n"
        "  - **2025-10-09-b** (`2025-10-09-b`): added: y\\\\u001b\\[1m.\n"
    )


def test_an_event_is_counted_once_under_its_most_serious_change() -> None:
    assert summarize_changes([]) == ""
    assert summarize_changes([RATE, RATE]) == "1 event changed"
    assert summarize_changes([RATE, RATE._replace(kind="retracted")]) == "1 event retracted"
    several = [NEW, RATE, RATE._replace(event="c")]
    assert summarize_changes(several) == "2 events changed, 1 added"
