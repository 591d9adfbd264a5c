from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.door import STATEMENT, SWINE_ID
from tests.store.logs import event, text_of

if TYPE_CHECKING:
    from tests.commands.door import Door

TWELVE = """id: 2025-10-09-twelve
type: tariff
titel: A typo
date: 9 Oct 2025
time: 25:00
tz: Europe/Olso
status: adoptd
actors:
  - Norwya
products:
  - hs:0199
rates:
  - value: ten
    unit: procent
tags:
  - Not A Slug
episode: Nor This
links:
  - rel: respond-to
    to: 2025-01-01-none
sources:
  - url: example.org
"""


def test_all_faults_of_a_file_come_in_one_run_each_with_its_place(filled: Door) -> None:
    filled.put("2025-10-09-twelve.yaml", TWELVE)
    said = filled("check", "-f", "jsonl")
    lines = {json.loads(line)["line"] for line in said.lines}
    assert said.code == 1
    assert {1, 3, 4, 5, 6, 7, 9, 11, 13, 14, 16, 17, 19, 20, 22} == lines


def test_a_good_log_has_no_findings(filled: Door) -> None:
    assert filled("check") == (0, "", "no findings\n")


def test_only_errors_make_the_answer_no_unless_strict(rexctl: Door) -> None:
    rexctl("add", "meeting", "They will meet", "--date", "2025-10-01", "--status", "planned",
           "--actor", "NO,SE", "--mode", "call", "--source", "https://example.org/m",
           "--source-published", "2025-09-30")  # fmt: skip
    said = rexctl("check")
    assert (said.code, said.err) == (0, "1 due in 1 file\n")
    assert "due[overdue]" in said.out
    assert rexctl("check", "--strict").code == 1
    assert rexctl("--today", "2025-10-01", "check").out == ""


DATED = {
    "plan": {"id": "2025-10-01-talks", "type": "meeting", "status": "planned", "date": "2025-10-18"},
    "suspension": {
        "id": "2025-10-02-pause", "date": "2025-10-02", "effective": {"through": "2025-10-18"},
        "links": [{"rel": "suspends", "to": "2025-09-29-rule"}],
    },
    "review": {"id": "2025-10-03-rule", "date": "2025-10-03", "review_by": "2025-10-18"},
}  # fmt: skip


def put(door: Door, data: dict[str, Any]) -> None:
    """Put an event into the log, with what every event needs."""
    whole = event(str(data["id"]), **data) | {"title": f"On {str(data['id'])[11:]}"}
    door.put(f"{data['id']}.yaml", text_of(whole))


@pytest.mark.parametrize("what", DATED)
def test_a_day_that_has_passed_is_due_and_all_but_a_review_can_be_allowed(
    what: str, rexctl: Door
) -> None:
    put(rexctl, {"id": "2025-09-29-rule", "actors": ["US"]})
    put(rexctl, DATED[what])
    last = ["--today", "2025-10-18", "check", "--strict"]
    assert rexctl(*last) == (0, "", "no findings\n")
    after = ["--today", "2025-10-19", *last[2:]]
    said = rexctl(*after)
    assert (said.code, said.err) == (1, "1 due in 1 file\n")
    assert f"{DATED[what]['id']}.yaml" in said.out
    assert "due[overdue]" in said.out
    assert rexctl(*after[:-1]).code == 0
    allow = [{"check": "overdue", "reason": "Nobody has said what comes next."}]
    put(rexctl, DATED[what] | {"allow": allow})
    assert rexctl(*after).code == (1 if what == "review" else 0)


def test_an_allowance_holds_for_its_own_event_and_needs_its_reason(rexctl: Door) -> None:
    allow = [{"check": "overdue", "reason": "Nobody has said what comes next."}]
    put(rexctl, DATED["plan"] | {"allow": allow})
    put(rexctl, DATED["plan"] | {"id": "2025-10-05-more-talks"})
    said = rexctl("check", "--strict", "-f", "jsonl")
    assert [json.loads(line)["event"] for line in said.lines] == ["2025-10-05-more-talks"]
    put(rexctl, DATED["plan"] | {"allow": [{"check": "overdue"}]})
    assert "error[missing-field] reason is missing" in rexctl("check").out


def test_a_link_to_nothing_is_an_error_and_hides_no_event(filled: Door) -> None:
    filled("add", "statement", "A third", *STATEMENT, "--clarifies", SWINE_ID)
    (filled.folder / "data" / "events" / "2025" / f"{SWINE_ID}.yaml").unlink()
    said = filled("check")
    assert said.code == 1
    assert "error[unresolved-link]" in said.out
    assert filled("list", "-c").out == "3\n"


