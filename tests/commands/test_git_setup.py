from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_it_says_what_it_did_and_doctor_is_content(rexctl: Door) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=rexctl.folder)
    assert "rexctl git setup" in rexctl("doctor").out
    said = rexctl("git", "setup")
    assert said.code == 0
    assert [line.split()[1] for line in said.lines] == [
        "merge.rexctl.name", "merge.rexctl.driver", "diff.rexctl.xfuncname", "events/**/*.yaml"]  # fmt: skip
    assert rexctl("git", "setup") == (0, "", "git is set up; nothing to do\n")
    assert "merges events by field" in rexctl("doctor").out


def test_init_writes_the_attributes(bare: Door) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=bare.folder)
    bare("init")
    assert not any("gitattributes" in line for line in bare("git", "setup").lines)


def test_without_a_repository_or_a_log_it_says_so(bare: Door) -> None:
    assert bare("git", "setup").code == 7
    bare("init")
    said = bare("git", "setup")
    assert (said.code, said.out) == (7, "")
    assert "not in a git repository; git init makes one" in said.err
    assert bare("doctor").code == 0
