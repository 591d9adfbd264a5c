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


@pytest.mark.slow
def test_a_page_shows_the_same_when_each_run_is_a_process_of_its_own(tmp_path: Path) -> None:
    page = transcript.ROOT / "tests" / "transcripts" / "search.md"
    transcript.compare(page, transcript.copy_of_the_project(tmp_path / "project", real=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page(name: str) -> None:
    page = transcript.ROOT / "tests" / "transcripts" / f"{name}.md"
    assert re.search(rf"^\$ .*rexctl.* ?{name}\b", page.read_text(encoding="utf-8"), re.MULTILINE)
