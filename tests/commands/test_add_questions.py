from __future__ import annotations

import functools
import io
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from prompt_toolkit.application import application
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from rexctl.cli.context import Context
from rexctl.model.tables import TYPES
from rexctl.store import drafts
from tests.commands.door import outside

if TYPE_CHECKING:
    from tests.commands.door import Door
    from tests.run import Result

# Each question makes an application anew, and its hundreds of key bindings are always the same.
application.load_key_bindings = functools.cache(application.load_key_bindings)
ENTER, STOP = "\r", "\x03"
CALL = ["add", "meeting", "Bessent and He Lifeng speak", "--date", "2025-10-17", "--status", "held",
        "--actor", "US/treasury,CN/state-council", "--mode", "call", "--affected", "NO",
        "--product", "hs:2805", "--episode", "rare-earths", "--tag", "truce",
        "--source", "https://example.org/a", "--source-publisher", "Reuters"]  # fmt: skip


def talk(door: Door, words: list[str], *answers: str) -> Result:
    """Run a command on a terminal where these answers are typed, each with Enter."""
    typed = "".join(one if one == STOP else one + ENTER for one in answers)
    with create_pipe_input() as keyboard, pytest.MonkeyPatch.context() as patch:
        keyboard.send_text(typed + STOP)  # a question too many does not wait for ever
        patch.setattr(Context, "interactive", property(lambda _: True))
        patch.setattr(Context, "prompt_streams", lambda _: (keyboard, DummyOutput()))
        return door(*words)


def statement(*answers: str) -> list[str]:
    """Answers of a statement up to its source, which is the first of `answers`."""
    return ["A word", "2025-10-12", "NO", "", "", "", "", *answers]


def test_a_call_is_asked_for_in_the_order_in_which_one_knows_things(rexctl: Door) -> None:
    said = talk(
        rexctl, ["add", "meeting", "-i"],
        "Two ministers speak", "2025-10-18", "NO, SE", "hel", "DK", "ca", "", "Wang Wentao",
        "He Lifeng", "", "",
        "https://example.org/b", "Reuters", "2025-10-19", "", "", "", "",
    )  # fmt: skip
    assert (said.code, said.out) == (0, "2025-10-18-no-two-ministers-speak\n"), said.err
    assert rexctl.files["2025-10-18-no-two-ministers-speak.yaml"] == (
        "id: 2025-10-18-no-two-ministers-speak\ntype: meeting\ntitle: Two ministers speak\n"
        'date: 2025-10-18\nstatus: held\nactors:\n  - "NO"\n  - SE\naffected:\n  - DK\nmode: call\n'
        "participants:\n  - name: Wang Wentao\n  - name: He Lifeng\n"
        "sources:\n  - url: https://example.org/b\n    publisher: Reuters\n"
        "    published: 2025-10-19\n"
    )


def test_the_file_is_shown_before_it_is_written(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"],
                *statement("https://example.org/b", "", "", "", "", "", "n"))  # fmt: skip
    assert (said.code, said.out, rexctl.files) == (0, "", {})
    assert "id: 2025-10-12-no-word\ntype: statement\n" in said.err
    assert "nothing written; your answers are kept: `rexctl add statement -i`" in said.err


@pytest.mark.parametrize("name", TYPES)
def test_enter_everywhere_writes_no_claim_that_was_not_typed(name: str, rexctl: Door) -> None:
    """The log has an event that shares words and actors; none of its claims is taken over."""
    assert rexctl(*CALL).code == 0
    status = TYPES[name].status
    answers = ["Bessent and He Lifeng speak", "2025-10-18", "US/treasury"]
    answers += [status[-1]] if len(status) > 1 else []
    said = talk(rexctl, ["add", name, "--source", "https://example.org/b", "-i"],
                *answers, *[""] * 30)  # more than there are questions  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    keys = re.findall(r"^(\w+):", text, re.MULTILINE)
    assert keys == ["id", "type", "title", "date", "status", "actors", "sources"]
    assert "  - US/treasury\n" in text
    assert "CN" not in text.split("sources:")[0]


def test_an_event_that_shares_one_actor_alone_gives_no_episode(rexctl: Door) -> None:
    assert rexctl(*CALL).code == 0
    said = talk(rexctl, ["add", "statement", "-i"], "A duty on wine", "2025-10-20", "US/treasury",
                *[""] * 4, "https://example.org/b", *[""] * 6)  # fmt: skip
    assert said.code == 0, said.err
    assert "episode" not in rexctl.files[f"{said.out.strip()}.yaml"]


