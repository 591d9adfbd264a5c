from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.door import Door

BAD = "2025-10-09-bad.yaml"
FROM_ROOT = f"data/events/2025/{BAD}"


def repository(door: Door) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=door.folder, check=True)


@pytest.fixture
def bad(rexctl: Door) -> Door:
    rexctl.put(BAD, "type: tarif\n")
    rexctl.patch.chdir(rexctl.folder / "data" / "events")
    return rexctl


@pytest.mark.parametrize(
    ("form", "part"),
    [("github", f"file={FROM_ROOT},"), ("gitlab", f'"path": "{FROM_ROOT}"'),
     ("sarif", f'"uri": "{FROM_ROOT}"')],
)  # fmt: skip
def test_a_host_is_given_paths_from_the_root_of_the_repository(
    form: str, part: str, bad: Door
) -> None:
    repository(bad)
    assert part in bad("check", "-f", form).out


def test_a_person_and_a_script_are_given_paths_as_seen_from_here(bad: Door) -> None:
    repository(bad)
    assert bad("check").out.startswith(f"2025/{BAD}:1:1: ")
    assert f'"path": "2025/{BAD}"' in bad("check", "-f", "json").out


def test_where_there_is_no_repository_a_host_is_given_what_a_person_is(bad: Door) -> None:
    assert f"file=2025/{BAD}," in bad("check", "-f", "github").out


def test_a_log_at_the_root_of_its_repository_has_paths_without_a_folder(rexctl: Door) -> None:
    rexctl.put(BAD, "type: tarif\n")
    subprocess.run(["git", "init", "-q", "."], cwd=rexctl.folder / "data", check=True)
    assert f"file=events/2025/{BAD}," in rexctl("check", "-f", "github").out
