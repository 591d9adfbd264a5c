from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.context import Context
from rexctl.store import drafts
from tests.commands.door import SWINE, SWINE_ID, outside

if TYPE_CHECKING:
    from tests.commands.door import Door
    from tests.run import Result

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
    filling(rexctl, FORM)
    code, out, _ = rexctl("add", "statement", "-e")
    assert (code, out) == (0, MADE + "\n")
    assert list(rexctl.files) == [f"{MADE}.yaml"]
    assert "drafts" not in rexctl("doctor").out


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
    assert any("Norwya" in line and "did you mean NO (Norway)?" in line for line in comments)


def test_a_form_left_as_it_was_or_emptied_logs_nothing(rexctl: Door) -> None:
    for script in ("true", ': > "$1"', 'echo "type: statement" > "$1"'):
        rexctl.patch.setenv("EDITOR", editor(rexctl, script))
        assert rexctl("add", "statement", "-e") == (0, "", "nothing written\n")
    assert rexctl.files == {}


def test_an_editor_that_fails_or_is_not_there_leaves_the_draft(rexctl: Door) -> None:
    for command in ("false", "no-such-editor-here"):
        rexctl.patch.setenv("EDITOR", command)
        said = rexctl("add", "statement", "A word", "-e")
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


def on_a_terminal(door: Door, *words: str, answers: str = "") -> Result:
    """Run a command where questions can be asked, with these lines as answers."""
    door.patch.setattr(Context, "interactive", property(lambda _: True))
    return door(*words, stdin=answers.encode())


def test_a_comment_that_a_person_types_is_in_the_file_and_hints_are_not(rexctl: Door) -> None:
    script = """sed -i '/^title:/i # as the minister said it' "$1"
sed -i 's/^title:/title: Typed in a form/;s/^date:/date: 2025-10-12/' "$1"
sed -i 's/^date.*/&  # or a day later/' "$1"
sed -i 's/^actors:/actors: Norway/;s|^  - url:|  - url: https://example.org/f|' "$1" """
    rexctl.patch.setenv("EDITOR", editor(rexctl, script))
    said = rexctl("add", "statement", "-e")
    assert (said.code, said.out) == (0, "2025-10-12-no-typed-form\n")
    (text,) = rexctl.files.values()
    assert text == (
        "id: 2025-10-12-no-typed-form\ntype: statement\n# as the minister said it\n"
        "title: Typed in a form\ndate: 2025-10-12  # or a day later\nstatus: made\n"
        'actors:\n  - "NO"\nsources:\n  - url: https://example.org/f\n'
    )
    assert rexctl("check", "--strict").err == "no findings\n"


def test_a_day_and_a_rate_in_a_form_may_be_written_as_on_the_command_line(rexctl: Door) -> None:
    form = FORM.replace("statement", "tariff").replace("made", "adopted")
    filling(rexctl, form.replace("2025-10-12", "yesterday") + "rates: 30%\n")
    said = rexctl("add", "tariff", "-e")
    assert said.code == 0, said.err
    (text,) = rexctl.files.values()
    assert "date: 2025-10-18\n" in text
    assert "  - value: 30\n    unit: percent\n" in text


def test_a_comment_above_a_field_that_is_left_empty_stays(rexctl: Door) -> None:
    typed = FORM.replace("date:", "# of no field\nsummary:\n# of the day\ndate:")
    filling(rexctl, typed + "# of none\nnote:\ntags:\n  # inside\n  -\n")
    said = rexctl("add", "statement", "-e")
    assert said.code == 0, said.err
    (text,) = rexctl.files.values()
    assert "# of no field\n\n# of the day\ndate: 2025-10-12\n" in text
    assert text.index("# of none") < text.index("# inside")


def test_a_comment_of_a_stream_is_in_the_file_too(rexctl: Door) -> None:
    text = "# mine\n" + FORM.replace("status: made", "status: made  # beside")
    said = rexctl("add", "--from", "-", "--input", "yaml", stdin=text.encode())
    assert said.code == 0, said.err
    (text,) = rexctl.files.values()
    assert "status: made  # beside\n" in text
    assert "# mine\n" in text


def test_a_field_behind_a_sign_is_pointed_out(rexctl: Door) -> None:
    filling(rexctl, FORM + "# summary: lost by vim\n")
    said = rexctl("add", "statement", "-e")
    assert said.code == 0
    assert "`# summary: lost by vim` is a comment, and no field; the field is used if" in said.err
    (text,) = rexctl.files.values()
    assert "# summary: lost by vim\n" in text


def test_a_person_is_asked_about_a_field_behind_a_sign_once(rexctl: Door) -> None:
    filling(rexctl, FORM + "# summary: a remark\n")
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="n\n")
    assert "1 commented field, marked with #!. Edit again? [Y/n]" in said.err
    assert (said.code, len(rexctl.files)) == (0, 1)


