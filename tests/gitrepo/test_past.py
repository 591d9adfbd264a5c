from __future__ import annotations

import random
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.errors import EnvironmentFaultError, UsageError
from rexctl.gitrepo import bringing, past
from rexctl.index import counts, found, keeping, select, tables
from rexctl.query import Query
from rexctl.store.log import Log
from rexctl.values.clock import Clock
from tests.gitrepo.repository import Repository
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.index.tables import Index

TODAY = date(2025, 11, 10)
ALL = Query()


def at(repository: Repository, revision: str = "HEAD") -> Index:
    return past.Past(repository.log, revision, Clock(TODAY)).index()


def said(index: Index) -> dict[str, Any]:
    """All that the tables tell: events, what is bad, counts, full text, codes, saved queries."""
    return {
        "rows": [(r.text, r.path) for r in select.rows(index, ALL, retracted=True)],
        "bad": [(f.code, f.path, f.message) for f in select.findings(index)],
        "months": list(counts.counted(index, ALL, ("month",))),
        "tags": list(select.distinct(index, "tags", ALL)),
        "found": [row.text for row in found.rows(index, ["tells"], ALL)],
        "codes": sorted(index.ask("SELECT kind, code, name FROM codes")),
        "queries": sorted(index.ask("SELECT name, words FROM queries")),
    }


def changed(repository: Repository, dice: random.Random) -> None:
    """Change the log in some way: events come, change, go and break; so do its words."""
    root = repository.log.root
    name = f"2025-10-0{dice.randint(1, 9)}-{dice.choice('abc')}"
    file = root / "events" / "2025" / f"{name}.yaml"
    match dice.randint(0, 7):
        case 0 if file.exists():
            file.unlink()
        case 1:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("title: [\n")
        case 2:
            repository.put(event(name))
            file.rename(file.with_name("2025-10-01-elsewhere.yaml"))
        case 3:
            (root / "rexctl.yaml").write_text(
                f"format: 1\nqueries:\n  mine: type:{dice.choice(['tariff', 'meeting'])}\n"
            )
        case 4:
            (root / "vocabulary").mkdir(exist_ok=True)
            (root / "vocabulary" / "tags.yaml").write_text(f"- {dice.choice(['ores', 'wine'])}\n")
        case _:
            repository.put(event(name, tags=[dice.choice(["ores", "wine"])]))


@pytest.mark.parametrize("seed", range(4))
def test_a_commit_answers_as_a_checkout_of_it_does_in_whatever_order_they_are_asked(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    repository = Repository(tmp_path, event("2025-10-09-a"))
    commits = [repository.commit()]
    for _ in range(10):
        for _ in range(dice.randint(1, 4)):
            changed(repository, dice)
        commits.append(repository.commit())
    wanted = {}
    for commit in commits:
        repository("checkout", "-q", commit)
        wanted[commit] = said(Log(repository.log.root, None).index())
    for commit in [*commits, *dice.choices(commits, k=20)]:
        index = at(repository, commit)
        assert index.stored
        assert said(index) == wanted[commit]
        index.db.close()


def many(repository: Repository, revision: str) -> int:
    """Count the events of a commit, and let go of the index: it is held as long as it is open."""
    index = at(repository, revision)
    found = select.count(index, ALL)
    index.db.close()
    return found


def test_a_second_look_reads_no_blob_and_the_next_commit_those_that_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path)
    first = repository.commit(event("2025-10-09-a"), event("2025-10-09-b"))
    second = repository.commit(event("2025-10-09-c"), event("2025-10-09-b", status="proposed"))
    assert many(repository, first) == 2
    monkeypatch.setattr(bringing, "bring", None)
    assert many(repository, first) == 2
    monkeypatch.undo()
    judged: list[str] = []
    packed = bringing.packed_bytes

    def counted(path: str, *rest: Any) -> Any:
        judged.append(path)
        return packed(path, *rest)

    monkeypatch.setattr(bringing, "packed_bytes", counted)
    assert many(repository, second) == 3
    assert judged == ["events/2025/2025-10-09-b.yaml", "events/2025/2025-10-09-c.yaml"]
    judged.clear()
    assert many(repository, first) == 2
    assert judged == ["events/2025/2025-10-09-b.yaml"]


