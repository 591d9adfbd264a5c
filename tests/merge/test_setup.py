"""A clone set up, looked at, and merged with: by the git of this machine."""

from __future__ import annotations

import shlex
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import EnvironmentFaultError, InputRefusedError
from rexctl.gitrepo.run import Git
from rexctl.merge import setup
from tests import forkserver
from tests.merge.repositories import EVENT, Repository

if TYPE_CHECKING:
    from pathlib import Path

ID = "2025-10-09-cn-a"
TEXT = """\
id: 2025-10-09-cn-a
type: export-control
title: Announcement 61
date: 2025-10-09
status: adopted
actors:
  - CN/mofcom
summary: |
  It asks for a licence.
  It reaches goods made abroad.
clauses:
  - id: 1(1)
    effective:
      from: 2025-12-01
sources:
  - url: https://example.org/a
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that is set up."""
    made = Repository(tmp_path_factory.mktemp("template") / "clone", TEXT)
    setup.set_up(made.folder / "data")
    made.commit("set up")
    return made.folder


@pytest.fixture
def real(template: Path, tmp_path: Path) -> Repository:
    """A clone that is set up, with the driver that people have."""
    return Repository(shutil.copytree(template, tmp_path / "clone"))


@pytest.fixture
def clone(real: Repository) -> Repository:
    """A clone that is set up, whose driver is forked from a Python that has loaded rexctl."""
    run_instead_of_rexctl(real, shlex.join(forkserver.client()))
    return real


def test_it_says_what_it_set_and_a_second_time_has_nothing_to_do(tmp_path: Path) -> None:
    root = Repository(tmp_path / "clone", TEXT).folder / "data"
    assert len(list(setup.missing(Git(root)))) == 3
    done = setup.set_up(root)
    assert [line.split()[1] for line in done] == [
        "merge.rexctl.name", "merge.rexctl.driver", "diff.rexctl.xfuncname", "events/**/*.yaml"]  # fmt: skip
    assert setup.set_up(root) == []
    assert list(setup.missing(Git(root))) == []


def test_what_stands_in_the_attributes_stays(tmp_path: Path) -> None:
    root = Repository(tmp_path / "clone", TEXT).folder / "data"
    (root / ".gitattributes").write_text("*.csv -text")
    setup.set_up(root)
    assert (
        root / ".gitattributes"
    ).read_text() == "*.csv -text\nevents/**/*.yaml merge=rexctl diff=rexctl\n"
    (root / ".gitattributes").unlink()
    (root.parent / ".gitattributes").write_text("data/events/**/*.yaml merge=rexctl diff=rexctl\n")
    assert list(setup.missing(Git(root))) == []


def test_a_folder_of_attributes_and_a_log_outside_git_are_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(EnvironmentFaultError, match="not in a git repository"):
        setup.set_up(tmp_path / "data")
    root = Repository(tmp_path / "clone", TEXT).folder / "data"
    (root / ".gitattributes").mkdir()
    with pytest.raises(InputRefusedError):
        setup.set_up(root)


def test_git_that_cannot_write_is_told(tmp_path: Path) -> None:
    made = Repository(tmp_path / "clone", TEXT)
    (made.folder / ".git" / "config.lock").touch()
    with pytest.raises(EnvironmentFaultError, match=r"git: .*lock"):
        setup.set_up(made.folder / "data")


def test_without_git_that_is_the_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EnvironmentFaultError, match="no git program"):
        setup.set_up(tmp_path)


def run_instead_of_rexctl(clone: Repository, program: str) -> None:
    """Put another program into the driver that `git setup` wrote."""
    driver = setup.settings()["merge.rexctl.driver"]
    rexctl = f"{shlex.quote(sys.executable)} -P -m rexctl"
    assert rexctl in driver
    clone.git("config", "merge.rexctl.driver", driver.replace(rexctl, program))


@pytest.mark.parametrize("driver", ["/nowhere/python -m rexctl", "'open", "x;y"])
def test_a_driver_that_is_gone_is_missed(driver: str, clone: Repository) -> None:
    run_instead_of_rexctl(clone, driver)
    (told,) = setup.missing(Git(clone.folder / "data"))
    assert told == f"the program of the merge driver does not exist: {driver}"


