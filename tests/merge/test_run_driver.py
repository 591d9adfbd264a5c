from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rexctl.errors import EnvironmentFaultError, InputRefusedError
from rexctl.merge import driver

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "id: a\ntype: statement\ntitle: A\nstatus: made\n"


def three(folder: Path, base: str, ours: str, theirs: str) -> tuple[Path, Path, Path]:
    paths = folder / "o", folder / "a", folder / "b"
    for path, text in zip(paths, (base, ours, theirs), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_the_result_lies_in_ours(tmp_path: Path) -> None:
    paths = three(tmp_path, TEXT, TEXT.replace("A", "B"), TEXT + "note: N.\n")
    assert driver.run_driver(*paths, "x.yaml").done
    assert paths[1].read_text() == TEXT.replace("A", "B") + "note: N.\n"


def test_a_clash_is_told_by_the_path_that_git_gave(tmp_path: Path) -> None:
    paths = three(tmp_path, TEXT, TEXT.replace("A", "B"), TEXT.replace("A", "C"))
    merged = driver.run_driver(*paths, "data/x.yaml")
    assert not merged.done
    assert [(finding.path, finding.line) for finding in merged.findings] == [("data/x.yaml", 3)]


@pytest.mark.parametrize("bad", ["title: [\n", "x" * (2 << 20)])
def test_what_does_not_read_is_merged_by_its_lines(bad: str, tmp_path: Path) -> None:
    paths = three(tmp_path, TEXT, TEXT + bad, TEXT.replace("A", "B"))
    merged = driver.run_driver(*paths, "x")
    assert not merged.done
    assert merged.by_lines
    assert {finding.code for finding in merged.findings} <= {"conflict-markers"}
    text = paths[1].read_text()
    assert "<<<<<<< ours\ntitle: A\n" in text
    assert f"{bad.rstrip()}\n=======\ntitle: B\nstatus: made\n>>>>>>> theirs\n" in text
    paths = three(tmp_path, TEXT, TEXT.replace("title: A", bad), TEXT.replace("A", "B"))
    assert driver.run_driver(*paths, "x")[1:] == ((), True, 1)
    text = paths[1].read_text()
    assert [line for line in text.splitlines() if line[:7] in ("<<<<<<<", "|||||||", ">>>>>>>")] == [
        "<<<<<<< ours", "||||||| base", ">>>>>>> theirs"]  # fmt: skip


def test_what_no_text_is_stays_as_ours(tmp_path: Path) -> None:
    paths = three(tmp_path, TEXT, TEXT + "\0", TEXT + "a: b\n")
    with pytest.raises(EnvironmentFaultError, match="binary"):
        driver.run_driver(*paths, "x")
    assert paths[1].read_text() == TEXT + "\0"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    paths = three(tmp_path, TEXT, TEXT, TEXT)
    paths[1].unlink()
    paths[1].symlink_to("b")
    with pytest.raises(InputRefusedError):
        driver.run_driver(*paths, "x")
    assert paths[2].read_text() == TEXT


def test_a_fault_of_ours_does_not_cost_their_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(driver, "merge_bytes", broken)
    paths = three(tmp_path, TEXT, TEXT.replace("A", "B"), TEXT.replace("A", "C"))
    with pytest.raises(RuntimeError):
        driver.run_driver(*paths, "x")
    assert "title: C" in paths[1].read_text()
    assert "title: B" in paths[1].read_text()