def test_the_publisher_of_an_address_is_that_of_the_last_source_there(rexctl: Door) -> None:
    assert rexctl(*CALL).code == 0
    said = talk(rexctl, ["add", "statement", "-i"],
                *statement("https://example.org/b", "", "", "", "", "", "y"))  # fmt: skip
    assert said.code == 0, said.err
    assert "    publisher: Reuters\n" in rexctl.files[f"{said.out.strip()}.yaml"]


@pytest.mark.parametrize(("answers", "message"), [
    (["A word", "tomorow", "2025-10-12"], "not a date"),
    (["A word", "2025-10-12", "Norwya", "n", "\x15NO"], "Norwya: no such actor"),
    (["", "A word", "2025-10-12"], "needed: what happened"),
])  # fmt: skip
def test_a_wrong_answer_is_asked_again_with_the_error(
    answers: list[str], message: str, rexctl: Door
) -> None:
    rest = statement()[
        len([one for one in answers if one.strip("\x15") in statement()[:3] and one]) :
    ]
    said = talk(rexctl, ["add", "statement", "-i"], *answers, *rest,
                "https://example.org/b", "", "", "", "", "", "")  # fmt: skip
    assert message in said.err
    assert said.out == "2025-10-12-no-word\n", said.err


def test_a_link_is_judged_when_it_is_given(rexctl: Door) -> None:
    assert rexctl(*CALL).code == 0
    said = talk(
        rexctl, ["add", "statement", "-i"], "A word", "2025-10-20", "NO", "", "", "",
        "2025-11", "2025-10-17#4", "2025-10-17", "", "disputes 2025-10-17", "",
        "https://example.org/b", "", "", "", "", "", "",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "2025-11: no such event" in said.err
    assert "#4: no such event; it has no clauses" in said.err
    assert "responds-to 2025-10-17-us-treasury-" in said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert re.search(r"rel: responds-to\n    to: 2025-10-17-\S+\n  - rel: disputes\n", text)


def test_who_says_so_is_asked_for_a_causal_link(rexctl: Door) -> None:
    assert rexctl(*CALL).code == 0
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-20", "NO", "", "", "",
                "2025-10-17", "Norwya", "Norway", "", "https://example.org/b", "", "", "", "", "", "")  # fmt: skip
    assert "Norwya: no such actor" in said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert '    asserted_by:\n      - "NO"\n' in text


def test_a_printed_source_has_title_publisher_and_date(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"],
                *statement("Pro Trade", "", "Politico", "2025-10-32", "2025-10-12", "", "",
                           "", ""))  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files["2025-10-12-no-word.yaml"]
    assert (
        "sources:\n  - title: Pro Trade\n    publisher: Politico\n    published: 2025-10-12\n"
        in text
    )


@pytest.mark.parametrize(
    "number",
    [pytest.param(n, marks=[] if n in (1, 8, 12) else pytest.mark.slow) for n in range(1, 13)],
)
def test_stopping_at_any_question_keeps_a_draft_that_the_next_call_goes_on_from(
    number: int, rexctl: Door
) -> None:
    answers = statement("https://example.org/b", "Reuters", "", "", "", "", "")
    said = talk(rexctl, ["add", "statement", "-i"], *answers[:number], STOP)
    assert (said.code, said.out, rexctl.files) == (130, "", {})
    assert "your answers are kept: `rexctl add statement -i` goes on from them" in said.err
    assert "rexctl add statement -e" in rexctl("doctor").out
    # Within a question of several parts its first part is asked again, with its answer standing there.
    again = {8: 7, 9: 7, 11: 10}.get(number, number)
    rest = ["", "", *answers[again + 2 :]] if 8 <= number <= 9 else answers[again:]
    said = talk(rexctl, ["add", "statement", "-i"], "", *rest)
    assert "was not written: A word" in said.err
    assert "type: statement\ntitle: A word\n" in said.err
    assert (said.code, said.out) == (0, "2025-10-12-no-word\n"), said.err
    assert "drafts" not in rexctl("doctor").out


def test_stopping_at_the_first_question_leaves_nothing(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], STOP)
    assert (said.code, said.err.splitlines()[-1]) == (130, "nothing written")
    assert "drafts" not in rexctl("doctor").out