def test_only_the_paths_asked_for_are_told(filled: Door) -> None:
    path = filled.put("2025-10-09-bad.yaml", "type: tarif\n")
    assert filled("check", f"data/events/2025/{SWINE_ID}.yaml").code == 0
    assert filled("check", str(path)).code == 1
    filled.patch.chdir(path.parent)
    assert filled("check", ".").out.startswith("2025-10-09-bad.yaml:1:1: error[")


def commit(door: Door) -> None:
    for words in (["init", "-q", "."], ["add", "-A"],
                  ["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "c"]):  # fmt: skip
        subprocess.run(["git", *words], cwd=door.folder, check=True)


def test_with_staged_the_files_of_the_next_commit_are_checked(rexctl: Door) -> None:
    commit(rexctl)
    bad = rexctl.put("2025-10-09-bad.yaml", "type: tarif\n")
    assert rexctl("check", "--staged").code == 0
    subprocess.run(["git", "add", "."], cwd=rexctl.folder, check=True)
    bad.unlink()
    said = rexctl("check", "--staged", "-f", "jsonl")
    assert said.code == 1
    assert {json.loads(line)["code"] for line in said.lines} >= {"unknown-type", "missing-field"}
    assert rexctl("check").code == 0
    assert rexctl("check", "--staged", "--changed").code == 2


def test_with_changed_only_what_differs_from_the_commit_is_told(rexctl: Door) -> None:
    put(rexctl, DATED["plan"])
    put(rexctl, DATED["review"])
    commit(rexctl)
    assert rexctl("check", "--changed", "--strict") == (0, "", "no findings\n")
    put(rexctl, DATED["review"] | {"note": "Looked at once."})
    rexctl.put("2025-10-09-bad.yaml", "type: tarif\n")
    said = rexctl("check", "--changed", "-f", "jsonl")
    names = {json.loads(line)["path"].rpartition("/")[2] for line in said.lines}
    assert (said.code, names) == (1, {"2025-10-03-rule.yaml", "2025-10-09-bad.yaml"})
    commit(rexctl)
    assert rexctl("check", "--changed").code == 0
    assert rexctl("check", "--changed-since", "HEAD~1").code == 1
    only = f"data/events/2025/{DATED['review']['id']}.yaml"
    assert rexctl("check", "--changed-since", "HEAD~1", only).code == 0
    assert len({line.split(":")[0] for line in rexctl("check").lines if line[0] != " "}) == 3


def test_changed_needs_a_commit_to_differ_from(filled: Door) -> None:
    filled.patch.setenv("GIT_CEILING_DIRECTORIES", str(filled.folder.parent))
    assert filled("check", "--changed").code == 7
    commit(filled)
    said = filled("check", "--changed-since", "nowhere")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("error[bad-value] nowhere: no such revision")


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md", "github", "gitlab", "sarif"])
def test_machines_get_the_findings_on_stdout(form: str, filled: Door) -> None:
    filled.put("2025-10-09-bad.yaml", "type: tarif\n")
    said = filled("check", "-f", form)
    assert said.code == 1
    assert "unknown-type" in said.out


@pytest.mark.parametrize("words", [["nowhere"], ["/etc"], ["-f", "jsn"], ["--strikt"]])
def test_it_can_be_asked_wrongly(words: list[str], filled: Door) -> None:
    said = filled("check", *words)
    assert (said.code, said.out) == (2, "")


def test_new_words_are_one_line_behind_the_other_findings(filled: Door) -> None:
    said = filled("set", SWINE_ID, "tags=swine,hogs", "episode=pork-war", "effective.from=")
    assert said.code == 0
    said = filled("check", "-f", "text")
    assert "warning[unknown-tag]" not in said.out
    assert said.lines[-1].startswith("3 words that the vocabulary lacks: pork-war (episode), ")
    assert (
        '; to add one: rexctl codes add pork-war "What it means" --kind episode' in said.lines[-1]
    )
    assert filled("check", "-f", "jsonl").out.count("unknown-tag") == 3
    said = filled("add", "statement", "A word", "--date", "2025-10-12", "--actor", "NO", "--source",
                  "https://example.org/b", "--tag", "one,two")  # fmt: skip
    assert (
        "2 words that the vocabulary lacks: one (tag), two (tag); to add one: rexctl codes add one "
        in said.err
    )
