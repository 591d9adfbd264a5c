from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.cli.context import Context
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
        ("--actor", "Norwya", "unknown-actor", "did you mean NO (Norway)?"),
        ("--date", "9/10/2025", "bad-date", "write 2025-10-09 or 2025-09-10"),
        ("--status", "adoptd", "unknown-value", "did you mean adopted?"),
        ("--product", "hs:0199", "unknown-product", "did you mean hs:01"),
        ("--tz", "Europe/Olso", "unknown-zone", "did you mean Europe/Oslo?"),
        ("--rate", "steep", "bad-number", "write digits"),
        ("--time", "25:00", "bad-time", "20:30"),
        ("--source", "example", "bad-url", "http"),
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
    said = rexctl(*SWINE, "--confidence", "unheard", "--tag", "not/a/slug", "--episode", "no/slug")
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
    second = ["--id", "2025-10-09-second", "--suspends", "2025-10-09-first#1"]
    assert rexctl(*changed("--rate", "10pp"), *second).code == 0
    assert "to: 2025-10-09-first\n    clause: 1\n" in rexctl.files["2025-10-09-second.yaml"]


def test_asserted_by_holds_for_the_causal_links_of_the_call(filled: Door) -> None:
    said = filled("add", "statement", "An answer", *STATEMENT, "--responds-to", SWINE_ID,
                  "--asserted-by", "NO", "--clarifies", SWINE_ID, "--dry-run")  # fmt: skip
    assert said.out.count("asserted_by:") == 1


ANSWER = [
    "add",
    "statement",
    "Sweden answers",
    "--actor",
    "SE",
    "--source",
    "https://example.org/s",
]


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("today", "2025-10-18"),
        ("yesterday", "2025-10-17"),
        ("monday", "2025-10-13"),
        ("-2d", "2025-10-16"),
        ("2025-Q4", "2025-10/2025-12"),
        ("2025-W42~", "2025-10-13~/2025-10-19~"),
    ],
)
def test_a_day_is_typed_as_a_word(text: str, stored: str, rexctl: Door) -> None:
    for typed in (["--date", text], [f"date={text}"], ["--date", "2025", f"disclosed={text}"]):
        result = rexctl("--today", "2025-10-18", *ANSWER, *typed, "--dry-run")
        field = typed[-1].partition("=")[0] if "=" in typed[-1] else "date"
        assert f"\n{field}: {stored}\n" in result.out


def test_the_first_day_is_in_the_timezone_of_the_log(rexctl: Door) -> None:
    rexctl.patch.delenv("REXCTL_TODAY", raising=False)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # never the same day
        (rexctl.folder / "data" / "rexctl.yaml").write_text(f"format: 1\ntimezone: {zone}\n")
        assert rexctl(*ANSWER, "--date", "today").code == 0
    assert len({text.split("date: ")[1][:10] for text in rexctl.files.values()}) == 2


def test_add_names_the_file_and_what_check_finds_in_it(rexctl: Door) -> None:
    first = rexctl(*ANSWER, "--date", "2025-10-11")
    path = "data/events/2025/2025-10-11-se-answers.yaml"
    assert first == (0, "2025-10-11-se-answers\n", f"wrote {path}\n")
    second = rexctl(*ANSWER, "--date", "2025-10-12", "--tag", "quite-new", "--note", "Again.")
    assert second.code == 0
    assert second.err.startswith("wrote data/events/2025/2025-10-12-se-answers.yaml\n")
    assert "2025-10-12-se-answers.yaml:13:5: warning[unknown-tag] quite-new" in second.err
    assert "warning[near-duplicate] may duplicate 2025-10-11-se-answers" in second.err
    assert rexctl("check", "2025-10-12-se-answers").code != 1


@pytest.mark.parametrize(
    "url", ["https://example.org/dd/", "http://www.example.org/dd", "https://EXAMPLE.org/dd#top"]
)
def test_add_finds_the_duplicates_that_check_finds_and_names_the_new_event(
    url: str, rexctl: Door
) -> None:
    old = ["add", "statement", "Quite another title", "--actor", "SE", "--status", "made"]
    rexctl(
        *old, "--date", "2025-10-12", "--source", "https://example.org/dd", "--id", "2025-10-12-x"
    )
    new = ["add", "statement", "Words", "--actor", "NO", "--status", "made", "--date", "2025-10-11"]
    result = rexctl(*new, "--source", url, "--id", "2025-10-11-a")
    assert "2025-10-11-a.yaml:1:5: warning[near-duplicate] may duplicate 2025-10-12-x" in result.err
    assert "near-duplicate" in rexctl("check").out