def test_a_draft_can_be_left_or_deleted(rexctl: Door) -> None:
    talk(rexctl, ["add", "statement", "-i"], "A word", STOP)
    talk(rexctl, ["add", "statement", "-i"], "n", STOP)
    assert "drafts" in rexctl("doctor").out
    talk(rexctl, ["add", "statement", "-i"], "d", STOP)
    assert "drafts" not in rexctl("doctor").out


def test_a_draft_of_answers_is_offered_by_the_form_too(rexctl: Door) -> None:
    talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "NO", STOP)
    rexctl.patch.setenv("EDITOR", f"sh -c 'cat \"$1\" > {rexctl.folder}/seen' sh")
    rexctl.patch.setattr("sys.stdin", io.StringIO())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Context, "interactive", property(lambda _: True))
        said = rexctl("add", "statement", "-e", stdin=b"y\nn\n")
    assert "continue it?" in said.err
    seen = (rexctl.folder / "seen").read_text(encoding="utf-8")
    assert 'title: A word\ndate: 2025-10-12\nstatus: made\nactors:\n  - "NO"\n' in seen


def test_a_question_mark_explains_a_field(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "tariff", "-i"], "A duty", "?", STOP)
    assert "the day it happened" in said.err
    assert "2025-10-09~ for about" in said.err
    assert "needed" in said.err


def test_a_threat_is_asked_for_its_condition_and_its_deadline(rexctl: Door) -> None:
    said = talk(
        rexctl, ["add", "tariff", "-i"], "A 30% duty", "2025-10-12", "US", "threat",
        "2025-11-01 0:01", "2026-11-10", "", "y", "unless the chips flow", "2025-10-31", "China",
        "30", "", "", "", "https://example.org/b", "", "", "", "", "", "",
    )  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files["2025-10-12-us-30-duty.yaml"]
    assert "condition: |\n  unless the chips flow\ndeadline: 2025-10-31\n" in text
    assert 'effective:\n  from: 2025-11-01\n  time: "00:01"\n  through: 2026-11-10\n' in text


def test_a_spoken_threat_is_asked_for_its_condition_too(rexctl: Door) -> None:
    said = talk(
        rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "US", "China", "", "threaten",
        "unless the chips flow", "", "", "https://example.org/b", "", "", "", "", "", "",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert "condition: |\n  unless the chips flow\n" in rexctl.files["2025-10-12-us-word.yaml"]


def test_any_further_field_can_be_named_at_the_end(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"],
                *statement("https://example.org/b", "", "", "", "", "sumary", "summary", "He spoke.",
                           "confidence=likely", "", ""))  # fmt: skip
    assert said.code == 0, said.err
    assert "sumary: no such field; did you mean summary?" in said.err
    text = rexctl.files["2025-10-12-no-word.yaml"]
    assert "summary: |\n  He spoke.\n" in text
    assert "confidence: likely\n" in text


def test_days_rates_and_names_may_be_written_as_people_write_them(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "tariff", "-i"], "A duty", "yesterday", "Norway", "adopted", "", "China",
                "80 USD/kg", "", "", "", "", "https://example.org/b", "", "", "", "", "", "")  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files["2025-10-18-no-duty.yaml"]
    assert "  - value: 80\n    unit: specific\n    per: kg\n    currency: USD\n" in text
    assert "affected:\n  - CN\n" in text


def test_a_draft_holds_the_day_that_was_meant(rexctl: Door) -> None:
    talk(rexctl, ["add", "statement", "-i"], "A word", "today", STOP)
    (path,) = drafts.find(Context(None).log())
    assert "date: 2025-10-19\n" in path.read_text(encoding="utf-8")


def test_a_time_may_follow_the_date_and_its_zone_is_asked_for(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12 9:30", "CN", "", "", "",
                "", "", "https://example.org/b", "", "", "", "", "", "")  # fmt: skip
    assert said.code == 0, said.err
    assert "Enter: Asia/Shanghai, the zone of the first actor" in said.err
    assert (
        'date: 2025-10-12\ntime: "09:30"\nstatus: made\n' in rexctl.files["2025-10-12-cn-word.yaml"]
    )


