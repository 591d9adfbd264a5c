from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from rexctl.commands.log import commit_filter
from rexctl.errors import UsageError
from rexctl.gitrepo.commits import list_commits
from rexctl.gitrepo.revisions import find_head, resolve_revision
from rexctl.values.clock import Clock
from tests.gitrepo.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2025, 11, 10)


class Dated:
    """A repository whose commits are of the days they say."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.repository, self.patch = Repository(folder, event("2025-10-09-a")), patch

    def commit(self, moment: str) -> str:
        self.patch.setenv("GIT_COMMITTER_DATE", moment)
        self.patch.setenv("GIT_AUTHOR_DATE", moment)
        return self.repository.commit(event("2025-10-09-a", title=f"At {moment}"))

    def at(self, asked: str) -> str:
        return resolve_revision(self.repository.git, asked, Clock(TODAY))


@pytest.fixture
def dated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dated:
    return Dated(tmp_path, monkeypatch)


def test_a_day_is_the_last_commit_before_its_end_in_utc(dated: Dated) -> None:
    first = dated.commit("2025-10-09T12:00:00Z")
    last = dated.commit("2025-10-09T23:59:59Z")
    # By the clock of Sydney it was the tenth already; by that of New York, still the ninth.
    next_day = dated.commit("2025-10-09T20:00:00-0400")
    assert dated.at("2025-10-09") == last != first
    assert dated.at("2025-10-10") == next_day
    assert dated.at("2025-10") == dated.at("2025-Q4") == dated.at("today") == next_day
    assert dated.at("32d") == last
    assert dated.at("last-month") == next_day


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_where_one_sits_makes_no_difference(
    dated: Dated, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = dated.commit("2025-10-09T23:00:00Z")
    dated.commit("2025-10-10T01:00:00Z")
    monkeypatch.setenv("TZ", zone)
    assert dated.at("2025-10-09") == first


def test_what_lay_on_a_branch_was_not_in_the_log_before_it_was_merged(dated: Dated) -> None:
    first = dated.commit("2025-10-09T12:00:00Z")
    dated.repository("checkout", "-q", "-b", "side")
    dated.commit("2025-10-10T12:00:00Z")
    dated.repository("checkout", "-q", "main")
    dated.patch.setenv("GIT_COMMITTER_DATE", "2025-10-12T12:00:00Z")
    dated.repository("merge", "-q", "--no-ff", "-m", "both", "side")
    assert dated.at("2025-10-11") == first
    assert dated.at("2025-10-12") == dated.repository("rev-parse", "HEAD")


def test_a_date_is_a_date_though_a_branch_has_its_name(dated: Dated) -> None:
    first = dated.commit("2025-10-09T12:00:00Z")
    later = dated.commit("2025-10-11T12:00:00Z")
    dated.repository("branch", "2025-10-09")
    assert dated.at("2025-10-09") == first
    assert dated.at("refs/heads/2025-10-09") == later
    assert dated.at("HEAD~1") == first


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2025-10-08", "no commit is that old; the first is of 2025-10-09"),
        ("2024", "no commit is that old"),
        ("1971-06", "no commit is that old"),
        ("1925-10-20", "no commit is that old; the first is of 2025-10-09"),
        ("60y", "no commit is that old"),
        ("mian", "did you mean main?"),
        ("HEAD~9", "no such revision; a branch, a tag, a commit"),
        ("todya", "did you mean today?"),
        ("2025-13", "no month"),
        ("nowhere", "no such revision"),
        ("-n", "not a revision"),
        ("--before=x", "not a revision"),
        ("", "'': no such revision; a branch, a tag, a commit, HEAD~1, or a day"),
        ("9999-12-31", "not a day"),
    ],
)
def test_what_names_no_commit_is_told(dated: Dated, asked: str, told: str) -> None:
    dated.commit("2025-10-09T12:00:00Z")
    with pytest.raises(UsageError) as fault:
        dated.at(asked)
    assert told in f"{fault.value}; {fault.value.hint}"


def test_a_repository_without_a_commit_has_no_past(dated: Dated) -> None:
    for asked in ("2025-10-09", "HEAD"):
        with pytest.raises(UsageError):
            dated.at(asked)


def test_no_program_judges_the_signature_of_a_commit(dated: Dated, tmp_path: Path) -> None:
    """`git log`, asked for the oldest commit, ran whatever gpg.program named."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    trap.chmod(0o755)
    dated.commit("2025-10-09T12:00:00Z")
    git = dated.repository
    tree = git("rev-parse", "HEAD^{tree}")
    signed = tmp_path / "signed"
    signed.write_text(
        f"tree {tree}\nauthor A <a@b> 1760000000 +0000\ncommitter A <a@b> 1760000000 +0000\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ\n -----END PGP SIGNATURE-----\n\nroot\n"
    )
    git("update-ref", "HEAD", git("hash-object", "-t", "commit", "-w", str(signed)))
    for name, value in (("log.showSignature", "true"), ("gpg.program", str(trap))):
        git("config", name, value)
    assert dated.at("2025-11") == git("rev-parse", "HEAD")
    with pytest.raises(UsageError):
        dated.at("2024")
    assert not (tmp_path / "ran").exists()
    git("log", "-1")  # so that the trap is one
    assert (tmp_path / "ran").exists()


def test_a_day_is_one_of_the_logs_time_zone(dated: Dated) -> None:
    first = dated.commit("2025-10-30T12:00:00Z")
    last = dated.commit("2025-11-01T00:30:00+0900")
    git = dated.repository.git
    assert resolve_revision(git, "2025-10-31", Clock(TODAY)) == last
    assert resolve_revision(git, "2025-10-31", Clock(TODAY, ZoneInfo("Asia/Tokyo"))) == first


def test_a_commit_that_at_finds_on_a_day_is_one_that_until_that_day_matches(dated: Dated) -> None:
    for moment in ("2025-10-30T12:00:00Z", "2025-11-01T00:30:00+0900", "2025-10-31T23:30:00-0900"):
        dated.commit(moment)
    git = dated.repository.git
    commits = list_commits(git, find_head(git))
    for zone in ("UTC", "Asia/Tokyo", "America/New_York", "Pacific/Auckland"):
        clock = Clock(TODAY, ZoneInfo(zone))
        for day in ("2025-10-30", "2025-10-31", "2025-11-01", "2025-11-02"):
            matching = [c.hash for c in commits if commit_filter(clock, None, day)(c)]
            try:
                found = resolve_revision(git, day, clock)
            except UsageError:
                found = ""
            assert found == "".join(matching[:1])