def test_a_driver_without_a_fallback_is_replaced(real: Repository) -> None:
    before = real.git("config", "merge.rexctl.driver").stdout
    old = f"{sys.executable} -P -m rexctl git merge-file -- %O %A %B %P"
    real.git("config", "merge.rexctl.driver", old)
    said = real.rexctl("doctor").out
    assert "the merge driver has no fallback" in said
    assert "rexctl git setup" in said
    real.rexctl("git", "setup")
    assert real.git("config", "merge.rexctl.driver").stdout == before


GONE = {
    "no such program": "/nowhere/python -P -m rexctl",
    "not executable": "/dev/null",
    "rexctl uninstalled": f"{shlex.quote(sys.executable)} -I -S -m rexctl",
    "crash before writing": "false",
}


@pytest.mark.parametrize("program", GONE.values(), ids=GONE)
def test_where_rexctl_does_not_run_git_marks_the_conflict(program: str, clone: Repository) -> None:
    run_instead_of_rexctl(clone, program)
    done = clone.merged(TEXT.replace("61", "62"), TEXT.replace("61", "63"))
    assert done.returncode == 1
    assert "rexctl did not run; git merges by lines" in done.stderr
    assert clone.event.read_text() == TEXT.replace(
        "title: Announcement 61\n",
        "<<<<<<< ours\ntitle: Announcement 62\n=======\ntitle: Announcement 63\n>>>>>>> theirs\n",
    )
    assert clone.git("status", "--porcelain").stdout == f"UU {EVENT}\n"


def test_where_rexctl_does_not_run_git_merges_distant_lines(clone: Repository) -> None:
    run_instead_of_rexctl(clone, GONE["rexctl uninstalled"])
    done = clone.merged(TEXT.replace("61", "62"), TEXT + "note: N.\n")
    assert done.returncode == 0, done.stderr
    assert clone.event.read_text() == TEXT.replace("61", "62") + "note: N.\n"


def test_what_is_no_text_stays_unmerged_where_rexctl_does_not_run(clone: Repository) -> None:
    run_instead_of_rexctl(clone, GONE["no such program"])
    done = clone.merged(TEXT + "a: \0\n", TEXT + "b: \0\n")
    assert done.returncode == 1
    assert clone.git("status", "--porcelain").stdout == f"UU {EVENT}\n"


def test_the_driver_is_this_python_by_its_path_and_takes_no_module_from_the_clone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/a b/100%/python")
    driver = setup.settings()["merge.rexctl.driver"]
    assert "; '/a b/100%%/python' -P -m rexctl git merge-file -- %O %A %B %P ||" in driver
    monkeypatch.setattr(sys, "executable", "")
    assert "; rexctl git merge-file" in setup.settings()["merge.rexctl.driver"]


def test_two_people_change_other_fields(real: Repository) -> None:
    theirs = TEXT.replace("date: 2025-10-09\n", "date: 2025-10-10\n")
    done = real.merged(TEXT.replace("Announcement 61", "Announcement 61 of 2025"), theirs)
    assert done.returncode == 0, done.stderr
    assert real.event.read_text() == theirs.replace("Announcement 61", "Announcement 61 of 2025")
    assert real.git("status", "--porcelain").stdout == ""


def test_two_people_add_a_source_a_link_and_a_comment_each(clone: Repository) -> None:
    end = "links:\n  - rel: {1}\n    to: 2025-10-01-cn-b\nsources:\n  - url: https://example.org/{0}  # by {0}\n"
    sides = [
        TEXT.replace("sources:\n", end.format(*words))
        for words in (("b", "amends"), ("c", "extends"))
    ]
    done = clone.merged(*sides)
    assert done.returncode == 0, done.stderr
    assert clone.event.read_text() == TEXT.replace(
        "sources:\n",
        (
            "links:\n  - rel: amends\n    to: 2025-10-01-cn-b\n  - rel: extends\n    to: 2025-10-01-cn-b\n"
            "sources:\n  - url: https://example.org/b  # by b\n  - url: https://example.org/c  # by c\n"
        ),
    )