def test_fields_that_contradict_each_other_are_asked_again_at_the_end(rexctl: Door) -> None:
    said = talk(
        rexctl, ["add", "tariff", "A duty", "--date", "2025-10-12", "--actor", "NO", "--status",
                 "adopted", "--source", "https://example.org/b", "-i"],
        "2025-11-01", *[""] * 7, "effective.until=2025-10-01", "effective-until",
        "2025-12-01",
        "", "",
    )  # fmt: skip
    assert "2025-10-01 is before 2025-11-01" in said.err
    assert "  from: 2025-11-01\n  until: 2025-12-01\n" in rexctl.files["2025-10-12-no-duty.yaml"]


def test_the_editor_can_take_over_from_the_last_question(rexctl: Door) -> None:
    rexctl.patch.setenv("EDITOR", "sed -i 's/A word/A better word/;s/^date.*/& # said at noon/'")
    said = talk(rexctl, ["add", "statement", "-i"],
                *statement("https://example.org/b", "", "", "", "", "", "e"))  # fmt: skip
    assert said.code == 0, said.err
    (text,) = rexctl.files.values()
    assert "title: A better word\ndate: 2025-10-12  # said at noon\n" in text
    assert "drafts" not in rexctl("doctor").out


@pytest.mark.parametrize("more", [{}, {"CI": "1"}])
def test_without_a_terminal_questions_are_refused(more: dict[str, str], rexctl: Door) -> None:
    for name, value in more.items():
        rexctl.patch.setenv(name, value)
    said = rexctl("add", "meeting", "-i")
    assert (said.code, said.out, rexctl.files) == (2, "", {})
    assert "-i needs a terminal; give flags, or --from -" in said.err


def test_the_answers_are_completed_while_typing_from_codes_names_and_titles(rexctl: Door) -> None:
    assert rexctl(*CALL).code == 0
    from rexctl.cli import add_flags
    from rexctl.cli.add_events import EventBatch
    from rexctl.cli.prompts import Offers

    offers = Offers(EventBatch.of(Context(None)))
    by_path: dict[str, Any] = {flag.path: flag for flag in add_flags.flags_of("meeting")}

    def texts(path: str, start: str) -> list[str]:
        found = offers.of(path, by_path[path].kind, by_path[path].values)
        assert found is not None
        return [text for text, _ in found(start)]

    assert {"CN", "CN/mofcom"} <= set(texts("actors", "chin"))
    assert texts("status", "pl") == ["planned"]
    assert texts("tags", "tr") == ["truce"]
    assert texts("episode", "") == ["rare-earths"]
    assert [text for text, _ in offers.links("lifeng")] == [
        "2025-10-17-us-treasury-he-lifeng-speak"
    ]
    assert "disputes " in [text for text, _ in offers.links("dis")]


def test_a_list_does_not_load_the_prompts(rexctl: Door) -> None:
    code = "import sys; from rexctl.app.main import run; run(['list']); print('prompt_toolkit' in sys.modules)"
    done = outside(rexctl.folder.parent, f'{sys.executable} -c "{code}"')
    assert done.stdout.splitlines()[-1] == "False"


def test_a_dry_run_shows_the_file_and_keeps_the_answers(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i", "--dry-run"],
                *statement("https://example.org/b", "", "", "", "", "", ""))  # fmt: skip
    assert (said.code, rexctl.files) == (0, {})
    assert said.out.startswith("id: 2025-10-12-no-word\n")
    assert "rexctl add statement -e" in rexctl("doctor").out


def test_the_end_of_the_input_keeps_the_answers_too(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12\r\x04")
    assert said.code == 130
    assert "your answers are kept" in said.err


def test_the_answers_are_a_draft_while_they_are_typed(rexctl: Door) -> None:
    """So that a terminal that is closed, or a machine that stops, costs no answer."""
    seen: list[str] = []
    note = Context.note

    def look(self: Context, text: str) -> None:
        seen.extend(path.read_text("utf-8") for path in drafts.find(self.log()))
        note(self, text)

    rexctl.patch.setattr(Context, "note", look)
    talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "?", STOP)
    text = "type: statement\ntitle: A word\ndate: 2025-10-12\nstatus: made\n"
    assert any(one.endswith(text) for one in seen)


GIVEN = ["--date", "2025-10-12", "--actor", "NO", "--source", "https://example.org/b", "-i"]


