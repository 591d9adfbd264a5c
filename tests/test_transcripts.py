"""Every page that shows a terminal is run: the README's tour, and one page a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rexctl.app import COMMANDS
from tests import transcript

PAGES = [transcript.ROOT / "README.md", *sorted(Path(__file__).parent.glob("transcripts/*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_is(page: Path, tmp_path: Path) -> None:
    transcript.compare(page, transcript.copy_of_the_project(tmp_path / "project"))


def test_each_command_that_the_readme_names_in_a_sentence_works(tmp_path: Path) -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    shell = "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    named = re.findall(r"`(rexctl [^`]+)`", text) + re.findall(
        r"^(rexctl [^#\n]+)", shell, re.MULTILINE
    )
    project = transcript.copy_of_the_project(tmp_path / "project")
    (settings,) = re.findall(r"^```yaml\n(format: 1\n.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (project.folder / "data" / "rexctl.yaml").write_text(settings, encoding="utf-8")
    start = ("export GIT_COMMITTER_DATE=2025-10-01T12:00:00Z; git init -qb main . && git add . &&"
             " git -c user.name=A -c user.email=a@b.example commit -qm c")  # fmt: skip
    assert transcript.in_bash(start, project) == ("", 0)
    whole = {command for command in named if not re.search(r"[A-Z]{2}|\w\|\w", command)}
    assert len(whole) > 10
    failed = {command: shown for command in sorted(whole)
              for shown, code in [transcript.on_a_terminal(command, project)] if code}  # fmt: skip
    assert failed == {}


@pytest.mark.slow
def test_a_page_shows_the_same_when_each_run_is_a_process_of_its_own(tmp_path: Path) -> None:
    page = transcript.ROOT / "tests" / "transcripts" / "search.md"
    transcript.compare(page, transcript.copy_of_the_project(tmp_path / "project", real=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page(name: str) -> None:
    page = transcript.ROOT / "tests" / "transcripts" / f"{name}.md"
    assert re.search(rf"^\$ .*rexctl.* ?{name}\b", page.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_readme_can_be_read_in_ten_minutes() -> None:
    assert len(PAGES[0].read_text(encoding="utf-8").split()) <= 2000
