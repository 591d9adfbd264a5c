from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.store import crew

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = [f"events/2025/{n}.yaml" for n in range(1000)]


def work(share: Sequence[str]) -> list[tuple[Any, ...]]:
    return [(path, os.getpid()) for path in share]


@pytest.mark.parametrize("hands", [1, 2, 3])
def test_answers_come_in_order_from_as_many_processes(
    hands: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_hands", lambda many, few: hands)
    found = list(crew.each(work, MANY))
    assert [path for path, _ in found] == MANY
    workers = {pid for _, pid in found}
    assert len(workers) == hands
    assert (os.getpid() in workers) is (hands == 1)


def test_few_files_start_no_process() -> None:
    assert {pid for _, pid in crew.each(work, MANY[:20])} == {os.getpid()}


def test_who_hands_over_says_how_many_are_few() -> None:
    assert {pid for _, pid in crew.each(work, MANY[:20], share=1, few=21)} == {os.getpid()}
    if crew._hands(20, 20) > 1:
        assert os.getpid() not in {pid for _, pid in crew.each(work, MANY[:20], share=1, few=20)}


def test_what_a_lost_process_owes_is_found_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_hands", lambda many, few: 2)
    here = os.getpid()

    def dying(share: Sequence[str]) -> list[tuple[Any, ...]]:
        if os.getpid() != here and MANY[-1] in share:
            os._exit(9)
        return [(path,) for path in share]

    assert [path for (path,) in crew.each(dying, MANY)] == MANY


def test_more_answers_wait_in_a_pipe_where_the_system_lets_them() -> None:
    fcntl = pytest.importorskip("fcntl")
    if not hasattr(fcntl, "F_GETPIPE_SZ"):
        pytest.skip("Linux alone tells how much a pipe holds")
    taking, giving = os.pipe()
    before = fcntl.fcntl(giving, fcntl.F_GETPIPE_SZ)
    crew._widen(giving)
    assert fcntl.fcntl(giving, fcntl.F_GETPIPE_SZ) >= before
    os.close(taking)
    os.close(giving)
    crew._widen(giving)  # closed: as useless as a system that has no such thing


def test_one_who_stops_asking_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_hands", lambda many, few: 2)
    answers = crew.each(work, MANY)
    _, pid = next(iter(answers))
    answers.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


KILLED = """
import os, sys, time
from rexctl.store import crew
crew._hands = lambda many, few: 2
def work(share):
    time.sleep(0.01)
    return [(os.getpid(), "x" * 10_000) for _ in share]
for pid, _ in crew.each(work, ["p"] * 100_000):
    print(pid, flush=True)
"""


def test_a_kill_leaves_no_process() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        pids = {int(one.stdout.readline()) for _ in range(crew.SHARE * 4)}
        one.kill()
    assert len(pids) == 2
    for _ in range(300):
        alive = [pid for pid in pids if _runs(pid)]
        if not alive:
            return
        time.sleep(0.02)
    raise AssertionError(f"{alive} go on without anybody to hear them")


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
