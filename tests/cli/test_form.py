from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.cli import form
from rexctl.model.schema import keys_of
from rexctl.model.types import TYPES, model_of
from rexctl.records import Finding
from tests.model.made import event_of, findings_of, plain_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EACH = pytest.mark.parametrize("name", TYPES)


def known(name: str) -> dict[str, Any]:
    """The example without what the command makes."""
    return {k: v for k, v in plain_of(name).items() if k not in ("id", "type")}


def read(text: str) -> dict[str, Any]:
    return event_of("id: 2025-x\n" + form.without_hints(text))


def optional(text: str) -> Iterator[tuple[int, int]]:
    """The first and last line of each part that is offered as a hint."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        if re.match(r"#: [a-z_]+:( |$)", line) and lines[start - 1].startswith("#: ") and start > 4:
            end = start + 1
            while end < len(lines) and lines[end].startswith("#:   "):
                end += 1
            yield start, end


@EACH
def test_a_form_that_is_filled_with_the_example_gives_the_example(name: str) -> None:
    found = read(form.blank_form(name, known(name)))
    assert found == plain_of(name) | {"id": "2025-x"}


@EACH
def test_an_untouched_form_answers_with_the_fields_that_are_needed_and_nothing_else(
    name: str,
) -> None:
    lines = [line for line in form.without_hints(form.blank_form(name, {})).splitlines() if line]
    keys = [line.split(":")[0] for line in lines if not line.startswith(" ")]
    needed = [key for key, info in keys_of(model_of(name)) if info.is_required()]
    assert keys == ["type", *(key for key in needed if key not in ("id", "type"))]


@EACH
def test_every_field_is_offered(name: str) -> None:
    text = form.blank_form(name, {})
    for key, info in keys_of(model_of(name)):
        if key not in ("id", "type", "aliases"):
            assert re.search(rf"^(#: )?{key}:", text, re.MULTILINE), key
            assert f"{form.HINT}{info.description}\n" in text


@EACH
def test_an_empty_form_is_told_all_that_it_lacks_each_at_its_line(name: str) -> None:
    answer = form.without_hints(form.blank_form(name, {}))
    lines = answer.splitlines()
    found = [f for f in findings_of(answer) if f.code != "missing-field"]
    told = {
        lines[f.line - 1].split(":")[0].strip(" -") or lines[f.line - 2].split(":")[0]
        for f in found
    }
    assert told >= {"title", "date", "actors", "url"}


@EACH
def test_taking_the_sign_away_from_any_hint_gives_a_field_that_is_accepted(name: str) -> None:
    text = form.blank_form(name, known(name))
    title = known(name)["sources"][0]["title"]
    found = list(optional(text))
    assert found
    for start, end in found:
        lines = text.splitlines()
        part = "\n".join(line.removeprefix("#: ") for line in lines[start:end])
        # A person chooses one of the words, and writes something for the dots.
        part = re.sub(r"([:-]) ([^|\n]+) \|.*", r"\1 \2", part)
        part = re.sub(r"source: \.\.\.", f"source: {title}", part)
        part = (
            re.sub(r"\b(until|until_time|time): .*\n? *", "", part) if "through:" in part else part
        )
        lines[start:end] = part.replace("...", "x").splitlines()
        key = part.split(":")[0]
        event = "\n".join(lines)
        if key == "time" and not re.search(r"^date: \S{10}$", event, re.MULTILINE):
            continue
        assert key in read(event), part


@EACH
def test_faults_stand_above_their_lines_and_go_when_they_are_mended(name: str) -> None:
    text = form.blank_form(name, known(name)).replace("title: ", "titel: ", 1)
    faults = findings_of("id: 2025-x\n" + form.without_hints(text))
    shifted = [Finding(f.code, f.message, f.path, f.line - 1, hint=f.hint) for f in faults]
    told = form.with_errors(text, shifted).splitlines()
    at = told.index("#! titel: no such field; did you mean title?")
    assert told[at + 1].startswith("titel: ")
    mended = "\n".join(told).replace("titel: ", "title: ")
    assert read(mended) == plain_of(name) | {"id": "2025-x"}
    assert form.with_errors(mended, []) == form.blank_form(name, known(name))


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=12), min_size=1))
def test_a_form_comes_back_line_for_line(lines: list[str]) -> None:
    typed = "\n".join(line for line in lines if not line.startswith("#!")) + "\n"
    assert form.with_errors(typed, []) == typed
    answer = form.without_hints(typed)
    assert answer.count("\n") == typed.count("\n")
    pairs = zip(typed.split("\n"), answer.split("\n"), strict=True)
    assert all(ours in ("", theirs) for theirs, ours in pairs)


def test_a_persons_own_comment_is_kept() -> None:
    text = "# mine\n#: hint\n#! fault\ntype: tariff # too\n"
    assert form.without_hints(text) == "# mine\n\n\ntype: tariff # too\n"


def test_a_fault_of_a_line_that_is_gone_stands_at_the_top() -> None:
    assert form.with_errors("a: b\n", [Finding("c", "m", "f", 9)]) == "#! m\na: b\n"


def test_what_was_known_stands_in_the_form_as_it_will_in_the_file() -> None:
    text = form.blank_form("tariff", {"title": "a: b", "actors": ["NO"]})
    assert 'title: "a: b"\n' in text
    assert 'actors:\n  - "NO"\n' in text


def test_a_status_of_one_word_is_filled_in() -> None:
    assert "\nstatus: made\n" in form.blank_form("statement", {})