def test_a_true_clash_names_the_field_and_check_calls_it_a_conflict(clone: Repository) -> None:
    ours, theirs = (TEXT.replace("2025-12-01", day) for day in ("2025-12-02", "2025-12-08"))
    done = clone.merged(ours, theirs + "note: |\n  Ends.\n")
    assert done.returncode == 1
    said = (
        "start of clause 1(1): 2 December 2025 here (ours), 8 December 2025 there (theirs), 1 Dec"
    )
    assert f"{EVENT}:14:1: error[conflict-markers] “Announcement 61”: {said}" in done.stderr
    assert clone.git("status", "--porcelain").stdout == f"UU {EVENT}\n"
    checked = clone.rexctl("check")
    assert checked.code == 1
    assert said in checked.out
    assert clone.event.read_text().count("<<<<<<<") == 1
    assert clone.event.read_text().endswith("note: |\n  Ends.\n")


def test_a_conflict_within_a_file_that_does_not_read_is_git_s_own(clone: Repository) -> None:
    done = clone.merged(TEXT.replace("title: ", "title: ["), TEXT.replace("Announcement", "Notice"))
    assert done.returncode == 1
    assert "<<<<<<< ours\ntitle: [Announcement 61\n||||||| base\n" in clone.event.read_text()


def test_check_reports_what_git_has_not_merged_though_the_file_has_no_marker(
    clone: Repository,
) -> None:
    assert "unmerged" not in clone.rexctl("check").out
    clone.git("switch", "-qc", "theirs")
    clone.event.unlink()
    clone.commit("deleted")
    clone.git("switch", "-q", "main")
    clone.put(TEXT.replace("61", "62"))
    clone.commit("changed")
    assert clone.git("merge", "-q", "theirs", ok=False).returncode == 1
    assert "<<<<<<<" not in clone.event.read_text()
    for words in (["check"], ["check", "--changed"], ["check", clone.path]):
        done = clone.rexctl(*words)
        assert done.code == 1
        assert f"{EVENT}:1:1: error[unmerged] " in done.out
        assert "ours changed it, theirs deleted it" in done.out
    assert "unmerged" not in clone.rexctl("check", "data/rexctl.yaml").out
    clone.git("rm", "-q", clone.path)
    assert "unmerged" not in clone.rexctl("check").out


def test_check_reports_what_a_failed_driver_did_not_merge(clone: Repository) -> None:
    clone.git("config", "merge.rexctl.driver", "false")
    clone.merged(TEXT.replace("61", "62"), TEXT.replace("61", "63"))
    assert clone.event.read_text() == TEXT.replace("61", "62")
    done = clone.rexctl("check", "-f", "jsonl")
    assert done.code == 1
    assert '"unmerged"' in done.out
    assert "both sides changed it" in done.out


def test_check_runs_where_git_cannot_read_the_index(clone: Repository) -> None:
    before = clone.rexctl("check").code
    (clone.folder / ".git" / "index").write_bytes(b"no index")
    assert clone.rexctl("check").code == before


def test_a_merge_that_does_not_parse_is_a_conflict(clone: Repository) -> None:
    done = clone.merged(TEXT + "note: [\n", TEXT.replace("Announcement", "Notice"))
    assert done.returncode == 1
    assert f"{EVENT}:3:1: error[conflict-markers] the merged event is not valid: " in done.stderr
    assert clone.git("status", "--porcelain").stdout == f"UU {EVENT}\n"
    text = clone.event.read_text()
    assert "<<<<<<< ours\ntitle: Announcement 61\n=======\ntitle: Notice 61\n>>>>>>> theirs" in text
    assert text.endswith("<<<<<<< ours\nnote: [\n=======\n>>>>>>> theirs\n")


def test_a_merge_that_repairs_a_file_is_clean(clone: Repository) -> None:
    clone.put(TEXT.replace("title: ", "title: ["))
    clone.commit("broken")
    done = clone.merged(TEXT, TEXT.replace("title: ", "title: [") + "note: |\n  N.\n")
    assert done.returncode == 0, done.stderr
    assert clone.event.read_text() == TEXT + "note: |\n  N.\n"