def test_the_faults_are_shown_with_their_number_before_the_question(rexctl: Door) -> None:
    filling(rexctl, FORM.replace("made", "mad").replace("NO", "Norwya"))
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="n\n")
    assert said.code == 3
    before, _, after = said.err.partition("2 errors, marked with #!. Edit again? [Y/n] ")
    assert "did you mean NO (Norway)?" in before
    assert "status is one of made" in before
    assert "nothing written; your text is in" in after
    assert "did you mean" not in after


def test_a_refused_form_is_offered_by_the_next_call(rexctl: Door) -> None:
    filling(rexctl, FORM.replace("made", "mad"))
    on_a_terminal(rexctl, "add", "statement", "-e", answers="n\n")
    rexctl.patch.setenv("EDITOR", editor(rexctl, """sed -i 's/mad$/made/' "$1" """))
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="y\n")
    assert "was not written: Typed in an editor\n" in said.err
    assert (said.code, said.out) == (0, MADE + "\n")
    assert "#!" not in rexctl.files[f"{MADE}.yaml"]
    assert "drafts" not in rexctl("doctor").out


def test_a_draft_of_another_type_is_not_offered(rexctl: Door) -> None:
    filling(rexctl, FORM.replace("made", "mad"))
    on_a_terminal(rexctl, "add", "statement", "-e", answers="n\n")
    rexctl.patch.setenv("EDITOR", "true")
    assert "draft" not in on_a_terminal(rexctl, "add", "meeting", "-e").err


@pytest.mark.parametrize("words", [("add", "statement", "-e"), ("edit", SWINE_ID)])
def test_without_a_terminal_and_an_editor_a_form_is_refused(
    words: tuple[str, ...], filled: Door
) -> None:
    said = filled(*words)
    assert said.code == 2
    assert "needs a terminal" in said.err
    assert "or set EDITOR" in said.err


def test_an_editor_that_leaves_a_link_is_refused(rexctl: Door) -> None:
    rexctl.patch.setenv("EDITOR", editor(rexctl, 'rm "$1"; ln -s /etc/passwd "$1"'))
    said = rexctl("add", "statement", "-e")
    assert (said.code, rexctl.files) == (7, {})
    assert "is a symbolic link, not a file; nothing was written" in " ".join(said.err.split())


@pytest.mark.parametrize("script", [
    "sed -i 's/^#: what happened, in your own words/& They met./' \"$1\"",
    "sed -i 's/^#:condition: .*/#:condition: if they meet/' \"$1\"",
])  # fmt: skip
def test_text_that_is_typed_in_a_hint_is_refused_and_kept(script: str, rexctl: Door) -> None:
    rexctl.patch.setenv("EDITOR", editor(rexctl, script))
    said = rexctl("add", "statement", "A word", "--date", "2025-10-12", "--actor", "NO", "--source",
                  "https://example.org/f", "-e")  # fmt: skip
    assert (said.code, rexctl.files) == (3, {})
    assert "error[changed-hint]" in said.err
    found = re.search(r"your text is in (.*)", said.err)
    assert found
    assert "hey meet" in Path(found[1]).read_text().replace("They met", "hey meet")


def test_text_that_is_typed_behind_an_error_is_refused_and_kept(rexctl: Door) -> None:
    filling(rexctl, FORM.replace("made", "mad"))
    on_a_terminal(rexctl, "add", "statement", "-e", answers="n\n")
    rexctl.patch.setenv(
        "EDITOR", editor(rexctl, """sed -i 's/^#!.*/& I meant made/;s/mad$/made/' "$1" """)
    )
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="y\nn\n")
    assert (said.code, rexctl.files) == (3, {})
    assert "I meant made` is not read" in said.err


def test_whether_to_continue_a_draft_is_asked_until_the_answer_is_clear(rexctl: Door) -> None:
    filling(rexctl, FORM.replace("made", "mad"))
    on_a_terminal(rexctl, "add", "statement", "-e", answers="n\n")
    rexctl.patch.setenv("EDITOR", editor(rexctl, """sed -i 's/mad$/made/' "$1" """))
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="A word\ny\n")
    assert said.err.count("continue it?") == 2
    assert (said.code, said.out) == (0, MADE + "\n")


def test_a_colon_in_a_text_needs_no_quotes_in_a_form(rexctl: Door) -> None:
    filling(
        rexctl, FORM.replace("Typed in an editor", "Kato: a word") + "summary: MOFCOM: dumped\n"
    )
    said = rexctl("add", "statement", "-e")
    assert said.code == 0, said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert 'title: "Kato: a word"\n' in text
    assert "summary: |\n  MOFCOM: dumped\n" in text