@pytest.mark.parametrize("flag", ["2025-10-09", "2025-10-09-no-ch", SWINE_ID])
def test_a_link_flag_takes_the_beginning_of_an_id(flag: str, filled: Door) -> None:
    result = filled(*ANSWER, "--date", "2025-10-20", "--disputes", flag, "--dry-run")
    assert f"  - rel: disputes\n    to: {SWINE_ID}\n" in result.out


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--clause-effective-from", "write clauses.1.effective.from=..., after the title"),
        ("--rate-prior", "write rates.0.prior=..., after the title"),
        ("--actors", "did you mean --actor?"),
        ("--effective-form", "did you mean --effective-from?"),
        ("--legalbasis", "did you mean --legal-basis?"),
        ("--columns", "rexctl add tariff --help"),
        ("--clause-since", "rexctl add tariff --help"),
    ],
)
def test_no_option_of_another_meaning_is_suggested(option: str, said: str, rexctl: Door) -> None:
    result = rexctl("add", "tariff", "A duty", option, "2027-01-01")
    assert (result.code, result.err) == (
        2,
        f"error[unknown-option] {option}: no such option; {said}\n",
    )


def test_the_fields_of_parts_are_assigned_after_the_title(rexctl: Door) -> None:
    result = rexctl(*changed("--rate", "30%"), "clauses.1.effective.from=2025-12-01",
                    "clauses.2.rates=24", "sources.1.title=Notice", "sources.1.publisher=NTB",
                    "sources.1.published=2025-10", "rates.0.prior=20%", "--dry-run")  # fmt: skip
    assert result.code == 0
    assert "  - value: 30\n    unit: percent\n    prior: 20\n" in result.out
    assert "  - id: 1\n    effective:\n      from: 2025-12-01\n" in result.out
    assert "  - id: 2\n    rates:\n      - value: 24\n        unit: percent\n" in result.out
    assert "  - title: Notice\n    publisher: NTB\n" in result.out


def test_an_id_has_the_number_of_the_instrument_or_five_words_without_the_actor(
    rexctl: Door,
) -> None:
    title = "Norway and the NO government threaten higher swine duties unless Sweden ends its ban"
    words = ["add", "tariff", title, "--actor", "NO", "--status", "threatened", "--date", "2025-10",
             "--source", "https://example.org/x"]  # fmt: skip
    assert rexctl(*words).out == "2025-10-no-government-threaten-higher-swine-duties\n"
    assert rexctl(*words, "--instrument", "Lovdata 12/2025").out == "2025-10-no-12\n"
    assert rexctl(*words, "--instrument", "FOR-12").out == "2025-10-no-for-12\n"
    assert rexctl(*[*words[:-4], "--date", "../2025-10-09", *words[-2:]]).out == (
        "2025-10-09-no-government-threaten-higher-swine-duties\n"
    )


WORD = ["add", "statement", "A word", "--date", "2025-10-12", "--actor", "NO",
        "--source", "https://example.org/a"]  # fmt: skip
DUTY = ["add", "tariff", "A duty", "--date", "2025-10-12", "--actor", "NO", "--status", "adopted",
        "--source", "https://example.org/a"]  # fmt: skip


@pytest.mark.parametrize("words", [
    ["date=2025-10-13"], ["note=a", "note=b"], ["--note", "a", "note=b"], ["actors=SE"],
    ["--tag", "a", "tags=b"], ["sources.0.url=https://example.org/b"],
])  # fmt: skip
def test_a_field_that_is_given_twice_is_refused(words: list[str], rexctl: Door) -> None:
    said = rexctl(*WORD, *words)
    assert (said.code, rexctl.files) == (2, {})
    assert "has a value already; give it once" in said.err


def test_two_kinds_of_a_result_are_refused(rexctl: Door) -> None:
    said = rexctl("add", "meeting", "Talks", "--date", "2025-10-12", "--actor", "NO,SE", "--status",
                  "held", "--source", "https://example.org/a", "outcome=none",
                  "outcome.kind=framework")  # fmt: skip
    assert (said.code, rexctl.files) == (2, {})
    assert "outcome.kind has a value already" in said.err


