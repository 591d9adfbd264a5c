from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rexctl.changes.history import History, describe_commit
from rexctl.gitrepo.revisions import empty_tree, find_head
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import FileVersion
from rexctl.snapshot.commits import EventReader
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.layout import path_of
from tests.gitrepo.repository import Repository
from tests.gitrepo.test_calling import armed, traces
from tests.store.logs import event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rexctl.store.log import Log

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"
Lines = list[tuple[str, str, str]]


def open_history(git: Git, log: Log, read: Any = None) -> History:
    events = EventReader(git, log)
    head = find_head(git) or empty_tree(git)
    with Snapshot.open(log) as snapshot:
        uncommitted = events.compare_working_tree(head, snapshot)
    return History(git, uncommitted, read or events.read)


class Past(Repository):
    """A repository whose commits are told apart by their subjects."""

    def did(self, subject: str, *events: dict[str, Any], gone: str = "") -> None:
        if gone:
            (self.log.root / path_of(gone)).unlink()
        self.put(*events)
        self("add", "-A")
        self("commit", "-q", "--allow-empty", "-m", subject)

    def past(self, *ids: str, field: str = "", git: Git | None = None) -> Lines:
        """Give each change: the subject of its commit, the event, and what happened in a word or two."""
        history = open_history(git or self.git, self.log)
        found = history.walk({path_of(name) for name in ids} if ids else None, lambda one: True)
        return [(commit.subject, change.event[-1], _brief(change)) for commit, sides, names, _ in found
                for change in describe_commit(sides, field, renamed=names, is_boundary=commit.is_boundary)]  # fmt: skip


def _brief(change: Any) -> str:
    plain = isinstance(change.new, str) and change.kind != "renamed"
    return f"{change.field}={change.new}" if plain else change.kind


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(tmp_path)


def test_the_life_of_one_event_is_told_newest_first(past: Past) -> None:
    past.did("add", event(A), event(B))
    past.did("status", event(A, status="proposed"))
    past.did("other", event(B, status="proposed"))
    past.did("retract", event(A, status="proposed", confidence="retracted", note="Wrong."))
    past.did("remove", gone=A)
    past.did("back", event(A, status="withdrawn"))
    past.put(event(A, status="adopted"))
    life = [("not committed yet", "a", "status=adopted"), ("back", "a", "added"),
            ("remove", "a", "removed"), ("retract", "a", "confidence=retracted"),
            ("status", "a", "status=proposed"), ("add", "a", "added")]  # fmt: skip
    assert past.past(A) == life
    assert past.past() == sorted(
        [*life, ("other", "b", "status=proposed"), ("add", "b", "added")],
        key=lambda one: (["not committed yet", "back", "remove", "retract", "other", "status",
                          "add"].index(one[0]), one[1]),
    )  # fmt: skip
    assert [subject for subject, _, _ in past.past(A, field="status")] == [
        "not committed yet", "back", "remove", "status", "add"]  # fmt: skip


def test_what_was_wrapped_and_sorted_anew_is_no_change(past: Past) -> None:
    past.did("add", event(A, tags=["x", "y"], summary="One sentence.\nAnother."))
    past.did("sort", event(A, tags=["y", "x"], summary="One sentence.\nAnother."))
    (path,) = past.put(event(A, tags=["y", "x"], summary="One sentence.\nAnother."))
    path.write_text(path.read_text().replace("One sentence.\n  Another.", "One sentence. Another."))
    past.did("wrap")
    assert past.past(A) == [("add", "a", "added")]


def renamed(old: str, new: str, **more: Any) -> dict[str, Any]:
    """An event as `rexctl mv` leaves it."""
    return event(old) | {"id": new, "aliases": [old]} | more


def test_a_chain_of_renames_is_followed_by_alias_with_changes_on_the_way(past: Past) -> None:
    past.did("add", event(A))
    past.did("to b", renamed(A, B), gone=A)
    third = event(A) | {"id": C, "aliases": [A, B], "status": "proposed"}
    past.did("to c, and more", third, gone=B)
    past.did("late", third | {"status": "withdrawn"})
    assert past.past(C) == [
        ("late", "c", "status=withdrawn"), ("to c, and more", "c", "renamed"),
        ("to c, and more", "c", "status=proposed"), ("to b", "b", "renamed"), ("add", "a", "added"),
    ]  # fmt: skip
    assert past.past(C, field="status") == [
        ("late", "c", "status=withdrawn"), ("to c, and more", "c", "status=proposed"),
        ("add", "a", "status=adopted")]  # fmt: skip
    assert [brief for _, _, brief in past.past(C, field="id")] == ["renamed", "renamed", "id=" + A]


