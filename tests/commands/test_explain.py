from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.output import help_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.run import Result

    Run = Callable[..., Result]


@pytest.fixture
def explain(run: Run) -> Run:
    """Run `rexctl explain` in a folder without a log, 80 columns wide."""

    def run_explain(*words: str, columns: str = "80") -> Result:
        return run("explain", *words, env={"COLUMNS": columns})

    return run_explain


@pytest.mark.parametrize("code", ["bad-date", "unresolved-link", "unknown-format"])
def test_a_code_gives_its_page_as_text_and_needs_no_log(code: str, explain: Run) -> None:
    done = explain(code)
    page = help_pages.find_page(code)
    assert page is not None
    assert (done.out, done.err, done.code) == (help_pages.format_page(page, 80) + "\n", "", 0)


def test_a_page_is_fitted_to_the_width(explain: Run) -> None:
    shown = explain("bad-date", columns="40").out
    assert max(map(len, shown.splitlines())) <= 40


def test_markdown_is_the_page_as_it_is_written(explain: Run) -> None:
    written = (help_pages.PAGES / "two-ends.md").read_text(encoding="utf-8")
    assert explain("two-ends", "-f", "md").out == written


def test_a_machine_gets_the_page_in_parts(explain: Run) -> None:
    (row,) = json.loads(explain("two-ends", "-f", "json").out)
    page = help_pages.find_page("two-ends")
    assert page is not None
    assert (row["code"], row["sentence"], row["page"]) == page


def test_without_a_code_all_are_listed_with_their_sentences(explain: Run) -> None:
    done = explain()
    rows = [line.split(maxsplit=1) for line in done.out.splitlines()]
    assert rows == [[page.code, page.sentence] for page in help_pages.pages()]


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "tsv", "md"])
def test_the_list_comes_in_every_format_of_rows(form: str, explain: Run) -> None:
    done = explain("-f", form)
    assert done.code == 0
    assert "yaml-merge-key" in done.out


def test_an_unknown_code_is_an_error_with_a_suggestion(explain: Run) -> None:
    done = explain("bad-dat")
    assert (done.out, done.code) == ("", 2)
    assert "error[unknown-code] bad-dat: no such code; did you mean bad-date?" in done.err


def test_a_format_of_events_is_none_of_a_page(explain: Run) -> None:
    done = explain("bad-date", "-f", "card")
    assert (done.out, done.code) == ("", 2)
    assert "unknown-format" in done.err


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("queries", "query: "), ("exit code", "exit-codes: "), ("state", "states: "),
        ("tariff", "Usage: rexctl add tariff "), ("rm", "Usage: rexctl retract "),
        ("retracted", "confidence\tword\t"), ("actor", "actors\tactor\t"),
        ("rates", "rates\tnumber\t"),
    ],
)  # fmt: skip
def test_help_knows_words_by_what_they_are_of(words: str, start: str, run: Run) -> None:
    assert run("help", *words.split()).out.startswith(start)