def test_an_assignment_may_add_to_what_a_flag_gives(rexctl: Door) -> None:
    said = rexctl(*WORD, "--tag", "a", "tags+=b", "sources.0.kind=press", "speaker=Kato",
                  "speaker.office=Minister")  # fmt: skip
    assert said.code == 0, said.err
    (text,) = rexctl.files.values()
    assert "tags:\n  - a\n  - b\n" in text
    assert "    kind: press\n" in text
    assert "speaker:\n  name: Kato\n  office: Minister\n" in text


def test_names_of_flags_are_understood_as_fields(rexctl: Door) -> None:
    assert rexctl(*DUTY).code == 0
    said = rexctl(*WORD, "tag=a", "source-kind=press", "source_publisher=Reuters",
                  "responds-to=2025-10-12-no-duty", "asserted-by=Norway")  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files["2025-10-12-no-word.yaml"]
    assert "tags:\n  - a\n" in text
    assert "    publisher: Reuters\n    kind: press\n" in text
    assert (
        '  - rel: responds-to\n    to: 2025-10-12-no-duty\n    asserted_by:\n      - "NO"\n' in text
    )


@pytest.mark.parametrize(("word", "message"), [
    ("rates.0.effective.from=2025-11-01",
     "its fields are value, unit, per, currency, qualifier, prior, of; of a clause it is "
     "clauses.ID.effective.from"),
    ("clauses.title=x", "there is none yet; write clauses.ID.title="),
    ("clauses.2.rates.0.value=steep", "clauses.2.rates.0.value: steep: write digits"),
    ("clauses.2.txet=x", "its fields are id, title, affected"),
])  # fmt: skip
def test_a_wrong_path_says_what_may_stand_there(word: str, message: str, rexctl: Door) -> None:
    said = rexctl(*DUTY, "--rate", "10%", word)
    assert (said.code, rexctl.files) == (2, {})
    assert message in said.err


@pytest.mark.parametrize(("flag", "hint"), [
    ("--commitment", "write commitments.1.what=..., after the title"),
    ("--commitment-due", "write commitments.1.due=..., after the title"),
])  # fmt: skip
def test_a_part_without_a_flag_has_an_assignment_that_works(
    flag: str, hint: str, rexctl: Door
) -> None:
    said = rexctl("add", "agreement", "A deal", flag, "x")
    assert (said.code, hint in said.err) == (2, True)
    said = rexctl("add", "agreement", "A deal", "--date", "2025-10-12", "--actor", "NO", "--status",
                  "signed", "--source", "https://example.org/a", "commitments.1.what=Buys soy.")  # fmt: skip
    assert said.code == 0, said.err


def test_the_parts_of_a_source_belong_to_the_one_before_them(rexctl: Door) -> None:
    said = rexctl(*WORD, "--source", "https://example.org/b", "--source-publisher", "Reuters",
                  "--source", "https://example.org/c", "--source-kind", "wire")  # fmt: skip
    assert said.code == 0, said.err
    (text,) = rexctl.files.values()
    assert text.endswith(
        "sources:\n  - url: https://example.org/a\n  - url: https://example.org/b\n"
        "    publisher: Reuters\n  - url: https://example.org/c\n    kind: wire\n"
    )


def test_a_link_that_leads_nowhere_is_refused(rexctl: Door) -> None:
    said = rexctl(*WORD, "links.asserted_by=NO")
    assert (said.code, rexctl.files) == (2, {})
    assert "links.0.rel: rel is missing" in said.err


def test_which_source_is_meant_is_asked_where_there_are_two(rexctl: Door) -> None:
    said = rexctl(*WORD, "--source", "https://example.org/b", "sources.kind=press")
    assert said.code == 2
    assert "sources.kind: there are 2; write sources.0.kind=" in said.err


def test_a_threshold_is_typed_as_one_text(rexctl: Door) -> None:
    words = ["add", "export-control", "A curb", "--date", "2025-10-12", "--actor", "NO", "--status",
             "adopted", "--source", "https://example.org/a"]  # fmt: skip
    assert rexctl(*words, "--threshold", "ownership>=50%, purity > 3%").code == 0
    (text,) = rexctl.files.values()
    assert "  - metric: purity\n    op: gt\n    value: 3\n    unit: percent\n" in text
    assert "metric is missing" in rexctl(*words, "--threshold", "50%").err