@pytest.mark.parametrize("last", ["n", STOP])
def test_what_flags_say_is_kept_in_the_draft_too(last: str, rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "A word", "--id", "2025-mine", *GIVEN],
                *[""] * 7, last)  # fmt: skip
    assert "your answers are kept" in said.err
    said = talk(rexctl, ["add", "statement", "-i"], "y", *[""] * 3)
    assert (said.code, said.out) == (0, "2025-mine\n"), said.err
    assert "https://example.org/b" in rexctl.files["2025-mine.yaml"]


def test_a_sign_goes_back_to_the_question_before_with_its_answer(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "NO", "<", "\x15SE",
                *statement("https://example.org/b")[3:], "<", "\x15https://example.org/c", "", "<",
                "", "", "", "", "", "", "", "")  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files["2025-10-12-se-word.yaml"]
    assert "actors:\n  - SE\nsources:\n  - url: https://example.org/c\n" in text


def test_a_question_mark_behind_what_stands_there_explains_it(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "NO", "<", "?", STOP)
    assert "actors: who acts" in said.err


def test_one_can_go_back_from_the_last_question(rexctl: Door) -> None:
    said = talk(
        rexctl, ["add", "statement", "A word", *GIVEN], *[""] * 7, "<", "note=Said.", "", ""
    )
    assert said.code == 0, said.err
    assert "note: |\n  Said.\n" in rexctl.files["2025-10-12-no-word.yaml"]


def test_a_clause_is_asked_for_its_window_and_its_rate(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "tariff", "A duty", "--status", "adopted", *GIVEN], *[""] * 7,
                "clause", "cars", "On cars", "1 June 2026", "", "25%", "", "", "", "", "")  # fmt: skip
    assert said.code == 0, said.err
    assert (
        "clauses:\n  - id: cars\n    title: On cars\n    effective:\n      from: 2026-06-01\n"
        "    rates:\n      - value: 25\n        unit: percent\n"
    ) in rexctl.files["2025-10-12-no-duty.yaml"]


def test_an_agreement_is_asked_for_its_commitments(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "agreement", "A deal", "--status", "signed", *GIVEN], "", "",
                "soy", "Buys soy.", "Norwya", "", "2026", "", *[""] * 5)  # fmt: skip
    assert said.code == 0, said.err
    assert "Norwya: no such actor" in said.err
    assert (
        'commitments:\n  - id: soy\n    by: "NO"\n    what: |\n      Buys soy.\n    due: 2026\n'
    ) in rexctl.files["2025-10-12-no-deal.yaml"]


def test_all_goods_and_several_rates_are_understood(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "tariff", "A duty", "--status", "adopted", *GIVEN], "", "",
                "10%, 25%", "", "sum", "all", *[""] * 6)  # fmt: skip
    assert said.code == 0, said.err
    assert "a measure that names no goods is on all goods" in said.err
    text = rexctl.files["2025-10-12-no-duty.yaml"]
    assert "rates:\n  - value: 10\n    unit: percent\n  - value: 25\n" in text
    assert "combine: sum\n" in text
    assert "products" not in text


def test_a_wrong_flag_is_asked_for_with_its_text(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "meeting", "Talks", "--status", "pl", *GIVEN], *[""] * 10)
    assert said.code == 0, said.err
    assert "status is one of planned" in said.err
    assert "status: planned\n" in rexctl.files["2025-10-12-no-talks.yaml"]


def test_a_wrong_flag_that_no_question_asks_for_is_refused_at_once(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "A word", "--confidence", "unheard", *GIVEN])
    assert (said.code, "confidence is one of" in said.err) == (2, True)


def test_the_type_is_asked_for_too(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "-i"], "statment", "state",
                *statement("https://example.org/b", "", "", "", "", "", ""))  # fmt: skip
    assert "did you mean statement?" in said.err
    assert (said.code, said.out) == (0, "2025-10-12-no-word\n"), said.err


def test_a_call_may_have_the_sign_before_the_type(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "-i", "statement", "A word", *GIVEN[:-1]], *[""] * 8)
    assert (said.code, said.out) == (0, "2025-10-12-no-word\n"), said.err


