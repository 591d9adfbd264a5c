from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.index.freshness import halves

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_all_is_found_in_order_whoever_found_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "_two", lambda: True)
    here, of_mine, of_the_other = os.getpid(), os.pipe(), os.pipe()

    def work(share: Sequence[int]) -> list[Any]:
        # Neither goes on before each of them has taken one.
        mine = os.getpid() == here
        os.write((of_mine if mine else of_the_other)[1], b"x" * 10)
        os.read((of_the_other if mine else of_mine)[0], 1)
        return [(number, os.getpid() == here) for number in share]

    found = halves.in_halves(work, range(10), lambda _: 1)
    assert [number for number, _ in found] == list(range(10))
    assert {mine for _, mine in found} == {True, False}


def test_what_this_process_does_meanwhile_the_other_makes_up_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(halves, "_two", lambda: True)
    here, done = os.getpid(), os.pipe()

    def work(share: Sequence[int]) -> list[Any]:
        os.write(done[1], b"x")
        return [os.getpid() == here for _ in share]

    def meanwhile() -> None:
        left = 4
        while left:
            left -= len(os.read(done[0], left))

    assert halves.in_halves(work, range(4), lambda _: 1, meanwhile) == [False] * 4
    assert halves.in_halves(work, range(1), lambda _: 1, lambda: None)[0] in (True, False)


def test_where_there_is_one_process_nothing_is_done_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(halves, "_two", lambda: False)
    done: list[int] = []
    assert halves.in_halves(list, range(6), lambda _: 1, lambda: done.append(1)) == list(range(6))
    assert done == []


def test_what_fails_meanwhile_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(halves, "_two", lambda: True)
    with pytest.raises(KeyboardInterrupt):
        halves.in_halves(list, range(6), lambda _: 1, meanwhile)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize("fault", ["raise", "exit"])
def test_what_the_other_process_fails_at_is_done_here(
    monkeypatch: pytest.MonkeyPatch, fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(halves, "_two", lambda: True)
    here = os.getpid()

    def work(share: Sequence[int]) -> list[Any]:
        if os.getpid() != here:
            if fault == "exit":
                os._exit(3)
            raise ValueError("no")
        return list(share)

    assert halves.in_halves(work, range(6), lambda _: 1) == list(range(6))


def test_where_no_process_can_be_had_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def no() -> int:
        raise OSError

    monkeypatch.setattr(halves, "_two", lambda: True)
    monkeypatch.setattr(halves.os, "fork", no)
    assert halves.in_halves(list, range(6), lambda _: 1) == list(range(6))


@given(st.lists(st.integers(0, 9), max_size=900))
def test_there_are_no_more_shares_than_there_are_numbers_for_them(weights: list[int]) -> None:
    shares = halves._shared(weights, lambda weight: weight)
    assert [one for share in shares for one in share] == weights
    assert all(shares)
    assert len(shares) == len(weights) if len(weights) < 256 else len(shares) < 256
