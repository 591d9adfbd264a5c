from __future__ import annotations

import re

import pytest

from rexctl.app import COMMANDS
from rexctl.checks import RULES
from rexctl.checks.context import load_rule
from rexctl.output import help_pages
from tests.code_reader import named, used
from tests.page_examples import examples

PAGES = sorted(path.stem for path in help_pages.PAGES.glob("*.md"))


def test_every_code_that_the_source_makes_has_a_page() -> None:
    for code in sorted(used()):
        found = help_pages.find_page(code)
        assert found is not None, f"{sorted(used()[code])} make {code}"
        assert found.code == code


def test_the_reader_of_codes_finds_those_of_every_sort() -> None:
    """A finding, a fault of the schema, one by method, of a word, a class, set later, a table."""
    expected = {"stray-file", "two-ends", "unknown-actor", "unknown-format", "no-log", "id-taken"}
    expected |= {"tab-indent", "yaml-syntax", "too-deep", "not-utf8"}
    assert expected <= set(used())


def test_no_page_is_for_a_code_that_nobody_makes() -> None:
    texts = named()
    for code in PAGES:
        assert code == help_pages.UNKNOWN_NAME or code in used() or code in texts


def test_a_page_has_a_sentence_and_a_body() -> None:
    for code in help_pages.codes():
        found = help_pages.find_page(code)
        assert found is not None
        assert found.sentence
        assert not found.sentence.endswith(".")
        assert found.body
        assert len(f"{code}: {found.sentence}") <= 160


def test_a_written_page_is_a_heading_some_sentences_and_maybe_two_examples() -> None:
    for code in PAGES:
        text = (help_pages.PAGES / f"{code}.md").read_text(encoding="utf-8")
        assert text.startswith(f"# {code}: ")
        assert text.endswith("\n")
        found = help_pages.find_page(code)
        assert found is not None
        prose = found.body.split("FAIL:")[0].strip()
        assert len(re.findall(r"[.](?:\s|$)", prose)) <= 12
        assert [example.verdict for example in examples(found)] in ([], ["FAIL", "PASS"])
        assert text.count("```") == 2 * len(list(help_pages._BLOCK.finditer(text)))


@pytest.mark.parametrize("code", RULES)
def test_the_page_of_a_check_is_its_docstring(code: str) -> None:
    found = help_pages.find_page(code)
    assert found is not None
    doc = str(load_rule(code).__doc__)
    assert doc.startswith(found.sentence)
    assert {example.verdict for example in examples(found)} == {"FAIL", "PASS"}
    for example in examples(found):
        assert example.text in doc


def test_a_page_names_only_codes_and_pages_that_are_there() -> None:
    commands = set(COMMANDS)
    for found in help_pages.pages():
        for name in re.findall(r"`rexctl ([a-z]+)", found.markdown):
            assert name in commands, f"{found.code} speaks of rexctl {name}"


def test_a_list_of_words_without_a_page_has_the_one_of_all() -> None:
    found = help_pages.find_page("unknown-shell")
    shared = help_pages.find_page(help_pages.UNKNOWN_NAME)
    assert found is not None
    assert shared is not None
    assert found == shared._replace(code="unknown-shell")


@pytest.mark.parametrize("code", ["", "no-such-code", "../errors", "bad-date.md", "Bad-Date"])
def test_what_is_no_code_has_no_page(code: str) -> None:
    assert help_pages.find_page(code) is None


def test_markdown_gives_back_the_file() -> None:
    for code in PAGES:
        found = help_pages.find_page(code)
        assert found is not None
        written = (help_pages.PAGES / f"{code}.md").read_text(encoding="utf-8")
        assert found.markdown + "\n" == written


@pytest.mark.parametrize("width", [1, 40, 80, 500])
def test_plain_text_keeps_to_the_width_and_loses_nothing(width: int) -> None:
    for found in help_pages.pages():
        shown = help_pages.format_page(found, width)
        prose = "\n".join(line for line in shown.splitlines() if not line.startswith("    "))
        longest = max(len(word) for word in prose.split())
        assert max(map(len, prose.splitlines())) <= max(20, longest, min(width, 88))
        written = re.sub(r"```\w*", "", found.markdown.removeprefix("# "))
        assert "".join(shown.split()) == "".join(written.split())