def test_field_names_and_relations_may_be_named_too(rexctl: Door) -> None:
    assert rexctl(*CALL).code == 0
    said = talk(rexctl, ["add", "statement", "A word", *GIVEN], *[""] * 6, "tags", "a, b",
                "sources.kind=press", "responds-to", "2025-10-17", "Norway", "", "",
                "links", "", "SE", "", "date=2025-10-18", "", "")  # fmt: skip
    assert said.code == 0, said.err
    assert said.err.count("this event is of 2025-10-12, before 2025-10-17; correct a date") == 3
    text = rexctl.files["2025-10-18-no-word.yaml"]
    assert "asserted_by:\n      - SE\n" in text
    assert "tags:\n  - a\n  - b\n" in text
    assert "    kind: press\n" in text
    assert "rel: responds-to\n" in text


def test_tab_offers_the_tags_of_a_similar_event_and_enter_takes_none(rexctl: Door) -> None:
    assert rexctl(*CALL).code == 0
    said = talk(rexctl, ["add", "meeting", "Bessent and He Lifeng speak again", "--status", "held",
                         "--date", "2025-10-18", "--actor", "US/treasury", "--mode", "call",
                         "--source", "https://example.org/b", "-i"],
                "", "", "", "", "rare\t", "", "", "")  # fmt: skip
    assert said.code == 0, said.err
    assert "Tab offers that of 2025-10-17-us-treasury-he-lifeng-speak: truce" in said.err
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert "episode: rare-earths\n" in text
    assert "tags" not in text


def test_a_second_tab_keeps_the_only_candidate(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "A word", "--date", "2025-10-12", "--source",
                         "https://example.org/b", "-i"],
                "US/pre\t\t", *[""] * 8)  # fmt: skip
    assert said.code == 0, said.err
    assert "  - US/president\n" in rexctl.files[f"{said.out.strip()}.yaml"]


def test_rates_that_are_no_sum_become_clauses(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "tariff", "A duty", "--status", "adopted", *GIVEN], "2025-12-16", "", "",
                "4.9%, 19.8%", "", "clauses", "\x15litera", "Litera Meat", "", "", "", "", "Litera Meat",
                "\x15others", "All others", *[""] * 12)  # fmt: skip
    assert said.code == 0, said.err
    assert "2 rates add up to 24.7 percent; rates from different days or for different" in said.err
    assert (
        "clauses:\n  - id: litera\n    title: Litera Meat\n    rates:\n      - value: 4.9\n"
        "        unit: percent\n    entities:\n      - name: Litera Meat\n"
        "  - id: others\n    title: All others\n    rates:\n      - value: 19.8\n"
    ) in rexctl.files["2025-10-12-no-duty.yaml"]


def test_a_sum_of_rates_on_the_command_line_is_pointed_out(rexctl: Door) -> None:
    words = ["add", "tariff", "A duty", "--status", "adopted", *GIVEN[:-1], "--rate", "10%,25%"]
    assert "2 rates add up to 35 percent" in rexctl(*words).err
    assert "add up" not in rexctl(*words, "--combine", "sum").err


def test_each_guess_at_an_answer_is_asked_about_and_enter_takes_it(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "Norwya, Swedne", "", "y",
                *statement("https://example.org/b", *[""] * 6)[3:])  # fmt: skip
    assert said.code == 0, said.err
    assert "Norwya: no such actor in the vocabulary; did you mean NO (Norway)?" in said.err
    assert "Swedne: no such actor in the vocabulary; did you mean SE (Sweden)?" in said.err
    assert '  - "NO"\n  - SE\n' in rexctl.files[f"{said.out.strip()}.yaml"]


def test_of_two_guesses_a_right_and_a_wrong_one_are_told_apart(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "Norwya, Swedne", "n", "y",
                "\x01\x0b" "Denmark, SE", *statement("https://example.org/b", *[""] * 6)[3:])  # fmt: skip
    assert said.code == 0, said.err
    assert "  - DK\n  - SE\n" in rexctl.files[f"{said.out.strip()}.yaml"]


def test_a_refused_guess_leaves_what_was_typed(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "Norwya, Swedne", "n", "y",
                "\x01Denmark, \x05", "n", "\x01\x0bNO", *statement("https://example.org/b", *[""] * 6)[3:])  # fmt: skip
    assert said.code == 0, said.err
    assert said.err.count("did you mean NO (Norway)?") == 2
    assert said.err.count("did you mean SE (Sweden)?") == 1


def test_of_several_parts_those_that_are_right_stay_typed(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"], "A word", "2025-10-12", "Norway, Qqqqqq",
                "\x17SE", *statement("https://example.org/b", *[""] * 6)[3:])  # fmt: skip
    assert said.code == 0, said.err
    assert '  - "NO"\n  - SE\n' in rexctl.files[f"{said.out.strip()}.yaml"]