def test_a_file_renamed_by_hand_without_an_alias_is_followed(past: Past) -> None:
    past.did("add", event(A), event(C))
    past.did("by hand", event(A) | {"id": B, "status": "proposed"}, gone=A)
    assert past.past(B) == [("by hand", "b", "renamed"), ("by hand", "b", "status=proposed"),
                            ("add", "a", "added")]  # fmt: skip


def test_links_that_follow_a_rename_are_told_as_that(past: Past) -> None:
    past.did("add", event(A), event(C, links=[{"rel": "suspends", "to": A}]))
    past.did("to b", renamed(A, B), event(C, links=[{"rel": "suspends", "to": B}]), gone=A)
    assert past.past()[:2] == [("to b", "b", "renamed"), ("to b", "c", f"links.to={B}")]
    assert past.past(C) == [("to b", "c", f"links.to={B}"), ("add", "c", "added")]


def test_an_id_used_again_is_another_life(past: Past) -> None:
    past.did("add", event(A))
    past.did("to b", renamed(A, B), gone=A)
    past.did("again", event(A, title="Another"))
    past.did("more", event(A, title="Another", status="proposed"))
    assert past.past(B) == [("to b", "b", "renamed"), ("add", "a", "added")]
    assert past.past(A)[:2] == [("more", "a", "status=proposed"), ("again", "a", "added")]


def branches(past: Past, ours: Callable[[], None], theirs: Callable[[], None]) -> None:
    """Let two branches go apart, and begin to merge them."""
    past("checkout", "-q", "-b", "theirs")
    theirs()
    past("checkout", "-q", "main")
    ours()
    past("merge", "-q", "--no-commit", "--no-ff", "theirs", check=False)


def test_a_merge_of_other_fields_repeats_nothing(past: Past) -> None:
    """Text merges into a file that is like no parent's, and yet nothing in it is the merge's own."""
    past.did("add", event(A, affected=["US"], tags=["x"]))
    branches(past, lambda: past.did("ours", event(A, affected=["US"], tags=["x"], status="proposed")),
             lambda: past.did("theirs", event(A, affected=["US"], tags=["y"])))  # fmt: skip
    past.did("merge", event(A, affected=["US"], tags=["y"], status="proposed"))
    assert sorted(past.past(A)) == sorted([
        ("ours", "a", "status=proposed"), ("theirs", "a", "changed"), ("theirs", "a", "changed"),
        ("add", "a", "added")])  # fmt: skip


def test_what_a_merge_itself_changes_is_told_of_it(past: Past) -> None:
    past.did("add", event(A), event(B))
    branches(past, lambda: past.did("ours", event(A, status="proposed")),
             lambda: past.did("theirs", event(A, status="withdrawn")))  # fmt: skip
    past.did("merge", event(A, status="threatened"), event(B, title="T"))
    assert sorted(past.past()) == sorted([
        ("merge", "a", "status=threatened"), ("merge", "b", "title=T"), ("ours", "a", "status=proposed"),
        ("theirs", "a", "status=withdrawn"), ("add", "a", "added"), ("add", "b", "added")])  # fmt: skip
    assert ("merge", "a", "status=threatened") in past.past(A, field="status")


def test_a_change_that_both_branches_made_is_told_once(past: Past) -> None:
    past.did("add", event(A))
    branches(past, lambda: past.did("ours", event(A, status="proposed")),
             lambda: past.did("theirs", event(A, status="proposed")))  # fmt: skip
    past.did("merge")
    assert past.past(A) == [("ours", "a", "status=proposed"), ("add", "a", "added")]


def test_a_rename_on_one_branch_meets_a_change_on_the_other(past: Past) -> None:
    past.did("add", event(A))
    branches(past, lambda: past.did("ours", event(A, status="proposed")),
             lambda: past.did("theirs", renamed(A, B), gone=A))  # fmt: skip
    for name in (A, B):
        (past.log.root / path_of(name)).unlink(missing_ok=True)
    past.did("merge", renamed(A, B, status="proposed"))
    wanted = sorted(
        [("ours", "a", "status=proposed"), ("theirs", "b", "renamed"), ("add", "a", "added")]
    )
    assert sorted(past.past(B)) == wanted
    assert sorted(past.past()) == wanted