def test_a_link_may_name_an_act_outside_the_log(rexctl: Door) -> None:
    said = rexctl(*WORD, "--responds-to", "EU: 18th sanctions package", "--asserted-by", "NO")
    assert said.code == 0, said.err
    assert (
        "  - rel: responds-to\n    instrument:\n      issuer: EU\n      title: 18th sanctions package\n"
    ) in rexctl.files[f"{said.out.strip()}.yaml"]
    said = rexctl(*WORD, "--responds-to", "EU 18th sanctions package")
    assert (said.code, "is ISSUER: TITLE, such as EU: 18th" in " ".join(said.err.split())) == (
        4,
        True,
    )


@pytest.mark.parametrize(
    ("answers", "code", "left"),
    [
        ("\n\n", 0, ""),
        ("y\ny\n", 0, ""),
        ("n\ny\n", 2, "--actor: Norwya"),
        ("y\nn\n", 2, "--product: cars"),
        ("", 2, "--actor: Norwya"),
        ("Norway\nyes\n", 0, ""),
    ],
)
def test_each_guess_at_a_wrong_flag_is_asked_about_on_its_own(
    answers: str, code: int, left: str, rexctl: Door
) -> None:
    rexctl.patch.setattr(Context, "interactive", property(lambda _: True))
    said = rexctl(
        *changed("--actor", "Norwya"), "--product", "cars,hs:0103", stdin=answers.encode()
    )
    assert said.code == code
    asked = " ".join(said.err.split())
    assert "did you mean NO (Norway)? [Y/n]" in asked
    assert "did you mean hs:8703 (Motor cars" in asked
    assert ("error[" in said.err) == bool(left)
    assert left in asked.partition("error[")[2]
    assert bool(rexctl.files) != bool(code)


def test_a_guess_is_asked_about_beside_other_errors_and_not_where_input_is_not_wanted(
    rexctl: Door,
) -> None:
    assert "[Y/n]" not in rexctl(*changed("--actor", "Norwya"), "--no-input").err
    rexctl.patch.setattr(Context, "interactive", property(lambda _: True))
    said = rexctl(*changed("--actor", "Norwya"), "--confidence", "xyz", stdin=b"y\n")
    assert (said.code, rexctl.files) == (2, {})
    assert "did you mean NO (Norway)? [Y/n]" in said.err
    assert "--actor" not in said.err.partition("[Y/n]")[2]


def test_a_product_that_is_none_may_be_moved_to_the_summary_or_the_note(rexctl: Door) -> None:
    rexctl.patch.setattr(Context, "interactive", property(lambda _: True))
    said = rexctl(*changed("--product", "qqq vvv items, hs:2846"), stdin=b"2\n")
    assert said.code == 0, said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert "products:\n  - hs:2846\n" in text
    assert "note: |\n  qqq vvv items\n" in text


def test_an_event_with_an_error_of_its_own_in_the_log_is_refused_and_not_written(
    rexctl: Door,
) -> None:
    first = ["--id", "2025-10-09-first", "clauses.a.title=Live swine", "clauses.b.title=Dead swine"]
    assert rexctl(*SWINE, *first).code == 0
    links = ["--suspends", "2025-10-09-first#a", "--suspends", "2025-10-09-first#b"]
    for more in ([], ["--dry-run"]):
        assert rexctl(*SWINE, *links, *more) == (
            3, "", "error[suspension-rate-unit] rates.0.unit: suspends 2025-10-09-first#a: the rate is in "
            "percent; write the percentage-points taken off, or use amends\n",
        )  # fmt: skip
    assert list(rexctl.files) == ["2025-10-09-first.yaml"]


def test_a_source_with_its_address_behind_the_title_has_both(rexctl: Door) -> None:
    said = rexctl(*changed("--source", "Notice 1, of 2026, https://example.org/x"),
                  "--source-publisher", "NTB", "--source", "https://example.org/y", "--dry-run")  # fmt: skip
    assert (
        "  - url: https://example.org/x\n    title: Notice 1, of 2026\n    publisher: NTB\n"
        in said.out
    )
    assert "  - url: https://example.org/y\n" in said.out


def test_the_terms_of_a_clause_are_not_taken_for_its_id(rexctl: Door) -> None:
    said = rexctl(*SWINE, "--clause", "lumber: 10% on hs:4403, hs:4407")
    assert (said.code, rexctl.files) == (2, {})
    assert "write clauses.lumber.rates=10% clauses.lumber.products=CODE" in " ".join(
        said.err.split()
    )
    assert rexctl(*SWINE, "--clause", "1(1)", "clauses.1(1).rates=10%").code == 0
