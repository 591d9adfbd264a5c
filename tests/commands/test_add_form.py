from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.commands.door import SWINE, outside

if TYPE_CHECKING:
    from tests.commands.door import Door

FORM = """type: statement
title: Typed in an editor
date: 2025-10-12
status: made
actors: [NO]
sources: [{url: https://example.org/f}]
"""
MADE = "2025-10-12-no-typed-editor"


def editor(door: Door, script: str) -> str:
    path = door.folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def filling(door: Door, text: str) -> None:
    (door.folder / "typed").write_text(text, encoding="utf-8")
    door.patch.setenv("EDITOR", editor(door, f'cat "{door.folder}/typed" > "$1"'))


def test_a_form_that_is_filled_in_is_logged_and_the_draft_is_gone(rexctl: Door) -> None:
    drafts = rexctl.folder.parent / "drafts"
    drafts.mkdir()
    rexctl.patch.setattr("tempfile.tempdir", str(drafts))
    filling(rexctl, FORM)
    code, out, _ = rexctl("add", "statement", "-e")
    assert (code, out) == (0, MADE + "\n")
    assert list(rexctl.files) == [f"{MADE}.yaml"]
    assert list(drafts.iterdir()) == []


def test_flags_stand_in_the_form_already(rexctl: Door) -> None:
    rexctl.patch.setenv("EDITOR", editor(rexctl, f'cp "$1" "{rexctl.folder}/seen"'))
    rexctl(*SWINE, "-e")
    seen = (rexctl.folder / "seen").read_text(encoding="utf-8")
    assert "title: Norway charges 10% on live swine\n" in seen
    assert 'time: "13:01"\n' in seen
    assert "#: " in seen


def test_a_form_with_faults_comes_back_with_them_as_comments_and_its_text_is_kept(
    rexctl: Door,
) -> None:
    filling(rexctl, FORM.replace("made", "mad").replace("NO", "Norwya"))
    said = rexctl("add", "statement", "-e")
    assert (said.code, said.out, rexctl.files) == (3, "", {})
    found = re.search(r"your text is in (.*)", said.err)
    assert found
    draft = Path(found[1]).read_text(encoding="utf-8")
    assert "title: Typed in an editor" in draft
    comments = [line for line in draft.splitlines() if line.startswith("#")]
    assert any("mad" in line and "made" in line for line in comments)
    assert any("Norwya" in line and "did you mean NO?" in line for line in comments)


def test_a_form_left_as_it_was_or_emptied_logs_nothing(rexctl: Door) -> None:
    for script in ("true", ': > "$1"', 'echo "type: statement" > "$1"'):
        rexctl.patch.setenv("EDITOR", editor(rexctl, script))
        assert rexctl("add", "statement", "-e") == (0, "", "nothing written\n")
    assert rexctl.files == {}


def test_an_editor_that_fails_or_is_not_there_leaves_the_draft(rexctl: Door) -> None:
    for command in ("false", "no-such-editor-here"):
        rexctl.patch.setenv("EDITOR", command)
        said = rexctl("add", "statement", "-e")
        assert (said.code, rexctl.files) == (7, {})
        found = re.search(r"your text is in (.*)", said.err)
        assert found
        assert Path(found[1]).exists()


def test_a_conflict_after_the_editor_keeps_the_draft(rexctl: Door) -> None:
    filling(rexctl, FORM)
    assert rexctl("add", "statement", "-e", "--id", "2025-10-12-mine").code == 0
    filling(rexctl, FORM.replace("Typed", "Written"))
    said = rexctl("add", "statement", "-e", "--id", "2025-10-12-mine")
    assert said.code == 5
    assert "your text is in" in said.err


def test_the_editor_gets_the_draft_as_an_argument_of_its_own_and_no_shell(
    rexctl: Door, tmp_path: Path
) -> None:
    (tmp_path / "home" / "typed").write_text(FORM, encoding="utf-8")
    script = editor(rexctl, f'cat "{rexctl.folder}/typed" > "$3"')
    command = f"{script} --wait ';touch pwned'"
    done = outside(tmp_path, "rexctl add statement -e", VISUAL=command)
    assert (done.returncode, done.stdout) == (0, MADE + "\n")
    assert not (tmp_path / "home" / "pwned").exists()
