from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from rexctl.cli.context import Context
from rexctl.commands.log import commit_filter, select_paths, stored_field
from rexctl.errors import NoSuchEventError, UsageError
from rexctl.gitrepo.commits import Commit
from rexctl.store.layout import path_of
from rexctl.values.clock import Clock
from tests.commands.door import SWINE_ID, TODAY

if TYPE_CHECKING:
    from tests.commands.door import Door

NEW_ID = "2025-10-09-no-duty-on-swine"
GONE = "2024-01-01-no-gone"


def found(*words: str, past: tuple[str, ...] = ()) -> set[str]:
    context = Context(None, date.fromisoformat(TODAY))
    with context.snapshot() as snapshot:
        return select_paths(context, snapshot, words, past)


def test_the_files_of_an_event_are_those_of_its_former_ids_too(filled: Door) -> None:
    assert filled("mv", SWINE_ID, NEW_ID).code == 0
    both = {path_of(NEW_ID), path_of(SWINE_ID)}
    assert found(NEW_ID) == found(SWINE_ID) == found("2025-10-09") == both
    assert found(SWINE_ID, past=(SWINE_ID,)) == both
    assert found("type:tariff") == both


def test_a_former_id_that_another_event_has_now_is_that_ones(filled: Door) -> None:
    assert filled("mv", SWINE_ID, NEW_ID).code == 0
    filled.put(f"{SWINE_ID}.yaml", filled.files[f"{NEW_ID}.yaml"])
    assert path_of(SWINE_ID) not in found(NEW_ID)


def test_an_id_that_was_once_is_found_in_the_past_alone(filled: Door) -> None:
    assert found(GONE, past=(GONE, f"{GONE}-2")) == {path_of(GONE)}
    assert found("2024-01", past=(GONE,)) == {path_of(GONE)}
    for word, past in (("2024", (GONE, f"{GONE}-2")), ("", (GONE,)), ("2023", (GONE,))):
        with pytest.raises(NoSuchEventError):
            found(word, past=past)


def test_a_field_of_files_is_asked_by_any_of_its_names() -> None:
    assert [stored_field(name) for name in (None, "rate", "effective", "x-mine")] == [
        "", "rates", "effective", "x-mine"]  # fmt: skip
    with pytest.raises(UsageError):
        stored_field("rtes")
    with pytest.raises(UsageError):
        stored_field("_date")


def test_the_day_of_a_commit_is_the_logs_and_the_working_tree_is_of_today() -> None:
    clock = Clock(date.fromisoformat(TODAY))

    def made(name: str, moment: str) -> Commit:
        seconds = int(datetime.fromisoformat(moment).timestamp()) if moment else 10**18
        return Commit(name, (), "", "", "", moment, "", seconds)

    inside = commit_filter(clock, "2025-10-19", None)
    assert inside(made("a", "2025-10-18T23:30:00-09:00"))
    assert not inside(made("a", "2025-10-19T00:30:00+09:00"))
    assert inside(made("", ""))
    assert not commit_filter(clock, None, "yesterday")(made("", ""))
    assert not inside(made("a", ""))
    assert commit_filter(clock, None, None)(made("a", ""))
