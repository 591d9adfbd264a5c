"""Values that people type in one field and that belong in another, by flags, in the form and in -i."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.context import Context
from tests.commands.test_add_form import filling, on_a_terminal
from tests.commands.test_add_questions import talk

if TYPE_CHECKING:
    from tests.commands.door import Door

SOURCE = ["--source", "https://example.org/b"]
TARIFF = ["add", "tariff", "A duty", "--date", "2025-09-29", "--status", "adopted", "--actor", "US/president",
          "--effective", "2025-10-14", *SOURCE]  # fmt: skip
MEETING = ["add", "meeting", "They meet", "--date", "2026-01-16", "--actor", "CA,CN", "--status", "held",
           "--mode", "in-person", *SOURCE]  # fmt: skip
LISTING = ["add", "sanction", "Two firms are listed", "--date", "2025-10-22", "--status", "adopted", "--actor",
           "US/ofac", "--affected", "RU", "--effective", "2025-10-22", *SOURCE]  # fmt: skip
ACT = [*TARIFF, "--instrument", "Proclamation 10976", "clauses.lumber.rates=10%", "clauses.lumber.products=hs:4407",
       "clauses.furniture.rates=25%", "clauses.furniture.products=hs:9401"]  # fmt: skip
NAME = "2025-09-29-us-president-10976"
PAIRS = ["--rate", "10", "--product", "hs:4407", "--rate", "25", "--product", "hs:9401,hs:9403"]
CLAUSES = ("clauses:\n  - id: 1\n    products:\n      - hs:4407\n    rates:\n      - value: 10\n        unit: percent\n"
           "  - id: 2\n    products:\n      - hs:9401\n      - hs:9403\n    rates:\n      - value: 25\n")  # fmt: skip


def file_of(door: Door, *words: str) -> str:
    """Return the file that a command would write."""
    said = door(*words, "--dry-run")
    assert said.code == 0, said.err
    return said.out


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Mark Carney, Xi Jinping", ["Mark Carney", "Xi Jinping"]),
        ("Mark Carney and Xi Jinping", ["Mark Carney", "Xi Jinping"]),
        ("Carney; Xi", ["Carney", "Xi"]),
        ("Robert F. Kennedy, Jr.", ["Robert F. Kennedy, Jr."]),
        ("Wang Wentao and his delegation", ["Wang Wentao and his delegation"]),
        (r"Carney\, Mark", ["Carney, Mark"]),
    ],
)
def test_persons_between_commas_are_several(typed: str, names: list[str], rexctl: Door) -> None:
    text = file_of(rexctl, *MEETING, "--participant", typed)
    assert [line[10:] for line in text.split("\n") if line.startswith("  - name: ")] == names


def test_an_office_behind_a_name_is_the_office_of_the_person(rexctl: Door) -> None:
    text = file_of(
        rexctl, *MEETING, "--participant", "Scott Bessent, US Treasury Secretary, and He Lifeng"
    )
    assert (
        "  - name: Scott Bessent\n    office: US Treasury Secretary\n  - name: He Lifeng\n" in text
    )


def test_what_may_be_one_person_is_refused_with_both_lines_or_asked_about(rexctl: Door) -> None:
    said = rexctl(*MEETING, "--participant", "Carney, Mark")
    assert (said.code, rexctl.files) == (2, {})
    assert 'write "Carney; Mark" for several, "Carney\\, Mark" for one' in said.err
    rexctl.patch.setattr(Context, "interactive", property(lambda _: True))
    said = rexctl(*MEETING, "--participant", "Carney, Mark", stdin=b"2\n")
    assert said.code == 0, said.err
    assert "- name: Carney, Mark\n" in rexctl.files[f"{said.out.strip()}.yaml"]


@pytest.mark.parametrize(
    "names",
    ["Rosneft Oil Company, Lukoil OAO and 34 subsidiaries", "Rosneft; Lukoil; 34 other firms"],
)
def test_a_number_of_further_firms_is_no_firm(names: str, rexctl: Door) -> None:
    said = rexctl(*LISTING, "--entity", names)
    assert "counts 36: 2 names and 34 more" in said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert (text.count("  - name: "), "counts:\n  - value: 36\n" in text) == (2, True)


def test_subsidiaries_behind_names_are_those_of_the_firms(rexctl: Door) -> None:
    text = file_of(rexctl, *LISTING, "--entity", "Rosneft; Lukoil and its subsidiaries")
    assert '  - name: Rosneft\n  - name: Lukoil\n    with_subsidiaries: "yes"\n' in text


def test_rates_with_goods_of_their_own_are_refused_with_clauses_that_work(rexctl: Door) -> None:
    said = rexctl(*TARIFF, *PAIRS)
    assert (said.code, rexctl.files) == (2, {})
    assert "in place of --rate and --product write clauses.1.rates=10%" in said.err
    words = said.err.partition("write ")[2].partition("; or")[0]
    assert CLAUSES in file_of(rexctl, *TARIFF, *shlex.split(words))
    assert "combine: sum\n" in file_of(rexctl, *TARIFF, *PAIRS, "--combine", "sum")


@pytest.mark.parametrize(
    ("answers", "part"), [("y\n", CLAUSES), ("n\nhigher\n", "combine: higher\n")]
)
def test_a_terminal_asks_whether_rates_and_goods_are_pairs(
    answers: str, part: str, rexctl: Door
) -> None:
    rexctl.patch.setattr(Context, "interactive", property(lambda _: True))
    said = rexctl(*TARIFF, *PAIRS, stdin=answers.encode())
    assert said.code == 0, said.err
    assert "a clause for each rate? [Y/n]" in " ".join(said.err.split())
    assert part in rexctl.files[f"{said.out.strip()}.yaml"]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("10% on hs:4407, 25% on hs:9401 and hs:9403", [CLAUSES]),
        ("10% hs:4407, 25% hs:9401 and hs:9403", [CLAUSES]),
        ("10% now, 25% later", []),
        ("hs:4407: 10%", []),
        ("10% from 1 February 2026, 25% from 1 June 2026",
         ["    effective:\n      from: 2026-02-01\n      until: 2026-06-01\n", "      from: 2026-06-01\n"]),
    ],
)  # fmt: skip
def test_several_rates_in_one_text_are_clauses_where_that_is_clear(
    typed: str, parts: list[str], rexctl: Door
) -> None:
    said = rexctl(*TARIFF, "--rate", typed, "--dry-run")
    assert said.code == (0 if parts else 2), said.err
    assert all(part in said.out for part in parts)
    assert ("a clause for each rate: clauses.1.rates=10%" in said.err) == bool(parts)


def test_a_form_with_several_rates_is_edited_again_before_it_is_written(rexctl: Door) -> None:
    filling(rexctl, "type: tariff\ntitle: A duty\ndate: 2025-09-29\nstatus: adopted\nactors: US\nrates: 10%, 25%\n"
                    "effective: 2025-10-14\nsources: https://example.org/b\n")  # fmt: skip
    said = on_a_terminal(rexctl, "add", "tariff", "-e", answers="n\n")
    assert (said.code, rexctl.files) == (3, {})
    assert "write a clause for each, or combine: sum" in " ".join(said.err.split())


def test_all_goods_are_left_out_with_a_word(rexctl: Door) -> None:
    said = rexctl(*TARIFF, "--rate", "10", "--product", "all goods", "--dry-run")
    assert "products left out: a measure that names no goods is on all goods" in said.err


@pytest.mark.parametrize(
    "name",
    ["Proclamation 10976", "US Proclamation 10976", "Presidential Proclamation No. 10976",
     "Proclamation 10976 of September 29, 2025"],
)  # fmt: skip
def test_a_link_names_an_event_by_the_kind_and_number_of_its_act(name: str, rexctl: Door) -> None:
    assert rexctl(*ACT).code == 0
    text = file_of(rexctl, *TARIFF[:3], *TARIFF[3:], "--date-stated", "later", "--amends", f"{name}#furniture",
                   "--rate", "20")  # fmt: skip
    assert f"  - rel: amends\n    to: {NAME}\n    clause: furniture\n" in text


def test_an_event_may_be_named_by_words_of_its_title(rexctl: Door) -> None:
    assert rexctl(*ACT).code == 0
    assert rexctl(*TARIFF[:2], "A levy on wine", *TARIFF[3:], "--rate", "3").code == 0
    rexctl.patch.setattr(Context, "interactive", property(lambda _: True))
    said = rexctl(*MEETING, "--about", "levy on wine", stdin=b"y\n")
    assert said.code == 0, said.err
    assert "to: 2025-09-29-us-president-levy-wine\n" in rexctl.files[f"{said.out.strip()}.yaml"]


AMENDMENT = [*TARIFF[:2], "It is put off", "--date", "2025-12-31", *TARIFF[5:9], "--affected", "all",
             "--effective", "2026-01-01", *SOURCE, "-i"]  # fmt: skip


def test_a_link_that_needs_a_clause_is_asked_for_it_in_the_same_line(rexctl: Door) -> None:
    assert rexctl(*ACT).code == 0
    said = talk(
        rexctl, AMENDMENT, "", "25", "", "", "amends Proclamation 10976", "furn\t", *[""] * 8
    )
    assert said.code == 0, said.err
    assert "which clause; name one with clause: lumber, furniture" in said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert f"links:\n  - rel: amends\n    to: {NAME}\n    clause: furniture\nsources" in text


def test_several_clauses_in_one_answer_are_a_link_each_and_equal_links_are_one(
    rexctl: Door,
) -> None:
    assert rexctl(*ACT).code == 0
    said = talk(rexctl, AMENDMENT, "", "", "", f"revokes {NAME}", f"revokes {NAME}#furniture, lumber",
                f"revokes {NAME}#lumber", *[""] * 8, "y")  # fmt: skip
    text = said.err.rpartition("\nid: ")[2]
    assert text.count("rel: revokes") == 2, said.err
    assert "clause: furniture\n" in text
    assert "clause: lumber\n" in text


def test_a_field_that_is_typed_at_another_question_is_set(rexctl: Door) -> None:
    said = talk(rexctl, [*MEETING, "-i"], "legal basis: Section 301", "y", *[""] * 12)
    assert said.code == 0, said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert "legal_basis:\n" in text
    assert "tags" not in text


def test_several_words_for_a_part_with_an_id_are_its_text(rexctl: Door) -> None:
    deal = ("add", "agreement", "Deal", "--actor", "US", "--date", "2025-10-14", "--status", "signed",
            "--source", "https://example.org/d", "commitments=India cuts its duty")  # fmt: skip
    said = rexctl(*deal, "commitments.india-cuts-its-duty.by=IN", "--dry-run")
    assert said.code == 0, said.err
    assert (
        "  - id: india-cuts-its-duty\n    by: IN\n    what: |\n      India cuts its duty\n"
        in said.out
    )
