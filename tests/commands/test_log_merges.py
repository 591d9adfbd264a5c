"""What `log` says of merge commits: of fields that both sides changed, whose value was chosen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.merge.repositories import Repository

if TYPE_CHECKING:
    from pathlib import Path

ID = "2025-10-09-cn-a"
TEXT = f"""\
id: {ID}
type: tariff
title: A duty
date: 2025-10-09
status: proposed
actors:
  - CN/mofcom
affected:
  - US
rates:
  - value: 10
    unit: percent
effective:
  from: 2025-12-01
  until: 2026-12-01
summary: |
  It is high.
sources:
  - url: https://example.org/a
"""
OURS = {"status: proposed": "status: adopted", "value: 10": "value: 30"}
THEIRS = {"status: proposed": "status: withdrawn", "value: 10": "value: 25"}


def text(*changes: dict[str, str]) -> str:
    found = TEXT
    for old, new in (pair for one in changes for pair in one.items()):
        assert old in found
        found = found.replace(old, new)
    return found


class Merges(Repository):
    """A repository in which branches are merged by hand: the result of each merge is given."""

    def branch(self, name: str, content: str, start: str = "main") -> None:
        self.git("switch", "-qc", name, start)
        self.put(content)
        self.commit(name)

    def merge(self, result: str, *branches: str) -> None:
        self.git("merge", "-q", "--no-commit", "--no-ff", "-s", "ours", *branches)
        self.put(result)
        self.git("add", "-A")
        names = " and ".join(f"'{one}'" for one in branches)
        noun = "branch" if len(branches) == 1 else "branches"
        self.git("commit", "-qm", f"Merge {noun} {names} into main", "--allow-empty")

    def told(self, *words: str) -> list[str]:
        """Return the lines of the newest commit, without commit and event."""
        lines = self.rexctl("log", ID, *words).out.split("\n\n")[0].splitlines()
        return [line.strip() for line in lines[2:]] if "Merge" in lines[0] else []


@pytest.fixture
def merges(tmp_path: Path) -> Merges:
    found = Merges(tmp_path / "project", TEXT, f"data/events/2025/{ID}.yaml")
    found.branch("theirs", text(THEIRS))
    found.git("switch", "-q", "main")
    found.put(text(OURS))
    found.commit("ours")
    return found


def test_each_field_that_both_changed_is_told_with_the_side_it_came_from(merges: Merges) -> None:
    merges.merge(text({**OURS, "value: 10": "value: 25"}), "theirs")
    status = "merge: status from main: adopted, not withdrawn in theirs"
    rates = "merge: rate on US from theirs: 25 percent, not 30 percent in main"
    assert merges.told() == [rates, status]
    assert merges.told("--field", "rates") == [rates]
    shown = merges.rexctl("log", ID, "-f", "md").out
    assert f"): {rates}; {status}.\n" in shown
    row = json.loads(merges.rexctl("log", ID, "-j").out.splitlines()[1])
    assert (row["kind"], row["field"], row["old"], row["new"], row["sentence"]) == (
        "merged", "status", "withdrawn", "adopted", status)  # fmt: skip


def test_a_merge_that_took_one_whole_side_is_told(merges: Merges) -> None:
    merges.merge(text(OURS), "theirs")
    assert merges.told() == [
        "merge: status from main: adopted, not withdrawn in theirs",
        "merge: rate on US from main: 30 percent, not 25 percent in theirs",
    ]


def test_a_value_that_no_side_had_is_told_as_written_in_the_merge(merges: Merges) -> None:
    evil = {"status: proposed": "status: adopted", "value: 10": "value: 28", "A duty": "Duty"}
    merges.merge(text(evil), "theirs")
    assert sorted(merges.told()) == [
        "merge: rate on US written in the merge: 28 percent, not 30 percent in main, 25 percent in theirs",
        "merge: status from main: adopted, not withdrawn in theirs",
        "merge: title written in the merge: “Duty”, not “A duty” in main and theirs",
    ]


def test_fields_that_one_side_alone_changed_are_no_choice(tmp_path: Path) -> None:
    found = Merges(tmp_path / "project", TEXT, f"data/events/2025/{ID}.yaml")
    longer = {"  It is high.\n": "  It is high.\n  It is new.\n"}
    found.branch("theirs", text({"status: proposed": "status: adopted"}, longer))
    found.git("switch", "-q", "main")
    found.put(text({"value: 10": "value: 30", "  It is high.": "  It is very high."}))
    found.commit("ours")
    both = text({"status: proposed": "status: adopted", "value: 10": "value: 30"},
                {"  It is high.\n": "  It is very high.\n  It is new.\n"})  # fmt: skip
    found.merge(both, "theirs")
    assert found.told() == []


def test_a_merge_of_three_names_every_side(merges: Merges) -> None:
    merges.branch("third", text({"value: 10": "value: 20"}), "main~1")
    merges.git("switch", "-q", "main")
    merges.merge(text({**OURS, "value: 10": "value: 20"}), "theirs", "third")
    assert merges.told() == [
        "merge: rate on US from third: 20 percent, not 30 percent in main, 25 percent in theirs",
        "merge: status from main: adopted, not withdrawn in theirs, proposed in third",
    ]


def test_sides_without_a_name_are_told_by_their_commits(merges: Merges) -> None:
    merges.merge(text(OURS), "theirs")
    merges.git("commit", "-q", "--amend", "-m", "Together")
    ours, theirs = (merges.git("rev-parse", name).stdout[:10] for name in ("HEAD^1", "HEAD^2"))
    assert (
        f"merge: status from {ours}: adopted, not withdrawn in {theirs}" in merges.rexctl("log").out
    )


def test_a_change_of_one_side_that_the_merge_threw_away_is_told(merges: Merges) -> None:
    merges.git("switch", "-q", "theirs")
    merges.put(text({**THEIRS, "until: 2026-12-01": "until: 2026-11-01", "A duty": "Their duty"}))
    merges.commit("more of theirs")
    merges.git("switch", "-q", "main")
    merges.merge(text({**OURS, "A duty": "Their duty"}), "theirs")
    assert merges.told("--field", "effective") == [
        "merge: end from main: 1 December 2026, not 1 November 2026 in theirs"
    ]
    assert len(merges.told()) == 3  # and status and rates: the title was only changed by theirs
