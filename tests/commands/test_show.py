from __future__ import annotations

import json
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT, SWINE, SWINE_ID
from tests.commands.test_diff import Committed

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_an_event_is_shown_with_the_links_that_lead_to_it(filled: Door) -> None:
    filled("add", "statement", "A third", *STATEMENT, "--clarifies", SWINE_ID)
    (row,) = [json.loads(line) for line in filled("show", SWINE_ID).lines]
    assert [(link["rel"], link["from"]) for link in row["_links_in"]] == [
        ("clarifies", "2025-10-11-se-third")
    ]
    assert list(row)[-1] == "_v"
    assert (
        "linked by  clarified-by 2025-10-11-se-third" in filled("show", SWINE_ID, "-f", "card").out
    )


def test_the_beginning_of_an_id_is_enough_where_no_other_has_it(filled: Door) -> None:
    assert filled("show", "2025-10-09", "-f", "id").out == SWINE_ID + "\n"


def test_an_ambiguous_beginning_lists_the_candidates(filled: Door) -> None:
    said = filled("show", "2025-10-11-se")
    assert (said.code, said.out) == (4, "")
    assert "matches 2 events; 2025-10-11-se-" in said.err


@pytest.mark.parametrize("name", ["nothing", "", "../../etc/passwd", "2025-10-09-no-charges-20"])
def test_no_such_event_is_4(name: str, filled: Door) -> None:
    said = filled("show", name)
    assert (said.code, said.out) == (4, "")
    assert "no such event" in said.err


def test_one_wrong_id_shows_none(filled: Door) -> None:
    assert filled("show", SWINE_ID, "nothing").out == ""


def test_the_yaml_is_the_file(filled: Door) -> None:
    assert filled("show", SWINE_ID, "-f", "yaml").out == filled.files[f"{SWINE_ID}.yaml"]


@pytest.mark.parametrize(
    "words", [[], ["x", "-f", "crad"], ["x", "-j", "-f", "yaml"], ["x", "-o", "a.b"]]
)
def test_it_can_be_asked_wrongly(words: list[str], filled: Door) -> None:
    assert filled("show", *words).code == 2


def test_a_file_takes_the_format_of_its_suffix(filled: Door) -> None:
    filled("show", SWINE_ID, "-o", "x.yaml")
    assert (filled.folder / "x.yaml").read_text(encoding="utf-8") == filled.files[
        f"{SWINE_ID}.yaml"
    ]


def test_a_retracted_event_says_so_in_its_first_line(rexctl: Door) -> None:
    rexctl(*SWINE, "--note", "A remark.")
    rexctl("retract", SWINE_ID, "--reason", "The ministry never said so.")
    card = rexctl("show", SWINE_ID, "-f", "card").lines
    assert card[:2] == ["RETRACTED: The ministry never said so.", SWINE_ID]
    red = rexctl("--color", "always", "show", SWINE_ID, "-f", "card").lines[0]
    assert red == "\x1b[1;31mRETRACTED: The ministry never said so.\x1b[0m"
    markdown = rexctl("show", SWINE_ID, "-f", "md").lines
    assert markdown[:5] == [
        "### Norway charges 10% on live swine", "", f"`{SWINE_ID}`", "",
        "**RETRACTED: The ministry never said so.**",
    ]  # fmt: skip


def test_markdown_is_the_card(rexctl: Door) -> None:
    rexctl(*SWINE)
    rexctl(
        "add", "statement", "Sweden *answers*", "--actor", "SE", "--responds-to", SWINE_ID,
        "--asserted-by", "SE", "--date", "2025-10-11", "--status", "made",
        "--source", "https://example.org/a_b", "--summary", "One.\n\nTwo <b>.",
    )  # fmt: skip
    assert rexctl("show", "2025-10-11", "-f", "md").lines == [
        "### Sweden \\*answers\\*",
        "",
        "`2025-10-11-se-answers`",
        "",
        "- **type**: statement",
        "- **date**: 2025-10-11",
        "- **status**: made",
        "- **actors**: SE",
        "- **summary**: One.",
        "",
        "  Two &lt;b&gt;.",
        f"- **links**: responds-to {SWINE_ID} (asserted by: SE)",
        "- **sources**: <https://example.org/a_b>",
    ]
    swine = rexctl("show", SWINE_ID, "-f", "md").lines
    assert "- **rates**: 10%" in swine
    assert "- **linked by**:" in swine
    assert "  - answered-by 2025-10-11-se-answers" in swine
    assert "    - Sweden \\*answers\\*" in swine


def test_a_deleted_event_is_shown_with_the_command_that_brings_it_back(
    filled: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed = Committed(filled)
    path = filled.folder / "data" / "events" / "2025" / f"{SWINE_ID}.yaml"
    text = path.read_text()
    path.unlink()
    done = filled("show", SWINE_ID)
    assert done.code == 4
    assert f"{SWINE_ID}: no such event; it was deleted since the last commit; " in done.err
    committed.commit()
    (filled.folder / "other.txt").write_text("later")
    committed.git("add", "-A")
    committed.git("commit", "-qm", "later")
    for folder in (filled.folder, filled.folder / "data", filled.folder.parent):
        monkeypatch.chdir(folder)
        done = filled("-C", str(filled.folder), "show", SWINE_ID)
        *_, told, command = done.err.splitlines()
        assert f"it was deleted in commit {committed.git('rev-parse', 'HEAD~1')[:10]} (" in told
        assert "one more); this brings it back:" in told
        subprocess.run(shlex.split(command), check=True)
        assert path.read_text() == text
        path.unlink()
    monkeypatch.chdir(filled.folder)
    assert "    removed: adopted tariff by NO" in filled("log", SWINE_ID).out
    assert "git restore" not in filled("show", "2025-10-09-never-there").err


def test_the_fields_of_an_event_are_chosen_in_each_format(rexctl: Door) -> None:
    rexctl(*SWINE)
    assert rexctl("show", SWINE_ID, "-F", "rates.value,title", "-j").lines == [
        '{"rates.value": [10], "title": "Norway charges 10% on live swine"}'
    ]
    assert rexctl("show", SWINE_ID, "-F", "title,rates", "-f", "card").lines[-1] == "rates  10%"
    assert (
        rexctl("show", SWINE_ID, "-F", "title,_state", "-f", "md")
        .lines[-1]
        .startswith("- **state**: ")
    )
    assert rexctl("show", SWINE_ID, "-F", "rates", "-f", "csv").lines == ["rates", "10%"]
    for command in (["show", SWINE_ID], ["list"]):
        assert rexctl(*command, "-F", "nosuch").code == 2
        assert rexctl(*command, "-F", "").code == 2
