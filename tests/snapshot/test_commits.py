"""A snapshot of a commit or of the staged files answers as a checkout of it does."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.errors import EnvironmentFaultError, UsageError
from rexctl.query import Query
from rexctl.snapshot import commits as snapshot_commits
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.log import Log
from rexctl.values.clock import Clock
from tests.gitrepo.repository import Repository
from tests.snapshot.cached import cache_file, titles
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = Clock(date(2025, 11, 10))
ALL = Query()


def at(repository: Repository, revision: str = "HEAD") -> Snapshot:
    return Snapshot.open(repository.log, revision, clock=CLOCK)


def at_titles(repository: Repository, revision: str = "HEAD") -> list[str]:
    return titles(repository.log, at=revision, clock=CLOCK)


def answers(snapshot: Snapshot) -> dict[str, Any]:
    """All that a snapshot says: events, findings, counts, full text, codes, saved queries."""
    return {
        "rows": [(r.text, r.path) for r in snapshot.select(ALL, retracted=True)],
        "findings": [(f.code, f.path, f.message) for f in snapshot.findings()],
        "months": list(snapshot.count_by(("month",), ALL)),
        "tags": list(snapshot.count_by(("tags",), ALL)),
        "search": [row.text for row in snapshot.search(ALL._replace(words=("tells",)))],
        "codes": sorted(snapshot.ask("SELECT kind, code, name FROM codes")),
        "queries": dict(snapshot.stored.settings.queries),
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


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2, 3))])
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
        with Snapshot.open(Log(repository.log.root, None)) as snapshot:
            wanted[commit] = answers(snapshot)
    for commit in [*commits, *dice.choices(commits, k=20)]:
        with at(repository, commit) as snapshot:
            assert snapshot.cache_path
            assert answers(snapshot) == wanted[commit]


def test_a_second_look_parses_no_blob_and_the_next_commit_those_that_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path)
    first = repository.commit(event("2025-10-09-a"), event("2025-10-09-b"))
    second = repository.commit(event("2025-10-09-c"), event("2025-10-09-b", status="proposed"))
    assert len(at_titles(repository, first)) == 2
    parsed: list[int] = []
    real = snapshot_commits.parse_blob
    monkeypatch.setattr(
        snapshot_commits, "parse_blob", lambda data: (parsed.append(1), real(data))[1]
    )
    assert len(at_titles(repository, first)) == 2
    assert parsed == []
    assert len(at_titles(repository, second)) == 3
    assert len(parsed) == 2
    assert len(at_titles(repository, first)) == 2
    assert len(titles(repository.log)) == 3
    assert len(parsed) == 2


def test_the_working_tree_is_not_changed_by_a_look_at_a_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    repository.put(event("2025-10-09-b"))
    assert len(titles(repository.log)) == 2
    assert len(at_titles(repository)) == 1
    assert len(titles(repository.log)) == 2


def test_the_staged_files_are_a_version_of_their_own(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a", title="Committed"))
    repository.put(event("2025-10-09-a", title="Staged"))
    repository("add", ".")
    repository.put(event("2025-10-09-a", title="Written"))
    assert at_titles(repository) == ["Committed"]
    assert titles(repository.log, staged=True) == ["Staged"]
    assert titles(repository.log) == ["Written"]


def test_two_commits_are_looked_at_at_once(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    first = repository.commit(event("2025-10-09-a"))
    repository.commit(event("2025-10-09-b"))
    with at(repository, first) as one, at(repository) as other:
        assert (one.count(ALL), other.count(ALL)) == (1, 2)
        assert (one.count(ALL), other.count(ALL)) == (1, 2)


@pytest.mark.parametrize("size", [0, 100, 20_000])
def test_a_damaged_cache_costs_only_time(tmp_path: Path, size: int) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a", title="A"))
    at_titles(repository)
    file = cache_file(repository.log)
    file.write_bytes(file.read_bytes()[:size])
    assert at_titles(repository) == ["A"]
    repository.log.cache = None
    assert at_titles(repository) == ["A"]


def test_a_blob_that_git_lacks_is_named_and_hides_no_other(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a", title="A"), event("2025-10-09-b", title="B"))
    blob = repository("rev-parse", "HEAD:data/events/2025/2025-10-09-b.yaml").strip()
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert at_titles(repository) == ["A", "missing-blob"]


def test_links_and_submodules_are_named_and_not_followed(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a", title="A"))
    (repository.log.root / "events/2025/2025-10-10-link.yaml").symlink_to("2025-10-09-a.yaml")
    (repository.log.root / "events/2024").symlink_to("2025")
    repository.commit()
    assert at_titles(repository) == ["A", "not-a-file", "not-a-file"]
    (repository.log.root / "events").rename(repository.log.root / "elsewhere")
    (repository.log.root / "events").symlink_to("elsewhere")
    repository.commit()
    with pytest.raises(EnvironmentFaultError, match="links in a commit are not followed"):
        at(repository)


def test_what_holds_no_log_or_is_in_no_repository_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path / "one")
    (repository.log.root / "rexctl.yaml").rename(tmp_path / "moved")
    repository.commit(event("2025-10-09-a"))
    with pytest.raises(UsageError, match="holds no log in this folder"):
        at(repository)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    alone = log_of(tmp_path / "two", event("2025-10-09-a"))
    with pytest.raises(EnvironmentFaultError, match="not in a git repository"):
        Snapshot.open(alone, "HEAD", clock=CLOCK)


def test_a_path_is_shown_as_git_names_it(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event("2025-10-09-a"))
    with at(repository) as snapshot:
        commit, _, path = snapshot.shown("events/2025/2025-10-09-a.yaml").partition(":./")
    assert repository("-C", "data", "show", f"{commit}:./{path}").startswith("id: 2025-10-09-a")


def test_events_of_one_id_that_match_alike_are_found_in_the_order_of_their_paths(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path, event("2025-10-09-b", note="1"))
    folder = repository.log.root / "events" / "2025"
    (folder / "2025-10-09-b.yaml").rename(folder / "2025-10-09-c.yaml")
    assert len(titles(repository.log)) == 1
    repository.put(event("2025-10-09-b", note="2"))
    with Snapshot.open(repository.log) as snapshot:
        found = [row.path for row in snapshot.search(ALL._replace(words=("tells",)))]
    assert found == [f"events/2025/2025-10-09-{name}.yaml" for name in "bc"]
