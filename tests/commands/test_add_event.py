from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT, SWINE, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def without(flag: str) -> list[str]:
    place = SWINE.index(flag)
    return SWINE[:place] + SWINE[place + 2 :]


def changed(flag: str, value: str) -> list[str]:
    return [*without(flag), flag, value]


def test_all_missing_flags_are_named_at_once(rexctl: Door) -> None:
    said = rexctl("add", "meeting")
    assert (said.code, said.out) == (2, "")
    assert "missing TITLE, --date, --status, --actor, --source" in said.err


@pytest.mark.parametrize("flag", ["--date", "--status", "--actor", "--source"])
def test_a_missing_flag_is_named_alone(flag: str, rexctl: Door) -> None:
    said = rexctl(*without(flag))
    assert said.code == 2
    assert f"missing {flag};" in said.err


@pytest.mark.parametrize(
    ("flag", "value", "code", "hint"),
    [
        ("--actor", "Norwya", "unknown-actor", "did you mean NO?"),
        ("--date", "9 Oct 2025", "bad-date", "write 2025-10-09"),
        ("--status", "adoptd", "unknown-value", "did you mean adopted?"),
        ("--product", "hs:0199", "unknown-product", "did you mean hs:01"),
        ("--tz", "Europe/Olso", "unknown-zone", "did you mean Europe/Oslo?"),
        ("--rate", "ten", "bad-number", "write digits"),
        ("--time", "25:00", "bad-time", "20:30"),
        ("--source", "example.org", "bad-url", "http"),
    ],
)
def test_a_wrong_value_is_told_by_its_flag_and_nothing_is_written(
    flag: str, value: str, code: str, hint: str, rexctl: Door
) -> None:
    said = rexctl(*changed(flag, value))
    assert (said.code, said.out, rexctl.files) == (2, "", {})
    assert said.err.startswith(f"error[{code}] {flag}: {value}: ")
    assert hint in said.err


def test_all_wrong_values_are_told_in_one_run(rexctl: Door) -> None:
    said = rexctl(*SWINE, "--confidence", "sure", "--tag", "not/a/slug", "--episode", "no/slug")
    assert said.code == 2
    assert len(said.err.splitlines()) == 3
    assert "--tag: not/a/slug: a slug is made of" in said.err


def test_a_dry_run_shows_the_file_that_the_true_run_writes(rexctl: Door) -> None:
    shown = rexctl(*SWINE, "--dry-run").out
    assert rexctl.files == {}
    rexctl(*SWINE)
    assert rexctl.files == {f"{SWINE_ID}.yaml": shown}


def test_the_same_event_again_is_the_same_and_another_one_gets_a_number(rexctl: Door) -> None:
    assert rexctl(*SWINE).out == SWINE_ID + "\n"
    before = rexctl.files
    code, out, err = rexctl(*SWINE)
    assert (code, out, err) == (0, SWINE_ID + "\n", f"same data/events/2025/{SWINE_ID}.yaml\n")
    assert rexctl.files == before
    assert rexctl(*SWINE, "--note", "Another.").out == SWINE_ID + "-2\n"


def test_an_id_that_is_taken_is_a_conflict_and_the_first_one_stays(rexctl: Door) -> None:
    rexctl(*SWINE, "--id", "2025-10-09-swine")
    before = rexctl.files
    said = rexctl(*changed("--rate", "20"), "--id", "2025-10-09-swine")
    assert (said.code, rexctl.files) == (5, before)


@pytest.mark.parametrize(
    "name", ["2025/../x", "../../x", "2025-10-09-A", "", "a b", "-x", "con.yaml"]
)
@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_can_be_no_id_is_refused_and_never_a_path(
    name: str, dry: list[str], rexctl: Door
) -> None:
    said = rexctl(*SWINE, f"--id={name}", *dry)
    assert (said.code, said.out, rexctl.files) == (2, "", {})
    assert "--id" in said.err


def test_a_link_to_nothing_is_no_such_event(rexctl: Door) -> None:
    said = rexctl(*SWINE, "--amends", "2025-01-01-no-such")
    assert (said.code, rexctl.files) == (4, {})
    assert "2025-01-01-no-such: no such event" in said.err


def test_a_link_leads_to_the_event_and_to_its_clause(rexctl: Door) -> None:
    first = ["--id", "2025-10-09-first", "clauses.1.title=Live swine"]
    assert rexctl(*SWINE, *first).code == 0
    assert rexctl(*SWINE, "--id", "2025-10-09-second", "--suspends", "2025-10-09-first#1").code == 0
    assert "to: 2025-10-09-first\n    clause: 1\n" in rexctl.files["2025-10-09-second.yaml"]


def test_asserted_by_holds_for_the_causal_links_of_the_call(filled: Door) -> None:
    said = filled("add", "statement", "An answer", *STATEMENT, "--responds-to", SWINE_ID,
                  "--asserted-by", "NO", "--clarifies", SWINE_ID, "--dry-run")  # fmt: skip
    assert said.out.count("asserted_by:") == 1
