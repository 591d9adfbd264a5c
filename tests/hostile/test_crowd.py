"""Many writers at once: none is lost, none is written over, and ids stay apart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.hostile.arena import environment, run, scratch
from tests.hostile.nursery import nursery

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="a crowd is forked on Linux"),
]


def words(title: str, *more: str) -> list[str]:
    return ["add", "tariff", title, "--date", "2025-10-11", "--status", "threatened", "--actor", "US",
            "--affected", "CN", "--source", "https://example.org/b", *more]  # fmt: skip


def at_once(log: Path, lots: list[list[list[str]]]) -> list[tuple[int, str]]:
    """Code and output of every command of every lot."""
    with nursery(log, environment(log)) as opened:
        return [(ended.code, ended.out.strip()) for ended in opened.at_once(lots)]


def names_in(log: Path) -> set[str]:
    return {p.stem for p in (log / "events").rglob("*.yaml")} - {"2025-10-10-us-good"}


def assert_tidy(log: Path) -> None:
    assert not list((log / "events").rglob(".*"))
    checked = run(log, "check")
    assert checked.code == 0, checked.out
    assert set(run(log, "list", "-f", "id").out.split()) == names_in(log) | {"2025-10-10-us-good"}


def test_a_hundred_adds_ten_at_a_time_give_a_hundred_events(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    names = [f"2025-10-11-us-{n:03}" for n in range(100)]
    done = at_once(log, [[words(f"Duty {n}", "--id", n) for n in names[k::10]] for k in range(10)])
    assert [code for code, _ in done] == [0] * 100
    assert sorted(name for _, name in done) == names
    assert names_in(log) == set(names)
    assert_tidy(log)


def test_of_twenty_adds_of_one_given_id_one_wins(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    done = at_once(log, [[words(f"Duty {n}", "--id", "2025-10-11-us-x")] for n in range(20)])
    assert sorted(code for code, _ in done) == [0, *[5] * 19]
    assert names_in(log) == {"2025-10-11-us-x"}
    assert_tidy(log)


def test_twenty_adds_of_one_made_id_give_twenty_events(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    done = at_once(log, [[words("Duty on magnets", "--note", f"{n}")] for n in range(20)])
    assert [code for code, _ in done] == [0] * 20
    first = "2025-10-11-us-duty-magnets"
    assert names_in(log) == {first, *(f"{first}-{n}" for n in range(2, 21))}
    assert {name for _, name in done} == names_in(log)
    assert_tidy(log)


def test_twenty_adds_of_the_same_event_give_one(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    done = at_once(log, [[words("Duty on magnets")] for _ in range(20)])
    assert set(done) == {(0, "2025-10-11-us-duty-magnets")}
    assert names_in(log) == {"2025-10-11-us-duty-magnets"}
    assert_tidy(log)


def test_readers_beside_writers_never_see_a_file_half_done(tmp_path: Path) -> None:
    log = scratch(tmp_path)
    writing = [
        [words(f"Duty {n}", "--id", f"2025-10-11-us-{k}-{n}") for n in range(5)] for k in range(3)
    ]
    reading = [[["list", "-f", "id"]] * 8 for _ in range(2)]
    done = at_once(log, writing + reading)
    assert {code for code, _ in done} == {0}
    assert len(names_in(log)) == 15
    assert_tidy(log)
