"""What no tidy log holds and the tables must still answer rightly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.cache.row import row_of
from rexctl.errors import UsageError
from rexctl.index import fresh, lexicon, put, select, tables
from rexctl.index.freshness import compare
from rexctl.index.freshness.folders import Look
from rexctl.query import Query, Term, Value, with_ids
from rexctl.values.codes import SCHEMES
from rexctl.values.dates import HIGHEST, LOWEST
from tests.index.rows import filled, simple, take
from tests.store.logs import aged, counted, event, log_of
from tests.store.logs import put as write

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

NOTHING = filled(None, [])
A, B = simple("2025-10-09-a"), simple("2025-10-10-b")


def ids(log: Log) -> list[str]:
    index = log.index()
    found = select.all_ids(index)
    index.db.close()
    return found


def of_lines(*lines: dict[str, Any]) -> tables.Index:
    """Tables in memory that hold lines as `filter` puts them."""
    index = tables.open_index(None, "")
    for line in lines:
        put.put_line(index, row_of(line), "{}")
    return index


# Questions


def test_a_hundred_thousand_ids_may_be_asked_for() -> None:
    names = [f"2025-01-01-{number}" for number in range(100_000)]
    index = filled(None, [A, B])
    assert select.count(index, with_ids(Query(), [*names, "2025-10-09-a"])) == 1
    assert select.count(index, with_ids(Query(), [])) == 0
    assert select.count(index, with_ids(Query(), None)) == 2


@pytest.mark.parametrize(
    ("field", "kind"), [("title", "text"), ("links.to", "id"), ("actors", "actor")]
)
def test_many_values_are_answered_and_too_many_are_told(field: str, kind: str) -> None:
    def asked(many: int) -> Query:
        return Query((Term(field, kind, "any", tuple(Value(f"v{n}") for n in range(many))),))

    index = filled(None, [A])
    assert select.count(index, asked(2_000)) == 0
    with pytest.raises(UsageError, match="holds over"):
        select.count(index, asked(40_000))


@pytest.mark.slow
def test_words_as_many_as_a_line_can_hold_are_answered() -> None:
    index = filled(None, [A])
    assert select.count(index, Query(words=tuple(f"w{n}" for n in range(15_000)))) == 0
    assert select.count(index, Query(words=("tells",) * 15_000)) == 1


def test_a_word_that_is_no_utf8_is_a_word_like_any_other() -> None:
    index = of_lines({"title": "broken \udcff here"}, {"title": "whole"})
    assert select.count(index, Query(words=("\udcff",))) == 1
    assert select.count(index, Query(words=("\udcfe",))) == 0
    asked = Term("title", "text", "eq", (Value("broken \udcff here"), Value("other")))
    assert select.count(index, Query((asked,))) == 1
    assert select.by_id(index, "\udcff") is None


@pytest.mark.parametrize("last", ["\U0010ffff", "\ud7ff", "\x00", "é"])
def test_the_last_sign_of_a_beginning_may_be_any(last: str) -> None:
    index = of_lines({"products": [f"us-eccn:3A{last}5"]}, {"products": ["us-eccn:3A"]})
    asked = Term("products", "product", "any", (Value(f"us-eccn:3A{last}"),))
    assert select.count(index, Query((asked,))) == 1


def test_an_open_end_lies_wholly_in_all_of_time() -> None:
    ends = Term("date", "date", "certain", (Value("ever", LOWEST, HIGHEST),))
    index = of_lines(
        {"date": "../2025"}, {"date": "2025/.."}, {"date": "2025"}, {"title": "undated"}
    )
    assert select.count(index, Query((ends,))) == 3


def test_confidence_that_is_not_said_is_confirmed() -> None:
    index = filled(None, [A, simple("2025-10-11-c", confidence="likely")])
    asked = Query((Term("confidence", "word", "any", (Value("confirmed"),)),))
    assert [row.text for row in select.rows(index, asked)] == [A.text]
    assert dict(select.distinct(index, "confidence", Query())) == {"confirmed": "1", "likely": "1"}


def test_values_of_retracted_events_count_where_confidence_is_asked() -> None:
    index = filled(None, [A, simple("2025-10-11-c", confidence="retracted", tags=["z"])])
    assert [v for v, _ in select.distinct(index, "tags", Query())] == []
    asked = Query((Term("confidence", "word", "any", (Value("retracted"),)),))
    assert [v for v, _ in select.distinct(index, "tags", asked)] == ["z"]


def test_a_link_to_a_former_id_leads_to_the_event() -> None:
    index = tables.open_index(None, "")
    for number, data in enumerate((
        event("2025-10-09-a", aliases=["2025-10-08-was"]),
        event("2025-10-10-b", links=[{"rel": "amends", "to": "2025-10-09-a"},
                                     {"rel": "responds-to", "to": "2025-10-08-was"},
                                     {"rel": "amends", "to": "2025-10-01-other"}]),
    )):  # fmt: skip
        take(index, put.packed(f"events/2025/{number}.yaml", "", row_of(data), ()))
    put.settle(index)
    found = select.backlinks(index, "2025-10-09-a")
    assert [(link["rel"], link["from"]) for link in found] == [
        ("amends", "2025-10-10-b"), ("responds-to", "2025-10-10-b"),
    ]  # fmt: skip
    assert select.backlinks(index, "2025-10-10-b") == []


def test_two_questions_outlive_the_file_that_breaks_under_one(tmp_path: Path) -> None:
    log = log_of(tmp_path, *(event(f"2025-10-{day:02}-x") for day in range(1, 10)))
    index = log.index()
    first, second = index.ask("SELECT id FROM events ORDER BY id"), index.ask("SELECT 1")
    wanted = [next(first)[0]]

    class Broken:
        def execute(self, *_: object) -> Any:
            raise tables.sqlite3.DatabaseError("database disk image is malformed")

    index.db = Broken()  # type: ignore[assignment]
    assert list(second) == [(1,)]
    assert not index.stored
    assert wanted + [name for (name,) in first] == [f"2025-10-{day:02}-x" for day in range(1, 10)]


# Codes


def test_a_law_that_is_in_use_is_known_though_no_list_has_it() -> None:
    clauses = [{"id": "1", "legal_basis": ["us/s999/part-b"]}]
    words = lexicon.of(filled(None, [simple("2025-10-09-a", clauses=clauses)]))
    assert words.known("law", "us/s999")
    assert words.known("law", "us/s999/part-b")
    assert not words.known("law", "us/s99")


@pytest.mark.parametrize(
    ("code", "meant"),
    [("us-eccn:3a090.A", "us-eccn:3A090.a"), ("us-eccn:shoes", ""), ("us-hts:8542x", ""),
     ("us-hts:12345678901", ""), ("cn-control:1c902", "cn-control:1C902"), ("nowhere:1", "")],
)  # fmt: skip
def test_a_slip_in_the_shape_of_a_national_code_is_told(code: str, meant: str) -> None:
    words = lexicon.of(filled(None, []))
    assert not words.known("product", code)
    assert words.near("product", code) == meant


@given(st.sampled_from([s for s in SCHEMES if s != "hs"]), st.data())
@settings(max_examples=100, deadline=None)
def test_whatever_a_file_may_hold_may_be_asked_for_and_its_beginnings_too(
    scheme: str, data: st.DataObject
) -> None:
    code = data.draw(st.from_regex(SCHEMES[scheme].pattern.pattern, fullmatch=True))
    words = lexicon.of(NOTHING)
    assert all(words.known("product", f"{scheme}:{code[:n]}") for n in range(1, len(code) + 1))


@pytest.mark.parametrize("code", ["us-eccn:3", "us-eccn:3A", "us-eccn:3A090.a.1", "us-hts:8542",
                                  "cn-customs:28053011", "cn-control:1C902"])  # fmt: skip
def test_a_national_code_and_its_beginnings_are_known(code: str) -> None:
    assert lexicon.of(filled(None, [])).known("product", code)


# Files


def path_of(log: Log, name: str) -> Path:
    return log.root / "events/2025" / f"{name}.yaml"


@pytest.mark.parametrize("year", [1901, 1969, 2286, 2440])
def test_a_time_far_away_is_a_time_like_any_other(tmp_path: Path, year: int) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    then = (year - 1970) * 365 * 86_400
    os.utime(path_of(log, "2025-10-09-a"), (then, then))
    assert ids(log) == ids(log) == ["2025-10-09-a"]
    assert log.index().stored


def test_an_inode_of_64_bits_is_kept_and_told_from_others(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))

    def of_inode(inode: int) -> Look:
        line = f"{2**63} 1 5 {inode} 2025-10-09-a.yaml"
        return Look("events/2025", "1 1 1", line, 10**15)

    index = log.index()
    news = compare.News(of_inode(2**64 - 7), "", "")
    news.done += news.changed
    compare.put_folder(index, news)
    stored = index.db.execute("SELECT lines, '' FROM folders WHERE name = 'events/2025'")
    old = stored.fetchone()
    assert not compare.News(of_inode(2**64 - 7), *old).changed
    assert compare.News(of_inode(2**64 - 8), *old).changed


def test_a_year_that_is_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    (log.root / "events/2024").symlink_to(log.root / "events/2025")
    (log.root / "events/2023").symlink_to("2023")
    (log.root / "events/.2022").symlink_to("2025")
    index = log.index()
    assert [f.path for f in select.bad_files(index)] == ["events/2023", "events/2024"]
    assert select.all_ids(index) == ["2025-10-09-a"]


def test_another_release_judges_every_event_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    aged(log)
    monkeypatch.setattr(fresh, "__version__", "999")
    read = counted(monkeypatch)
    assert ids(log) == ["2025-10-09-a"]
    assert read == ["2025-10-09-a.yaml"]


def test_what_another_process_stored_meanwhile_does_not_grow_older(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"), event("2025-10-10-b"))
    aged(log)
    path_of(log, "2025-10-10-b").unlink()
    look, looks = compare.news, []

    def looked(*given: Any, **more: Any) -> Any:
        found = look(*given, **more)
        looks.append(len(found))
        if len(looks) == 1:
            # Before this process has the lock, a file comes and another process stores it.
            write(log, event("2025-10-11-c"))
            path_of(log, "2025-10-09-a").unlink()
            assert ids(log) == ["2025-10-11-c"]
        return found

    monkeypatch.setattr(compare, "news", looked)
    index = log.index()
    assert index.stored
    assert select.all_ids(index) == ["2025-10-11-c"]
    assert select.findings(index) == []


WRITER = """
import sys
from pathlib import Path
from rexctl.index import fresh, tables
from rexctl import as register
from rexctl.store.log import Log
log = Log(Path(sys.argv[1]), Path(sys.argv[2]))
for number in range(1000):
    index = tables.open_index(log.cache, log.key)
    fresh.refresh(index, log.root, register.bell, f"{sys.argv[3]}-{number}")
    print(number, flush=True)
"""


@pytest.mark.slow
def test_a_process_killed_at_any_time_leaves_an_index_that_is_right_or_not_used(
    tmp_path: Path,
) -> None:
    names = [f"2025-10-{day:02}-x" for day in range(1, 29)]
    log = log_of(tmp_path, *(event(name, note="Much is told.\n" * 20) for name in names))
    for turn, pause in enumerate((0.0, 0.01, 0.03, 0.05, 0.08, 0.12)):
        words = [sys.executable, "-c", WRITER, str(log.root), str(log.cache), str(turn)]
        writer = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "0\n"
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert ids(log) == names
    assert log.index().stored
