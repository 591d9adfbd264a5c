from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from rexctl.store.atomic import defer_signals
from tests.store.saboteur import in_child

if TYPE_CHECKING:
    from collections.abc import Iterator

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes")


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    assert {number: signal.getsignal(number) for number in before} == before


def test_a_signal_is_held_back_until_it_is_heeded() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt), defer_signals() as check:
        check()
        signal.raise_signal(signal.SIGINT)
        steps.append("goes on")
        check()
        steps.append("never")
    assert steps == ["goes on"]


def test_a_signal_that_is_not_heeded_any_more_is_let_go() -> None:
    steps = []
    with defer_signals():
        signal.raise_signal(signal.SIGINT)
        steps.append("done")
    assert steps == ["done"]


@forks
def test_a_process_told_to_end_dies_of_that_signal() -> None:
    def ended() -> int:
        with defer_signals() as check:
            signal.raise_signal(signal.SIGTERM)
            check()
        return 0

    assert in_child(ended) == -signal.SIGTERM


@forks
def test_a_signal_that_is_ignored_stays_ignored() -> None:
    def nohup() -> int:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with defer_signals() as check:
            signal.raise_signal(signal.SIGHUP)
            check()
        return 7

    assert in_child(nohup) == 7


def test_a_thread_beside_the_main_one_holds_nothing_and_does_not_fail() -> None:
    done = []

    def work() -> None:
        with defer_signals() as check:
            check()
        done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]


def test_errors_of_the_block_pass_and_the_handlers_come_back() -> None:
    with pytest.raises(KeyError), defer_signals():
        raise KeyError
