from __future__ import annotations

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl import query
from rexctl.index import lexicon, select
from rexctl.index.bounds import years_of
from rexctl.store.log import Log
from tests.store.logs import aged, counted, event, log_of, put, text_of

if TYPE_CHECKING:
    from rexctl.index.tables import Index

TODAY = date(2025, 10, 18)
# The date of an event and the beginning of its id: all in one year, or the year alone.
PLACES = (("2019-05", "2019-05"), ("2020-01-01", "2020-01-01"), ("2020-12-31", "2020-12"),
          ("2020-03/2020-09", "2020-03"), ("2019-12/2020-01", "2019"), ("../2019", "2019"),
          ("2018/..", "2018"), ("2021~", "2021"), ("2021-07-01", "2021-07-01"))  # fmt: skip
ASKED = ("date:2020", "date:2019..2020", "date:..2018", "date:2021..", "date.certain:2020",
         "date:2019,2021", "date.eq:2020-01-01", "date:2019..2021 date:2021", "date.ge:2021",
         "date.lt:2020", "date:2020 type:export-control", "date.within:2020-06.. actor:CN",
         "not:date:2020", "actor:CN", "date.all:2019,2020", "has:date", "date.ne:2020")  # fmt: skip


def asked_of(index: Index, words: str) -> query.Query:
    return query.parse(words.split(), lexicon.of(index), TODAY)


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("date:2020", (2020, 2020)), ("date:2019,2021", (2019, 2021)), ("date:..2018", (0, 2018)),
        ("date:2021..", (2021, 9999)), ("date.certain:2020-05", (2020, 2020)),
        ("date:2019..2020 date.certain:2020..2021", (2020, 2020)), ("date.eq:2020-01", (2020, 2020)),
        ("not:date:2020", None), ("actor:CN", None), ("has:date", None), ("date.ne:2020", None),
        ("disclosed:2020", None), ("effective.from:2020", None), ("date:2020 actor:CN", (2020, 2020)),
    ],
)  # fmt: skip
def test_the_years_of_a_query(tmp_path: Path, words: str, years: object) -> None:
    assert years_of(asked_of(log_of(tmp_path).index(), words)) == years


_names = st.sampled_from([(date_, f"{head}-cn-{word}") for date_, head in PLACES for word in "ab"])
_deeds = st.lists(st.tuples(st.sampled_from(["write", "touch", "spoil", "remove", "title"]), _names),
                  min_size=1, max_size=6)  # fmt: skip


def done(log: Log, deed: str, place: tuple[str, str], number: int) -> None:
    """Change the log as anybody might, past all our care."""
    when, name = place
    path = log.root / "events" / name[:4] / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    if deed == "remove":
        path.unlink(missing_ok=True)
    elif deed == "touch":
        path.touch()
    elif deed == "spoil":
        path.write_text(text_of(event(name, date=when)).replace("adopted", "adoptd"))
    elif path.exists() and deed == "title":  # in place: no name of the folder comes or goes
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text_of(event(name, date=when, title=f"Told anew, {number}")))
    else:
        put(log, event(name, date=when, title=f"Told, {number}"))


def answer(index: Index, words: str, within: Any) -> list[object]:
    found = asked_of(index, words)
    bad = [(f.path, f.message) for f in select.bad_files(index, within)]
    return [*(row.text for row in select.rows(index, found)), *bad]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(_names, max_size=8), _deeds, st.lists(st.sampled_from(ASKED), min_size=1, max_size=3)
)
def test_a_bounded_look_answers_as_a_look_at_every_file(
    first: list[tuple[str, str]], deeds: list[tuple[str, tuple[str, str]]], words: list[str]
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        log = log_of(folder, *(event(name, date=when) for when, name in dict(first).items()))
        aged(log)
        for number, (deed, place) in enumerate(deeds):
            done(log, deed, place, number)
        for one in words:
            index = log.words()
            within = years_of(asked_of(index, one))
            log.freshen(index, within)
            assert index.stored
            assert answer(index, one, within) == answer(Log(log.root, None).index(), one, within)
            index.db.close()
    finally:
        shutil.rmtree(folder)


def test_a_bounded_look_opens_no_file_of_another_year_and_a_warm_one_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, *(event(f"{head}-cn-x", date=when) for when, head in PLACES))
    aged(log)
    put(log, event("2019-05-cn-x", date="2019-05", title="Another"),
        event("2020-01-01-cn-x", date="2020-01-01", title="Another"))  # fmt: skip
    os.utime(log.root / "events/2019", ns=(1, 1))
    read = counted(monkeypatch)
    log.freshen(log.words(), (2021, 2021))
    assert [name for name in read if name.startswith("2020")] == []
    log.freshen(log.words(), (2020, 2020))
    assert read.count("2020-01-01-cn-x.yaml") == 1
    aged(log)
    read.clear()
    log.freshen(log.words(), (2020, 2020))
    assert read == []


def test_a_new_name_in_another_year_is_seen_where_it_may_bear_on_the_answer(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2019-05-01-cn-x"))
    aged(log)
    put(log, event("2019-cn-wide", date="2019-12/2020-01"))
    index = log.freshen(log.words(), (2020, 2020))
    assert select.all_ids(index) == ["2019-05-01-cn-x", "2019-cn-wide"]
    index.db.close()
    aged(log)
    path = log.root / "events/2019/2019-cn-wide.yaml"
    with path.open("r+", encoding="utf-8") as file:
        text = file.read().replace("2019-12/2020-01", "2020-02/2020-03")
        file.seek(0)
        file.write(text)
    index = log.freshen(log.words(), (2020, 2020))
    dates = [row.data["date"] for row in select.rows(index, query.Query())]
    assert dates == ["2019-05-01", "2020-02/2020-03"]
