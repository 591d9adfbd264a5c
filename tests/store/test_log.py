from __future__ import annotations

import os
from pathlib import Path

import pytest

from rexctl.errors import EnvironmentFaultError
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.log import Log, find, user_folder
from tests.store.logs import event, log_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return log_of(tmp_path / "project", event("2025-10-09-a")).root


def test_a_log_is_found_from_its_folder_from_within_and_from_its_project(root: Path) -> None:
    for start in (root, root / "events" / "2025", root.parent, root / "events" / "2025" / "none"):
        assert find(str(start), {}).root == root


def test_the_folder_given_comes_before_the_variable_and_that_before_here(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = log_of(tmp_path / "other").root
    assert find(str(root), {"REXCTL_LOG": str(other)}).root == root
    monkeypatch.chdir(root)
    assert find(None, {"REXCTL_LOG": str(other)}).root == other
    assert find(None, {}).root == root
    assert find(None, {"REXCTL_LOG": ""}).root == root


def test_a_cache_folder_inside_the_log_is_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    environ = {"REXCTL_CACHE": "cache", "REXCTL_STATE": "/elsewhere"}
    log = find(None, environ)
    assert (log.cache, log.state) == (None, Path("/elsewhere"))


def test_without_a_log_the_folder_is_named_from_which_it_was_searched(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFaultError) as raised:
        find(str(tmp_path), {})
    assert f"no log in {tmp_path} or a folder above it" in raised.value.message
    assert raised.value.exit_code == 7


def test_a_folder_of_that_name_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / "rexctl.yaml").mkdir()
    with pytest.raises(EnvironmentFaultError):
        find(str(tmp_path), {})


def test_one_log_by_two_ways_has_one_key_and_two_logs_have_two(root: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(root.parent)
    assert find(str(tmp_path / "way"), {}).key == find(str(root), {}).key
    assert Log(root, None).key != Log(tmp_path, None).key


def test_a_path_that_is_no_text_has_a_key(tmp_path: Path) -> None:
    assert Log(tmp_path / os.fsdecode(b"\xff"), None).key.isalnum()
    assert len(Log(tmp_path / ("x" * 200), None).key) == 64


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({"REXCTL_CACHE": "/c", "XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/c"),
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/x/rexctl"),
        ({"XDG_CACHE_HOME": "not/whole", "HOME": "/h"}, None),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_the_cache_lies_where_the_machine_says(environ: dict[str, str], found: str | None) -> None:
    folder = user_folder(environ, "CACHE")
    assert (str(folder) if folder else None) == found


@pytest.mark.parametrize(
    ("system", "part"), [("linux", ".cache/rexctl"), ("darwin", "Library/Caches/rexctl")]
)
def test_a_home_has_its_own_place_for_caches(
    system: str, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert str(user_folder({"HOME": "/h"}, "CACHE")) == f"/h/{part}"


def test_nothing_is_ever_written_into_the_log(root: Path) -> None:
    before = sorted(root.rglob("*"))
    Snapshot.open(Log(root, root.parent / "cache")).close()
    assert sorted(root.rglob("*")) == before


def test_a_path_is_shown_as_seen_from_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    assert Log(root, None).shown("events/2025/a.yaml") == str(Path("data/events/2025/a.yaml"))
