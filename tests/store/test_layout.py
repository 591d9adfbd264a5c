from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.snapshot.ids import MAX_MADE, IdMaker
from rexctl.store.layout import id_of, path_of
from rexctl.values.codes import explain_bad_id, is_id

DATES = st.sampled_from(["2025", "2025-10", "2025-10-09", "2025-10~", "2025-10-20/2025-10-26",
                         "../2025-10-09", "2025-10-09/..", "2025-10-09?"])  # fmt: skip
ACTORS = st.lists(st.sampled_from(["CN", "CN/mofcom", "EU", "firm/rhodium", "G7"]), max_size=2)


def free(_: str) -> bool:
    return False


def test_an_event_lies_in_the_folder_of_its_year() -> None:
    assert path_of("2025-10-09-cn-mofcom-61") == "events/2025/2025-10-09-cn-mofcom-61.yaml"


def test_the_path_gives_the_id_back() -> None:
    assert id_of("events/2025/2025-10-09-cn-mofcom-61.yaml") == "2025-10-09-cn-mofcom-61"


@pytest.mark.parametrize("path", [
    "events/2024/2025-10-09-x.yaml", "events/2025-10-09-x.yaml", "events/2025/.2025-10-09-x.yaml",
    "events/2025/2025-10-09-x.yml", "events/2025/2025-10-09-X.yaml", "vocabulary/actors.yaml",
    "events/2025/2025-10-09-x.yaml\n", "events/２０２５/2025-10-09-x.yaml", "",
])  # fmt: skip
def test_what_is_not_the_path_of_an_event_has_no_id(path: str) -> None:
    assert id_of(path) is None


@pytest.mark.parametrize("text", [
    "", "ab", "../../etc/passwd", "2025/x", "2025-x\n", "2025-X", "-2025-x", "2025-\u0660", "nul",
    "com1-x", "2025-" + "x" * 76, "2025_x", "2025-x.yaml", "banana",
])  # fmt: skip
def test_what_is_no_id_never_becomes_a_path(text: str) -> None:
    assert not is_id(text)
    assert explain_bad_id(text)
    with pytest.raises(ValueError, match=f"^{re.escape(text)}: "):
        path_of(text)


def test_an_id_is_made_of_date_first_actor_and_title() -> None:
    made = IdMaker(free).make("2025-10-09", ["CN/mofcom", "US"], "Announcement 61 on rare earths")
    assert made == "2025-10-09-cn-mofcom-announcement-61-rare-earths"


@pytest.mark.parametrize(("date", "start"), [
    ("2025-10", "2025-10-cn-x"), ("2025~", "2025-cn-x"), ("2025-10-09?", "2025-10-09-cn-x"),
    ("2025-10-20/2025-10-26", "2025-10-20-cn-x"), ("2025-10~/2025-11", "2025-10-cn-x"),
    ("../2025-10", "2025-10-cn-x"), ("2025-10-09/..", "2025-10-09-cn-x"), ("2024/..", "2024-cn-x"),
    ("../2019", "2019-cn-x"), ("2025-12-20/2026-01-10", "2025-12-20-cn-x"),
    ("2025-12~/2026", "2025-12-cn-x"),
])  # fmt: skip
def test_the_date_stands_at_its_own_precision(date: str, start: str) -> None:
    assert IdMaker(free).make(date, ["CN"], "x") == start


@pytest.mark.parametrize(("date", "title", "made"), [
    ("2025", "12 new firms", "2025-event-12-new-firms"), ("2025-10", "09", "2025-10-event-09"),
    ("2025/..", "12", "2025-event-12"), ("2025", "2025-12-01", "2025-event-2025-12-01"),
    ("2025", "12th round", "2025-12th-round"), ("2025-10-09", "12 firms", "2025-10-09-12-firms"),
])  # fmt: skip
def test_no_word_behind_the_date_passes_for_a_part_of_it(date: str, title: str, made: str) -> None:
    assert IdMaker(free).make(date, [], title) == made


@pytest.mark.parametrize(("title", "end"), [
    ("Türkiye’s duty", "turkiyes-duty"), ("Łódź, Ærø & Straße", "lodz-aero-strasse"),
    ("U.S. adds 10,000 firms", "us-adds-10000-firms"), ("公告第61号", "61"), ("公告", ""),
    ("The of and", "the-of-and"), ("100% tariff", "100-tariff"), ("\x1b]0;x\x07", "0-x"),
])  # fmt: skip
def test_words_become_plain_letters(title: str, end: str) -> None:
    made = IdMaker(free).make("2025-10-09", ["CN"], title)
    assert made == f"2025-10-09-cn-{end}".rstrip("-")


def test_an_event_without_any_words_still_has_an_id() -> None:
    assert IdMaker(free).make("2025-10-09", [], "公告") == "2025-10-09-event"


def test_a_taken_id_is_counted_up() -> None:
    used = {"2025-10-09-cn-call", "2025-10-09-cn-call-2"}
    assert IdMaker(used.__contains__).make("2025-10-09", ["CN"], "Call") == "2025-10-09-cn-call-3"


def test_ids_of_one_title_take_linear_time() -> None:
    used: set[str] = set()
    asked = 0

    def is_taken(text: str) -> bool:
        nonlocal asked
        asked += 1
        return text in used

    maker = IdMaker(is_taken)
    for number in range(1, 1001):
        used.add(event_id := maker.make("2025-10-09", ["CN"], "Call"))
        assert event_id == "2025-10-09-cn-call" + (f"-{number}" if number > 1 else "")
    assert asked == 1000


def test_a_long_title_is_cut_at_a_word_with_room_for_the_number() -> None:
    title = "Announcement " + "word " * 30
    used: set[str] = set()
    for _ in range(120):
        made = IdMaker(used.__contains__).make("2025-10-09", ["CN/mofcom"], title)
        assert len(made) <= MAX_MADE
        assert re.fullmatch(r"2025-10-09-cn-mofcom-announcement(-word)+(-[0-9]+)?", made)
        used.add(made)
    assert len(used) == 120


def test_what_is_no_date_is_told_with_what_to_write() -> None:
    with pytest.raises(ValueError, match="write 2025-10-09"):
        IdMaker(free).make("9 Oct 2025", ["CN"], "x")


@given(DATES, ACTORS, st.text(max_size=200), st.integers(0, 12))
def test_a_made_id_is_always_an_id(date: str, actors: list[str], title: str, used: int) -> None:
    seen: list[str] = []

    def taken(text: str) -> bool:
        seen.append(text)
        return len(seen) <= used

    made = IdMaker(taken).make(date, actors, title)
    assert is_id(made)
    assert id_of(path_of(made)) == made
    assert len(set(seen)) == used + 1