def test_a_merge_with_a_fault_that_neither_side_has_is_a_conflict(clone: Repository) -> None:
    ends = ("effective:\n  until: 2026-01-01\n", "effective:\n  through: 2026-01-31\n")
    done = clone.merged(*(TEXT + end for end in ends))
    assert done.returncode == 1
    assert "contradict each other: has until and through" in done.stderr
    text = clone.event.read_text()
    assert text.endswith(
        "  until: 2026-01-01\n||||||| base\n=======\n"
        "effective:\n  through: 2026-01-31\n>>>>>>> theirs\n"
    )


def test_a_rebase_and_a_cherry_pick_merge_by_field_too(clone: Repository) -> None:
    ours, theirs = TEXT.replace("61", "62"), TEXT.replace("date: 2025-10-09", "date: 2025-10-10")
    for words in (["rebase", "-q", "main"], ["cherry-pick", "main"]):
        clone.git("switch", "-qC", "side", "HEAD")
        clone.put(theirs)
        clone.commit("theirs")
        clone.git("switch", "-q", "main")
        clone.put(ours)
        clone.commit("ours")
        clone.git("switch", "-q", "side")
        done = clone.git(*words, ok=False)
        assert done.returncode == 0, done.stderr
        assert clone.event.read_text() == theirs.replace("61", "62")
        clone.git("switch", "-q", "main")
        clone.put(TEXT)
        clone.commit("back")


def test_a_base_that_git_merged_for_itself_may_hold_a_conflict(clone: Repository) -> None:
    """Two branches that merged each other, each in its own way: the base of a third merge is no event."""
    days = [TEXT.replace("2025-12-01", f"2025-12-0{n}") for n in range(2, 6)]
    clone.merged(days[0], days[1])
    clone.git("merge", "--abort")
    one, other = (clone.git("rev-parse", name).stdout.strip() for name in ("main", "theirs"))
    for branch, with_, text in (("main", other, days[2]), ("theirs", one, days[3])):
        clone.git("switch", "-q", branch)
        clone.git("merge", "-q", with_, ok=False)
        clone.put(text)
        clone.commit("settled")
    done = clone.git("merge", "-q", "main", ok=False)
    assert done.returncode == 1
    assert "one version is not a valid event file; git merged it by lines" in done.stderr
    text = clone.event.read_text()
    assert "2025-12-04" in text
    assert "2025-12-05" in text


def test_both_add_one_event(clone: Repository) -> None:
    clone.path = "data/events/2025/2025-10-10-cn-new.yaml"
    text = TEXT.replace("2025-10-09-cn-a", "2025-10-10-cn-new").replace(
        "date: 2025-10-09", "date: 2025-10-10"
    )
    done = clone.merged(text + "  - url: https://example.org/b\n", text + "tags:\n  - a\n")
    assert done.returncode == 0, done.stderr
    assert "org/b\ntags:\n  - a\n" in clone.event.read_text()


@pytest.mark.parametrize(
    "name", ["$(touch struck)", "a'; touch struck; '", "-O", "%A %O", "a\nb", "\x1b[2J"]
)
def test_a_name_of_a_file_runs_nothing_and_steers_nothing(name: str, tmp_path: Path) -> None:
    made = Repository(tmp_path / "clone", TEXT, f"data/events/2025/{name}.yaml")
    setup.set_up(made.folder / "data")
    made.commit("set up")
    done = made.merged(TEXT.replace("61", "62"), TEXT.replace("61", "63"))
    assert done.returncode == 1
    assert "title: “Announcement 62” here (ours), “Announcement 63” there (theirs)" in done.stderr
    assert "\x1b" not in done.stderr.split("error[")[0]
    assert not list(made.folder.rglob("struck"))


def test_what_lies_in_the_clone_is_not_taken_for_a_module(real: Repository) -> None:
    for name in ("yaml.py", "rexctl.py", "typing.py", "sitecustomize.py"):
        (real.folder / name).write_text("open('struck', 'w')\n")
    real.commit("modules")
    assert real.merged(TEXT.replace("61", "62"), TEXT + "note: N.\n").returncode == 0
    assert not (real.folder / "struck").exists()