def test_a_question_that_follows_from_an_answer_has_its_number_and_a_letter() -> None:
    from rexctl.cli import add_flags
    from rexctl.cli.questions import Questions

    questions = Questions("tariff", add_flags.flags_of("tariff"))
    data = {"status": "threatened", "effective": {"from": "2026-02-01", "until": "2026-05-01"}}
    texts = [f"{one.number} {one.text}" for one in questions.numbered(data)]
    assert texts[4:9] == [
        "5/12 from when (effective-from)", "5a until when (Enter: no end is known)",
        "5b does it still apply on 2026-05-01?", "5c what it depends on (unless, if)",
        "5d by when the other side must act",
    ]  # fmt: skip
    assert [one.number for one in questions.numbered({}) if one.is_counted][-1] == "12/12"


def test_the_last_question_shows_what_is_set_and_changes_it(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "A word", *GIVEN], *[""] * 6, "title", "\x15Two words",
                "", "")  # fmt: skip
    assert said.code == 0, said.err
    assert "set: title, date, status, actors, sources\nnot set: time, tz" in said.err
    assert "title: Two words\n" in rexctl.files[f"{said.out.strip()}.yaml"]


def test_the_prompt_for_a_type_says_what_a_threat_is(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "-i"], "threat", STOP)
    assert "tariff: a duty on goods that cross a border (threatened, proposed, " in said.err
    assert "threat: no such type; a threat or a plan is the measure itself" in said.err


def test_an_answer_to_an_act_outside_the_log_names_issuer_and_title(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "A word", *GIVEN], *[""] * 3, "EU 18th package",
                "\x15EU: 18th package", *[""] * 6)  # fmt: skip
    assert (
        "EU 18th package: no such event; an act that is not in the log is ISSUER: TITLE" in said.err
    )
    text = rexctl.files[f"{said.out.strip()}.yaml"]
    assert "    instrument:\n      issuer: EU\n      title: 18th package\n" in text


def test_a_source_may_be_a_title_with_its_address_behind_it(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "-i"],
                *statement("Notice 1, https://example.org/b", "NTB", "", "", "", "", ""))  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files["2025-10-12-no-word.yaml"]
    assert "  - url: https://example.org/b\n    title: Notice 1\n    publisher: NTB\n" in text


def test_another_field_may_be_written_with_blanks_and_a_colon(rexctl: Door) -> None:
    said = talk(rexctl, ["add", "statement", "A word", *GIVEN], *[""] * 6, "Date stated: in autumn",
                "legal basis Section 301", "note a: b = c", "", "")  # fmt: skip
    assert said.code == 0, said.err
    text = rexctl.files["2025-10-12-no-word.yaml"]
    assert "date_stated: in autumn\n" in text
    assert "legal_basis:\n  - " in text
    assert "note: |\n  a: b = c\n" in text


@pytest.mark.parametrize("reply", ["y", "n"])
def test_an_assignment_in_the_place_of_an_item_of_a_list_is_asked_about(
    reply: str, rexctl: Door
) -> None:
    call = ["add", "meeting", "Two speak", "--date", "2025-10-12", "--status", "held", "--actor", "NO",
            "--mode", "call", "--affected", "SE", "--product", "hs:01", *GIVEN[-3:]]  # fmt: skip
    said = talk(rexctl, call, "", "Wang Wentao", "note=Not a person", reply, *[""] * 12)  # fmt: skip
    assert said.code == 0, said.err
    assert ("set note" in said.err) == (reply == "y")
    (text,) = rexctl.files.values()
    assert ("note: |\n  Not a person\n" in text) == (reply == "y")
    assert ("name: note=Not a person\n" in text) == (reply == "n")


@pytest.mark.parametrize(("lines", "count"), [("12", 1), ("60", 0)])
def test_title_and_actors_stand_below_a_file_that_is_longer_than_the_screen(
    lines: str, count: int, rexctl: Door
) -> None:
    rexctl.patch.setenv("LINES", lines)
    said = talk(rexctl, ["add", "statement", "-i"],
                *statement("https://example.org/b", "", "", "", "", "", ""))  # fmt: skip
    assert said.code == 0, said.err
    assert said.err.count("\nA word; 2025-10-12; NO\n") == count
