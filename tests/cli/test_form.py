from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.cli import form
from rexctl.model.tables import SHAPES
from rexctl.model.tables import TYPES as TABLES
from rexctl.model.types import TYPES
from rexctl.records import Finding
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from rexctl.yamlfile.parse import parse_input
from rexctl.yamlfile.serialize import write
from tests.model.made import plain_of
from tests.read_models import keys_of, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EACH = pytest.mark.parametrize("name", TYPES)


def known(name: str) -> dict[str, Any]:
    """The example without what the command makes."""
    return {k: v for k, v in plain_of(name).items() if k not in ("id", "type")}


def read(text: str) -> dict[str, Any]:
    document = form.read_form(form.without_hints(text))
    event, findings, _ = parse_input(document, shipped_vocabulary(), id="2025-x")
    assert findings == ()
    assert event is not None
    return event


def faults(text: str) -> list[Finding]:
    """The findings of a form, located in its lines."""
    document = form.read_form(form.without_hints(text))
    return list(parse_input(document, shipped_vocabulary(), id="2025-x").findings)


def optional(text: str) -> Iterator[tuple[int, int]]:
    """The first and last line of each part that is offered as a hint."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        if re.match(r"#:[a-z_]+:( |$)", line) and lines[start - 1].startswith("#: ") and start > 4:
            end = start + 1
            while end < len(lines) and lines[end].startswith("#:  "):
                end += 1
            yield start, end


@EACH
def test_a_form_that_is_filled_with_the_example_gives_the_example(name: str) -> None:
    found = read(form.blank_form(name, known(name)))
    assert found == plain_of(name) | {"id": "2025-x"}


@EACH
def test_needed_fields_come_first_and_common_ones_next_as_empty_keys(name: str) -> None:
    lines = [line for line in form.without_hints(form.blank_form(name, {})).splitlines() if line]
    keys = [line.split(":")[0] for line in lines if not line.startswith(" ")]
    needed = [key for key, info in keys_of(model_of(name)) if info.is_required()]
    needed = [key for key in needed if key not in ("id", "type")]
    assert keys[: len(needed) + 1] == ["type", *needed]
    assert {"affected", "summary", "tags"} <= {*keys[len(needed) + 1 :]}


@EACH
def test_a_field_that_is_left_empty_is_left_out(name: str) -> None:
    text = form.blank_form(name, {})
    for key, value in known(name).items():
        if key in ("title", "date", "status", "actors", "sources"):
            lines = write({key: value}, name).rstrip("\n")
            pattern = rf"^{key}:.*\n(?:  .*\n)*"
            text = re.sub(pattern, lambda _, lines=lines: lines + "\n", text, flags=re.MULTILINE)
    assert list(read(text)) == ["id", "type", "title", "date", "status", "actors", "sources"]


@EACH
def test_the_legal_words_of_the_status_stand_above_it(name: str) -> None:
    words = TABLES[name].status
    line = re.search("^(#: .*)\nstatus:.*$", form.blank_form(name, {}), re.MULTILINE)
    assert line
    assert len(words) == 1 or all(word in line[1] for word in words)


@EACH
def test_every_field_is_offered(name: str) -> None:
    text = form.blank_form(name, {})
    for key, _ in keys_of(model_of(name)):
        if key not in ("id", "type", "aliases"):
            assert re.search(rf"^(#: ?)?{key}:", text, re.MULTILINE), key


@EACH
def test_the_example_of_the_type_stands_below_as_a_comment(name: str) -> None:
    text = form.blank_form(name, {})
    lines = text.split("#: AN EXAMPLE:\n")[1].split("\n\n")[0].splitlines()
    example = "\n".join(line.removeprefix("#:   ") for line in lines)
    assert read(f"type: {name}\n{example}\n") == plain_of(name) | {"id": "2025-x"}


@EACH
def test_a_clause_is_shown_with_its_window(name: str) -> None:
    if "clauses" in SHAPES[name]:
        text = form.blank_form(name, {})
        assert re.search(r"^#:  - id: .*\n(?:#:    .*\n)*#:    effective:\n#:      from:", text,
                         re.MULTILINE)  # fmt: skip


@EACH
def test_an_empty_form_is_told_all_that_it_lacks_each_at_its_line(name: str) -> None:
    lines = form.blank_form(name, {}).splitlines()
    told = {lines[f.line - 1].split(":")[0] for f in faults("\n".join(lines))}
    needed = {key for key, info in keys_of(model_of(name)) if info.is_required()}
    assert told >= needed - {"id", "type", "status"}


@EACH
def test_taking_the_sign_away_from_any_hint_gives_a_field_that_is_accepted(name: str) -> None:
    text = form.blank_form(name, known(name))
    title = known(name)["sources"][0]["title"]
    found = list(optional(text))
    assert found
    for start, end in found:
        lines = text.splitlines()
        part = "\n".join(line.removeprefix("#:") for line in lines[start:end])
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
    told = form.with_errors(text, faults(text)).splitlines()
    at = told.index("#! titel: no such field; did you mean title?")
    assert told[at + 1].startswith("titel: ")
    mended = "\n".join(told).replace("titel: ", "title: ")
    assert read(mended) == plain_of(name) | {"id": "2025-x"}
    assert form.with_errors(mended, []) == form.blank_form(name, known(name))


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=12), min_size=1
    )
)
def test_a_form_comes_back_line_for_line(lines: list[str]) -> None:
    typed = "\n".join(line for line in lines if not line.startswith("#!")) + "\n"
    assert form.with_errors(typed, []) == typed
    answer = form.without_hints(typed)
    pairs = zip(typed.split("\n"), answer.split("\n"), strict=True)
    assert all(ours == theirs or theirs.lstrip(" ").startswith("#:") for theirs, ours in pairs)


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


def changed(text: str) -> list[str]:
    return [
        one.text for one in form.changed_hints(text, form.marks_of(form.blank_form("tariff", {})))
    ]


@EACH
def test_a_form_has_no_changed_hint(name: str) -> None:
    marks = form.marks_of(form.blank_form(name, {}))
    assert list(form.changed_hints(form.blank_form(name, known(name)), marks)) == []


@pytest.mark.parametrize(("old", "typed"), [
    ("#: what happened, in your own words", "#: what happened, in your own words Duties rise."),
    ("#:condition: ...", "#:condition: unless they open the market"),
    ("    #: the title\n", "    #: Pro Trade\n"),
    ("#: NEEDED", "#! NEEDED, and more"),
])  # fmt: skip
def test_text_that_is_typed_in_a_hint_is_an_error_that_shows_it(old: str, typed: str) -> None:
    text = form.blank_form("tariff", {}).replace(old, typed, 1)
    assert changed(text) == [typed.rstrip("\n")]
    (found,) = form.changed_hints(text, form.marks_of(form.blank_form("tariff", {})))
    told = form.with_errors(text, [found])
    assert f"#! `{typed.strip()}` is not read" in told
    assert f"\n{typed.rstrip()}\n" in told


def test_a_part_that_is_indented_by_one_blank_stays_so() -> None:
    text = "type: meeting\nplace:\n city: Seoul\n country: KR\n"
    assert form.without_hints(text) == text


def test_a_comment_that_is_a_field_behind_a_sign_is_found() -> None:
    text = "# summary: lost\n#rates: 3\n# a remark: no field\nnote: x # title: y\n"
    found = list(form.commented_fields(text, "tariff"))
    assert [(one.line, one.code) for one in found] == [
        (1, "commented-field"),
        (2, "commented-field"),
    ]


@pytest.mark.parametrize(("line", "text"), [
    ("title: EU and US: a joint statement", "EU and US: a joint statement"),
    ("title: [draft] a duty", "[draft] a duty"),
    ("title: Notice #61 of MOFCOM", "Notice #61 of MOFCOM"),
    ('title: "Free" trade: a word', '"Free" trade: a word'),
    ('title: "EU: a word"', "EU: a word"),
    ("title: A word # said at noon", "A word"),
])  # fmt: skip
def test_a_text_on_one_line_is_read_as_it_stands(line: str, text: str) -> None:
    assert form.read_form(f"type: tariff\n{line}\nnote: x\n").value == {
        "type": "tariff", "title": text, "note": "x"}  # fmt: skip


def test_a_line_within_a_text_of_several_lines_stays_as_it_is() -> None:
    text = "type: tariff\nsummary: |\n  title: one: two\n  note: [x\nnote: a: b\n"
    value = form.read_form(text).value
    assert value == {"type": "tariff", "summary": "title: one: two\nnote: [x\n", "note": "a: b"}


@pytest.mark.parametrize("width", [50, 60, 80])
@EACH
def test_the_sentences_of_a_form_fit_the_terminal(name: str, width: int) -> None:
    text = form.blank_form(name, {}, width).split("#: AN EXAMPLE:")[0]
    assert [line for line in text.splitlines() if len(line) > width and "://" not in line] == []


def test_the_commitments_of_an_agreement_are_common() -> None:
    text = form.blank_form("agreement", {})
    assert "\ncommitments:\n" in text.split("#: COMMON")[1].split("#: MORE")[0]