def test_a_hostile_config_runs_nothing(real: Repository) -> None:
    strike = f"touch {real.folder}/struck"
    hooks = real.folder / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "fsmonitor-watchman", "post-index-change"):
        (hooks / name).write_text(f"#!/bin/sh\n{strike}\n")
        (hooks / name).chmod(0o755)
    for key, value in {
        "core.hooksPath": str(hooks), "core.fsmonitor": str(hooks / "fsmonitor-watchman"),
        "core.pager": strike, "pager.config": strike, "core.editor": strike, "core.sshCommand": strike,
        "alias.config": f"!{strike}", "alias.check-attr": f"!{strike}", "alias.rev-parse": f"!{strike}",
        "diff.rexctl.textconv": strike, "diff.external": strike, "filter.x.clean": strike,
        "filter.x.smudge": strike, "merge.rexctl.recursive": "other", "merge.other.driver": strike,
    }.items():  # fmt: skip
        real.git("config", key, value)
    (real.folder / "data" / ".gitattributes").write_text("* filter=x\n")
    for words in (["doctor"], ["git", "setup"], ["doctor"]):
        real.rexctl(*words)
    assert not (real.folder / "struck").exists()
    assert list(setup.missing(Git(real.folder / "data"))) == []


def test_a_hunk_is_headed_by_the_title_of_its_event(clone: Repository) -> None:
    summary = "".join(f"  Sentence {n}.\n" for n in range(12))
    text = TEXT.replace("  It reaches goods made abroad.\n", summary)
    clone.put(text)
    clone.commit("longer")
    for old, new in (("Sentence 9", "Phrase 9"), ("2025-12-01", "2025-12-02"), ("org/a", "org/b")):
        clone.put(text.replace(old, new))
        heads = [line for line in clone.git("diff").stdout.splitlines() if line.startswith("@@")]
        assert [head.rpartition("@@ ")[2] for head in heads] == ["title: Announcement 61"]


def test_headings_by_field_are_replaced(real: Repository) -> None:
    real.git("config", "diff.rexctl.xfuncname", "^([a-z]+:.*)$")
    assert "git diff does not name the event" in real.rexctl("doctor").out
    real.rexctl("git", "setup")
    assert real.git("config", "diff.rexctl.xfuncname").stdout == "^(title: .*)$\n"


def test_every_command_says_what_is_in_conflict_and_how_to_take_one_side(clone: Repository) -> None:
    clone.merged(*(TEXT.replace("2025-12-01", day) for day in ("2025-12-02", "2025-12-08")))
    other = TEXT.replace(ID, "2025-10-01-cn-b").replace("date: 2025-10-09", "date: 2025-10-01")
    clone.event.with_name("2025-10-01-cn-b.yaml").write_text(other)
    told = "“Announcement 61”: start of clause 1(1): 2 December 2025 here (ours), 8 December 2025 there"
    for words in (("set", ID, "status=withdrawn"), ("show", ID), ("fmt",), ("check",), ("list",),
                  ("link", ID, "amends", "2025-10-01-cn-b"), ("retract", ID, "--reason", "R")):  # fmt: skip
        done = clone.rexctl(*words)
        assert done.code in (1, 3, 6), words
        assert told in done.out + done.err, words
        lines = (done.out + done.err).splitlines()
        assert f"  git checkout --ours -- {EVENT}" in lines, words
        assert f"  git checkout --theirs -- {EVENT}" in lines, words
    clone.git(*f"checkout --theirs -- {EVENT}".split())
    assert "2025-12-08" in clone.event.read_text()
    assert "“Announcement 61”: git has not merged" in clone.rexctl("check").out
    clone.git("add", EVENT)
    assert "unmerged" not in clone.rexctl("check").out


def test_a_window_that_one_side_sets_for_what_the_other_withdrew_is_a_conflict(
    clone: Repository,
) -> None:
    withdrawn = TEXT.replace("status: adopted", "status: withdrawn")
    done = clone.merged(withdrawn, TEXT.replace("2025-12-01", "2025-12-08"))
    assert done.returncode == 1
    assert ("“Announcement 61”: status withdrawn here (ours) contradicts what changed there (theirs): "
            "start of clause 1(1)") in done.stderr  # fmt: skip
    assert "status: withdrawn\n||||||| base\n" in clone.event.read_text()
