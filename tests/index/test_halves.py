from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.index import halves

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_both_halves_are_found_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "_two", lambda: True)
    here = os.getpid()

    def work(share: Sequence[int]) -> list[Any]:
        return [(number, os.getpid() == here) for number in share]

    found = halves.in_halves(work, range(10), lambda _: 1)
    assert [number for number, _ in found] == list(range(10))
    assert [mine for _, mine in found] == [True] * 5 + [False] * 5


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


@given(st.lists(st.integers(1, 9), max_size=12))
def test_the_two_shares_weigh_as_alike_as_they_can(weights: list[int]) -> None:
    mine, others = halves._shared(weights, lambda weight: weight)
    assert [*mine, *others] == weights
    apart = abs(sum(mine) - sum(others))
    assert all(apart <= abs(sum(weights[:cut]) - sum(weights[cut:])) for cut in range(len(weights)))
