from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rexctl.output import help_pages
from tests.house.reading import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def explain(folder: Path, *words: str, columns: str = "80") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rexctl", "explain", *words],
        cwd=folder, capture_output=True, text=True, encoding="utf-8",
        env={"COLUMNS": columns, "PATH": "/usr/bin:/bin", "HOME": str(folder),
             "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


@pytest.mark.parametrize("code", ["bad-date", "links-resolve", "unknown-format"])
def test_a_code_gives_its_page_as_text_and_needs_no_log(code: str, tmp_path: Path) -> None:
    done = explain(tmp_path, code)
    page = help_pages.page(code)
    assert page is not None
    assert (done.stdout, done.stderr, done.returncode) == (help_pages.text(page, 80) + "\n", "", 0)


def test_a_page_is_fitted_to_the_width(tmp_path: Path) -> None:
    shown = explain(tmp_path, "bad-date", columns="40").stdout
    assert max(map(len, shown.splitlines())) <= 40


def test_markdown_is_the_page_as_it_is_written(tmp_path: Path) -> None:
    written = (help_pages.PAGES / "two-ends.md").read_text(encoding="utf-8")
    assert explain(tmp_path, "two-ends", "-f", "md").stdout == written


def test_a_machine_gets_the_page_in_parts(tmp_path: Path) -> None:
    (row,) = json.loads(explain(tmp_path, "two-ends", "-f", "json").stdout)
    page = help_pages.page("two-ends")
    assert page is not None
    assert (row["code"], row["sentence"], row["page"]) == page


def test_without_a_code_all_are_listed_with_their_sentences(tmp_path: Path) -> None:
    done = explain(tmp_path)
    rows = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    assert rows == [[page.code, page.sentence] for page in help_pages.pages()]


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "tsv", "md"])
def test_the_list_comes_in_every_format_of_rows(form: str, tmp_path: Path) -> None:
    done = explain(tmp_path, "-f", form)
    assert done.returncode == 0
    assert "yaml-merge-key" in done.stdout


def test_an_unknown_code_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    done = explain(tmp_path, "bad-dat")
    assert (done.stdout, done.returncode) == ("", 2)
    assert "error[unknown-code] bad-dat: no such code; did you mean bad-date?" in done.stderr


def test_a_format_of_events_is_none_of_a_page(tmp_path: Path) -> None:
    done = explain(tmp_path, "bad-date", "-f", "card")
    assert (done.stdout, done.returncode) == ("", 2)
    assert "unknown-format" in done.stderr