def test_a_commit_that_does_not_read_is_told_and_hides_no_change(past: Past) -> None:
    past.did("add", event(A), event(B))
    (past.log.root / path_of(A)).write_text("id: x\ntitle: [\n")
    past.did("break", event(B, status="proposed"))
    (past.log.root / path_of(A)).write_text("")
    past.did("worse")
    past.did("fix", event(A, status="withdrawn"))
    assert past.past() == [
        ("fix", "a", "readable"), ("fix", "a", "status=withdrawn"), ("worse", "a", "unreadable"),
        ("break", "b", "status=proposed"), ("break", "a", "unreadable"), ("add", "a", "added"), ("add", "b", "added"),
    ]  # fmt: skip
    assert past.past(A, field="status")[0] == ("fix", "a", "status=withdrawn")


def test_a_file_that_never_read_before_is_added_when_it_does(past: Past) -> None:
    (past.log.root / "events" / "2025").mkdir()
    (past.log.root / path_of(A)).write_text("title: [\n")
    past.did("bad")
    past.did("good", event(A))
    assert past.past(A) == [
        ("good", "a", "readable"),
        ("good", "a", "added"),
        ("bad", "a", "unreadable"),
    ]


def test_nobody_is_said_to_have_added_what_a_shallow_clone_begins_with(
    past: Past, tmp_path: Path
) -> None:
    past.did("add", event(A))
    past.did("status", event(A, status="proposed"))
    past.did("title", event(A, status="proposed", title="T"))
    past("clone", "-q", "--depth", "2", f"file://{past.folder}", str(tmp_path / "clone"))
    shallow = Past.__new__(Past)
    shallow.folder, shallow.log = tmp_path / "clone", past.log
    git = Git(tmp_path / "clone" / "data")
    assert shallow.past(A, git=git) == [("title", "a", "title=T"), ("status", "a", "there")]
    assert shallow.past(A, field="status", git=git) == [("status", "a", "status=proposed")]


def test_all_ids_that_ever_were_are_known(past: Past) -> None:
    past.did("add", event(A))
    past.did("remove", event(B), gone=A)
    past.put(event(C))
    history = open_history(past.git, past.log)
    assert history.ids() == {A, B, C}


def test_before_the_first_commit_all_is_uncommitted(past: Past) -> None:
    past.put(event(A))
    assert past.past() == [("not committed yet", "a", "added")]


def test_a_hostile_configuration_runs_nothing(tmp_path: Path) -> None:
    repository = armed(tmp_path)
    trap = tmp_path / "trap-clean"
    for key in ("log.showSignature", "log.showRoot"):
        repository("config", key, "true")
    for key in ("gpg.program", "diff.a=b.command", "alias.rev-list", "alias.diff-tree"):
        repository("config", key, f"!{trap}" if key.startswith("alias") else str(trap))
    hostile = Past.__new__(Past)
    hostile.folder, hostile.log = repository.folder, repository.log
    assert hostile.past()[-1] == ("one more", "a", "added")
    assert traces(tmp_path) == []


def test_only_the_files_of_the_event_are_read_and_each_answer_at_once(past: Past) -> None:
    past.did("add", event(A), *(event(f"2025-10-09-cn-x{n}") for n in range(20)))
    for status in ("proposed", "withdrawn", "adopted"):
        past.did(status, event(A, status=status), event(B, status=status))
    read: list[list[FileVersion]] = []
    events = EventReader(past.git, past.log)

    def counted(files: Iterable[FileVersion]) -> Any:
        read.append(list(files))
        return events.read(read[-1])

    history = open_history(past.git, past.log, counted)
    assert len(list(history.walk({path_of(A)}, lambda one: True))) == 4
    assert [len(files) for files in read] == [3]  # adopted twice is one blob


def test_a_missing_blob_is_a_finding_and_hides_no_other_file(past: Past) -> None:
    past.did("add", event(B))
    lost, there = FileVersion(path_of(A), "1" * 40), FileVersion(
        path_of(B), past("rev-parse", f"HEAD:data/{path_of(B)}")
    )  # fmt: skip
    events = EventReader(past.git, past.log)
    parsed = events.read([lost, there])
    assert parsed[there] == (event(B), [])
    assert [f.code for f in events.missing.values()] == ["missing-blob"]


def test_of_the_same_bad_bytes_the_state_before_them_is_the_nearest(past: Past) -> None:
    file = past.log.root / path_of(A)
    for subject, status in (("one", "adopted"), ("two", "proposed")):
        past.did(subject, event(A, status=status))
        file.write_text("title: [\n")
        past.did(f"bad after {subject}")
    past.did("three", event(A, status="withdrawn"))
    history = open_history(past.git, past.log)
    commit, sides, _, _ = next(
        one for one in history.walk(None, lambda one: True) if one.commit.subject == "three"
    )
    assert commit.subject == "three"
    (seen,) = sides[0]
    assert seen.old is not None
    assert seen.old["status"] == "proposed"