def test_the_index_of_the_log_itself_is_left_alone(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    repository.put(event("2025-10-09-b"))
    assert select.count(repository.log.index(), ALL) == 2
    assert select.count(at(repository), ALL) == 1
    assert select.count(repository.log.index(), ALL) == 2


def test_a_commit_that_was_thrown_away_is_no_way_to_another(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    index = at(repository)
    index.db.execute("COMMIT")
    rules, then, _ = keeping.place(index)
    keeping.put_place(index, [rules, then, "1" * 40])
    index.sealed()
    repository.commit(event("2025-10-09-b"))
    assert select.count(at(repository), ALL) == 2


def test_one_who_asks_is_not_led_away_and_the_other_goes_on_without_the_cache(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path)
    first = repository.commit(event("2025-10-09-a"))
    repository.commit(event("2025-10-09-b"))
    one = at(repository, first)
    other = at(repository, "HEAD")
    assert (one.stored, other.stored) == (True, False)
    assert (select.count(one, ALL), select.count(other, ALL)) == (1, 2)
    one.db.close()
    again = at(repository, "HEAD")
    assert (again.stored, select.count(again, ALL)) == (True, 2)


def test_an_index_that_others_lead_away_again_and_again_is_left_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    put_place = keeping.put_place

    def elsewhere(index: Index, place: list[str]) -> None:
        put_place(index, [*place[:2], "1" * 40] if index.stored else place)

    monkeypatch.setattr(keeping, "put_place", elsewhere)
    index = at(repository)
    assert (index.stored, select.count(index, ALL)) == (False, 1)
    assert (tmp_path / "cache" / f"{repository.log.key}-at.sqlite").exists()


@pytest.mark.parametrize("cut", [0, 100, 20_000])
def test_a_spoilt_index_costs_time_alone(tmp_path: Path, cut: int) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    at(repository).db.close()
    file = tmp_path / "cache" / f"{repository.log.key}-at.sqlite"
    file.write_bytes(file.read_bytes()[:cut])
    assert select.count(at(repository), ALL) == 1


def test_without_a_cache_the_answer_is_the_same(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    repository.log.cache = None
    assert select.count(at(repository), ALL) == 1


def test_a_fault_in_the_middle_leaves_the_index_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path)
    first = repository.commit(event("2025-10-09-a"))
    repository.commit(event("2025-10-09-b"))
    at(repository, first).db.close()
    with monkeypatch.context() as patch:
        patch.setattr(bringing, "packed_bytes", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            at(repository, "HEAD")
    index = tables.open_index(tmp_path / "cache", f"{repository.log.key}-at")
    assert keeping.place(index)[2] == first
    assert select.count(index, ALL) == 1


def _interrupted(*_: Any) -> Any:
    raise KeyboardInterrupt


def test_what_holds_no_log_or_lies_in_no_repository_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path / "one")
    (repository.log.root / "rexctl.yaml").rename(tmp_path / "kept")
    repository.commit(event("2025-10-09-a"))
    with pytest.raises(UsageError, match="holds no log in this folder"):
        at(repository)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    alone = log_of(tmp_path / "two", event("2025-10-09-a"))
    with pytest.raises(EnvironmentFaultError, match="not in a git repository"):
        past.Past(alone, "HEAD", Clock(TODAY))


def test_a_path_is_shown_as_git_names_it(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    shown = past.Past(repository.log, "HEAD", Clock(TODAY)).shown("events/2025/2025-10-09-a.yaml")
    commit, _, path = shown.partition(":./")
    assert repository("-C", "data", "show", f"{commit}:./{path}").startswith("id: 2025-10-09-a")


def test_the_index_stands_still_while_it_is_asked(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    index = at(repository)
    other = sqlite3.connect(index.path or "", timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM events")
    with pytest.raises(sqlite3.OperationalError):
        other.execute("COMMIT")
    assert select.count(index, ALL) == 1


def test_what_others_did_between_two_turns_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values gathered before were told by numbers that others had given to other values since."""
    repository = Repository(tmp_path)
    first = repository.commit(event("2025-10-09-a", tags=["ores"]), event("2025-10-09-b"))
    (repository.log.root / "rexctl.yaml").write_text("format: 1\ntitle: Other\n")
    other = repository.commit(event("2025-10-09-c", tags=["wine"], actors=["US"]))
    (repository.log.root / "rexctl.yaml").write_text("format: 1\n")
    last = repository.commit(
        event("2025-10-09-d", tags=["wine"]), event("2025-10-09-a", tags=["tin"])
    )
    repository.log.cache = None
    wanted = said(at(repository, last))
    repository.log.cache = tmp_path / "cache"
    at(repository, first).db.close()
    real, turns = keeping.place, []

    def led_away(index: Index) -> list[str]:
        turns.append(len(turns))
        if len(turns) == 3:  # after our first turn
            with monkeypatch.context() as patch:
                patch.setattr(keeping, "place", real)
                for revision in (other, first):
                    at(repository, revision).db.close()
        return real(index)

    monkeypatch.setattr(keeping, "place", led_away)
    index = at(repository, last)
    monkeypatch.undo()
    assert len(turns) > 3
    assert said(index) == wanted
