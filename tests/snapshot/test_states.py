"""The states that the cache keeps are those that the fold over all events gives."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.measures import spans
from rexctl.snapshot import states
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store import layout
from rexctl.store.log import Log
from rexctl.values.clock import open_clock
from tests.gitrepo.repository import Repository
from tests.measures.logs import act, measure
from tests.measures.test_naive import DAYS, logs
from tests.store.logs import event, log_of, put

if TYPE_CHECKING:
    from collections.abc import Callable


def agree(snapshot: Snapshot, *days: str) -> None:
    """Compare what the cache has of these days with the fold over all events."""
    fold = states.load_fold(snapshot)
    for day in days:
        ordinal = date.fromisoformat(day).toordinal()
        gaps = states.gaps_on(snapshot, ordinal, None)
        assert list(map(sorted, gaps)) == list(map(sorted, spans.gaps_on(fold, ordinal, None)))
        for clauses in (False, True):
            stored = states.spans_on(snapshot, ordinal, None, clauses=clauses)
            folded = spans.spans_on(fold, ordinal, None, clauses=clauses)
            # The cache keeps of an event what a row shows.
            assert [(span, event.items() <= wanted.items())
                    for (span, event), (_, wanted) in zip(stored, folded, strict=True)] == [
                (span, True) for span, _ in spans.spans_on(fold, ordinal, None, clauses=clauses)
            ]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True)
@given(logs(), logs(), st.data())
def test_cached_states_are_those_of_the_fold_after_any_change(
    events: list[dict[str, Any]], others: list[dict[str, Any]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = log_of(Path(folder), *events)
        with Snapshot.open(log) as snapshot:
            agree(snapshot, *DAYS)
        for _ in range(3):
            one = data.draw(st.sampled_from([*events, *others]))
            path = log.root / layout.path_of(one["id"])
            if path.exists() and data.draw(st.booleans()):
                path.unlink()
            else:
                put(log, one)
            with Snapshot.open(log) as snapshot:
                agree(snapshot, *DAYS)


def test_an_act_that_names_a_former_id_changes_the_state(tmp_path: Path) -> None:
    log = log_of(
        tmp_path, measure("2025-01-01-a", "2025-01-01", aliases=["2025-01-01-old"]),
        act("2025-02-01-b", "suspends", "2025-01-01-old", "2025-02-01"),
    )  # fmt: skip
    with Snapshot.open(log) as snapshot:
        agree(snapshot, "2025-03-01")
        assert suspended(snapshot) == ["2025-01-01-a"]


def test_two_files_of_one_id_count_once(tmp_path: Path) -> None:
    log = log_of(tmp_path, measure("2025-01-01-a", "2025-01-01"))
    original = log.root / layout.path_of("2025-01-01-a")
    original.with_name("2025-01-01-b.yaml").write_bytes(original.read_bytes())
    original.with_name("2025-01-01-c.yaml").write_text(original.read_text() + "summary: A copy.\n")
    with Snapshot.open(log) as snapshot:
        agree(snapshot, "2025-03-01")


def test_another_zone_of_an_actor_changes_the_states(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-01-01-a", actors=["CN/x"], effective={"from": "2025-01-02"}))
    actors = log.root / "vocabulary" / "actors.yaml"
    actors.parent.mkdir()
    found = []
    for zone in ("Asia/Shanghai", "America/New_York"):
        actors.write_text(f"- code: CN/x\n  name: X\n  tz: {zone}\n")
        with Snapshot.open(log) as snapshot:
            agree(snapshot, "2025-01-02")
            instant = 1_735_776_000  # 00:00 UTC on 2 January
            [(span, _)] = states.spans_on(snapshot, 0, instant, clauses=False)
            found.append(span.state)
    assert found == ["in-force", "scheduled"]


def test_a_commit_has_states_of_its_own(tmp_path: Path) -> None:
    repository = Repository(
        tmp_path, measure("2025-01-01-a", "2025-01-01"), measure("2025-01-02-a", "2025-01-02")
    )
    first = repository.commit_all()
    second = repository.commit(act("2025-02-01-b", "suspends", "2025-01-01-a", "2025-02-01"))
    clock = open_clock(None, "UTC")
    for commit, wanted in (
        (first, []),
        (second, ["2025-01-01-a"]),
        (None, ["2025-01-01-a"]),
        (first, []),
    ):
        with Snapshot.open(repository.log, commit, clock=clock) as snapshot:
            agree(snapshot, "2025-01-15", "2025-03-01")
            assert suspended(snapshot) == wanted


def suspended(snapshot: Snapshot) -> list[str]:
    query = snapshot.parse_query(["state:suspended"], date(2025, 3, 1))
    return [str(row.data["id"]) for row in snapshot.select(query, columns=("id",))]


def test_a_cache_that_breaks_meanwhile_still_gives_the_states(tmp_path: Path) -> None:
    log = log_of(tmp_path, measure("2025-01-01-a", "2025-01-01"))
    with Snapshot.open(log) as snapshot:
        query = snapshot.parse_query(["state:in-force"], date(2025, 3, 1))
        Path(snapshot.cache_path).write_bytes(b"no database")
        assert [row.data["id"] for row in snapshot.select(query)] == ["2025-01-01-a"]
    with Snapshot.open(Log(log.root, tmp_path / "cache" / "file" / "no")) as snapshot:
        agree(snapshot, "2025-03-01")


def test_state_is_a_field_of_queries_counts_and_columns(
    tmp_path: Path, run: Callable[..., Any]
) -> None:
    log_of(
        tmp_path, measure("2025-01-01-a", "2025-01-01"), measure("2025-01-02-a", "2025-06-01"),
        act("2025-02-01-b", "suspends", "2025-01-01-a", "2025-02-01", "2025-04-01"),
        event("2025-01-03-m", type="meeting"),
    )  # fmt: skip

    def answer(*words: str, today: str = "2025-03-01") -> str:
        return str(run("--today", today, *words).out)

    assert answer("list", "-f", "id", "state:suspended") == "2025-01-01-a\n"
    assert answer("list", "-f", "id", "state:suspended", today="2025-04-01") == ""
    assert answer("list", "-f", "id", "missing:state") == "2025-01-03-m\n2025-02-01-b\n"
    assert answer("list", "-f", "tsv", "-F", "id,state", "--sort=-state") == (
        "id\tstate\n2025-01-01-a\tsuspended\n2025-01-02-a\tscheduled\n2025-01-03-m\t\n2025-02-01-b\t\n"
    )
    assert answer("list", "-F", "state,actors", "state:scheduled") == (
        '{"state": "scheduled", "actors": ["US"]}\n'
    )
    assert answer("stats", "--by", "state", "-f", "tsv") == (
        "state\tevents\n(no state)\t2\nscheduled\t1\nsuspended\t1\n"
    )
    assert (
        answer("list", "--explain", "not:state:in-force") == "state on 2025-03-01 is not in-force\n"
    )


def test_a_state_that_is_none_is_an_error_with_a_suggestion(
    tmp_path: Path, run: Callable[..., Any]
) -> None:
    log_of(tmp_path)
    result = run("list", "state:suspnded")
    assert (result.code, "did you mean suspended?" in result.err) == (2, True)


def test_lines_of_a_stream_have_no_state(tmp_path: Path, run: Callable[..., Any]) -> None:
    log_of(tmp_path)
    for words in (["state:suspended"], ["--sort", "state"]):
        result = run("filter", *words, stdin=b"{}\n")
        assert result.code == 2
        assert "follows from all acts of a log" in result.err
