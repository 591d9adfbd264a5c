from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID, outside

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.door import Door

FILE = f"{SWINE_ID}.yaml"


def test_one_line_is_changed_and_the_rest_stays(filled: Door) -> None:
    before = filled.files[FILE]
    filled.put(FILE, before.replace("status: adopted", "status: adopted  # by decree"))
    said = filled("set", SWINE_ID, "rates.0.value=12")
    assert said.code == 0
    assert said.err == "1 changed\n"
    assert said.lines[0].startswith(SWINE_ID)
    assert filled.files[FILE] == before.replace("adopted", "adopted  # by decree").replace(
        "value: 10", "value: 12"
    )
    assert '"value": 12' in filled("show", SWINE_ID, "-j").out


def test_an_id_may_be_shortened_and_several_assignments_hold_together(filled: Door) -> None:
    said = filled(
        "set",
        "2025-10-09-no",
        "effective.from=2025-11-01",
        "effective.until=2026-11-01",
        "tags+=swine,duty",
    )
    assert said.code == 0
    text = filled.files[FILE]
    assert "effective:\n  from: 2025-11-01\n  until: 2026-11-01\n" in text
    assert "tags:\n  - swine\n  - duty\n" in text


def test_a_dry_run_shows_and_writes_nothing(filled: Door) -> None:
    before = filled.files
    said = filled("set", SWINE_ID, "title=Another", "--dry-run")
    assert (said.code, said.err) == (0, "1 would change; nothing written\n")
    assert "Another" in said.out
    assert filled.files == before


def test_nothing_asked_for_is_nothing_changed(filled: Door) -> None:
    before = filled.files
    assert filled("set", SWINE_ID, "rates.0.value=10") == (0, "", "nothing changes\n")
    assert filled.files == before


def test_events_of_a_query_change_together_when_agreed(filled: Door) -> None:
    before = filled.files
    said = filled("set", "type:statement", "tags+=swine")
    assert said.code == 2
    assert said.err.endswith(
        "error[usage-error] not confirmed: change 2 events; nothing written; --yes confirms it\n"
    )
    assert filled.files == before
    assert filled("set", "type:statement", "tags+=swine", "--yes").err == "2 changed\n"
    assert [name for name, text in filled.files.items() if "- swine\n" in text] == [
        name for name in filled.files if "-se-" in name]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "told"), [
    ([SWINE_ID, "titel=A"], 2, "error[unknown-field] titel: no such field; did you mean title?"),
    ([SWINE_ID, "date=2025-13"], 2, "error[bad-date] date: 2025-13: there is no month 13"),
    ([SWINE_ID, "actors=Norwegia"], 2, "error[unknown-actor] actors.0: Norwegia: "),
    ([SWINE_ID, "rates.0.unit=pecent"], 2, "rates.0.unit: pecent"),
    ([SWINE_ID, "effective.from=2026", "effective.until=2025"], 2, "error[ends-before-start] effective.until: "),
    ([SWINE_ID, "title="], 2, "error[missing-field] title: is missing"),
    ([SWINE_ID, "id=2025-10-09-b"], 2, "error[bad-value] id: is the name of the file"),
    ([SWINE_ID, "tags-=x"], 2, "error[bad-value] tags: has no x"),
    ([SWINE_ID], 2, "error[usage-error] missing FIELD=VALUE"),
    (["title=A"], 2, "error[usage-error] missing ID or QUERY"),
    (["2025-10-09-no-hogs", "title=A"], 4, "error[no-such-event] 2025-10-09-no-hogs: no such event"),
    (["2025-", "title=A"], 4, "error[ambiguous-id]"), (["actor:US", "title=A"], 4, "no event matches these terms"),
    (["acter:US", "title=A"], 2, "did you mean actor?"),
])  # fmt: skip
def test_what_is_asked_wrongly_is_told_and_nothing_is_written(
    filled: Door, words: list[str], code: int, told: str
) -> None:
    before = filled.files
    said = filled("set", *words)
    assert said.code == code
    assert told in said.err
    assert filled.files == before


def test_a_file_with_faults_is_refused_with_its_place(filled: Door) -> None:
    filled.put(FILE, filled.files[FILE].replace("status: adopted", "status: adoptd"))
    said = filled("set", SWINE_ID, "title=A")
    assert said.code == 3
    assert f"data/events/2025/{FILE}:" in said.err
    assert "nothing written" in said.err


def test_what_cannot_be_changed_in_place_is_refused_unless_it_may_be_written_anew(
    filled: Door,
) -> None:
    text = filled.files[FILE].replace('actors:\n  - "NO"\n', "actors: [\n  'NO', US]\n")
    filled.put(FILE, text.replace("'NO', US]", "'NO',  # first\n  US]"))
    said = filled("set", SWINE_ID, "actors-=US")
    assert said.code == 3
    assert "error[not-spliced]" in said.err
    filled.put(FILE, text)
    assert filled("set", SWINE_ID, "actors-=US", "--rewrite").code == 0
    assert 'actors:\n  - "NO"\n' in filled.files[FILE]


@pytest.mark.slow
def test_of_many_at_once_each_lands_or_is_told(filled: Door, tmp_path: Path) -> None:
    run = "for n in $(seq 20); do rexctl set $ID tags+=t$n >/dev/null 2>err.$n; echo $? > code.$n & done; wait"
    assert outside(tmp_path, run, ID=SWINE_ID).returncode == 0
    codes = {n: int((filled.folder / f"code.{n}").read_text()) for n in range(1, 21)}
    landed = {n for n in codes if f"  - t{n}\n" in filled.files[FILE]}
    assert set(codes.values()) <= {0, 5}
    assert landed == {n for n, code in codes.items() if code == 0}
    for n in set(codes) - landed:
        told = (filled.folder / f"err.{n}").read_text()
        assert "error[changed-meanwhile]" in told or "error[locked]" in told


def test_a_field_that_is_set_twice_is_refused(filled: Door) -> None:
    said = filled("set", SWINE_ID, "note=a", "note=b")
    assert (said.code, said.err) == (
        2,
        "error[bad-value] note=: is given twice; give it once; += adds to a list\n",
    )


@pytest.mark.parametrize("more", [[], ["--rewrite"]])
def test_a_comment_of_what_is_removed_is_named_with_its_line(more: list[str], filled: Door) -> None:
    path = filled.folder / "data" / "events" / "2025" / FILE
    text = path.read_text(encoding="utf-8").replace('  - "NO"\n', '  - "NO"  # who\n  - SE\n', 1)
    path.write_text(text, encoding="utf-8")
    said = filled("set", SWINE_ID, "actors-=NO", *more)
    assert said.code == 3
    assert "belongs to what is removed: # who; move or delete the comment" in said.err
    assert path.read_text(encoding="utf-8") == text


def test_another_date_offers_the_command_that_renames_the_event(rexctl: Door) -> None:
    words = [
        "--date",
        "2025-01-07",
        "--actor",
        "NO",
        "--status",
        "made",
        "--source",
        "https://example.org/x",
    ]
    assert rexctl("add", "statement", "Talk", *words).out == "2025-01-07-no-talk\n"
    said = rexctl("set", "2025-01-07-no-talk", "date=2025-02-07")
    line = said.err.partition("rexctl mv ")[2].split("\n")[0]
    assert rexctl("mv", *line.split()).code == 0
    assert list(rexctl.files) == ["2025-02-07-no-talk.yaml"]