@pytest.mark.parametrize("line", ["actors: a: b", "actors: [NO", "sources: [{url: a: b}]"])
def test_a_field_that_cannot_be_read_hides_no_other_fault(line: str, rexctl: Door) -> None:
    field = line.partition(":")[0]
    text = re.sub(rf"{field}: .*", line, FORM).replace("2025-10-12", "2025-10-42")
    filling(
        rexctl,
        text.replace("[{url: https://example.org/f}]", "\n  - url: https://a.org/f\n    title:"),
    )
    said = rexctl("add", "statement", "-e")
    assert (said.code, rexctl.files) == (3, {})
    assert "error[bad-date]" in said.err
    assert "error[yaml-syntax]" in said.err
    assert "is missing" not in said.err


def test_each_guess_at_a_fault_of_a_form_is_asked_about_on_its_own(rexctl: Door) -> None:
    filling(rexctl, FORM.replace("[NO]", "[Norwya, Trump]  # of both"))
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="y\ny\n")
    assert (said.code, said.out) == (0, MADE + "\n"), said.err
    assert "did you mean NO (Norway)? [Y/n]" in " ".join(said.err.split())
    assert '  - "NO"\n  - US/president  # of both\n' in rexctl.files[f"{MADE}.yaml"]


def test_what_a_guess_means_is_in_the_form_that_is_edited_again(rexctl: Door) -> None:
    filling(rexctl, FORM.replace("[NO]", "[Norwya, Trump]").replace("made", "xyz"))
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="y\nn\nn\n")
    assert (said.code, rexctl.files) == (3, {})
    (draft,) = drafts.find(Context(None).log())
    assert "actors: [NO, Trump]\n" in drafts.read(draft)


def test_a_product_that_is_none_may_be_moved_to_the_note_of_a_form(rexctl: Door) -> None:
    filling(rexctl, f"{FORM}products: qqq vvv items, hs:2846\nnote: Stated\n")
    said = on_a_terminal(rexctl, "add", "statement", "-e", answers="2\n")
    assert said.code == 0, said.err
    text = rexctl.files[f"{MADE}.yaml"]
    assert "products:\n  - hs:2846\n" in text
    assert "note: |\n  Stated qqq vvv items\n" in text


def test_an_error_of_the_event_in_the_log_opens_the_form_again_before_anything_is_written(
    filled: Door,
) -> None:
    text = FORM.replace("statement", "tariff").replace("made", "adopted")
    filling(filled, f"{text}rates: 5%\nlinks:\n  - rel: suspends\n    to: {SWINE_ID}\n")
    said = filled("add", "tariff", "-e")
    assert (said.code, said.out, len(filled.files)) == (3, "", 3)
    assert re.search(r":7:\d+: error\[suspension-rate-unit\] suspends .*: the rate is in", said.err)
    found = re.search(r"your text is in (.*)", said.err)
    assert found
    draft = Path(found[1]).read_text(encoding="utf-8")
    assert re.search(r"\n#! suspends [^\n]*\n(#! [^\n]*\n)*rates: 5%\n", draft), draft


def test_fields_that_an_editor_moved_to_the_right_are_read_as_fields_of_the_event(
    rexctl: Door,
) -> None:
    text = (
        "type: statement\ntitle: Typed in an editor\ndate: 2025-10-12\naffected:\n"
        "  summary: Outcome of talks: Korea invests\n"
        "status: made\nactors: [NO]\nsources:\n  - url: https://example.org/f\n"
        "    title: A title\n    condition: If: then\n    tags:\n    - a\n    - b\n"
        "note: |\n  status: denied\n"
    )
    filling(rexctl, text)
    said = rexctl("add", "statement", "-e")
    assert said.code == 0, said.err
    assert rexctl.files[f"{MADE}.yaml"] == (
        f"id: {MADE}\ntype: statement\ntitle: Typed in an editor\ndate: 2025-10-12\n"
        'condition: |\n  If: then\nstatus: made\nactors:\n  - "NO"\n'
        "summary: |\n  Outcome of talks: Korea invests\n"
        "sources:\n  - url: https://example.org/f\n    title: A title\n"
        "note: |\n  status: denied\ntags:\n  - a\n  - b\n"
    )


def test_a_field_that_may_be_one_of_a_part_or_words_of_a_text_is_left_where_it_is(
    rexctl: Door,
) -> None:
    for lines in ("summary: A text\n  note: goes on", "clauses:\n  - id: a\n  products: cars"):
        filling(
            rexctl, f"{FORM}{lines}\n".replace("statement", "tariff").replace("made", "adopted")
        )
        assert rexctl("add", "tariff", "-e").code == 3
        assert rexctl.files == {}
