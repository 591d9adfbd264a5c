"""What a closed or full stdout or stderr changes: a non-zero end has changed nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID, outside

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.door import Door

ADD = "rexctl add statement 'A word' --actor NO --date 2025-10-12 --source https://example.org/s"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("rexctl list >&-", 7), ("rexctl list >/dev/full", 7), ("rexctl check >&-", 0),
        ("rexctl list -c >&-", 7), (f"rexctl show {SWINE_ID} >&-", 7), ("rexctl --help >&-", 7),
        ("rexctl list type:tarif 2>/dev/full", 2), ("rexctl list type:tarif 2>&-", 2),
        ("rexctl show nothing 2>/dev/full", 4), (f"{ADD} --dry-run >/dev/full", 7),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_written_is_an_environment_error(
    line: str, code: int, filled: Door, tmp_path: Path
) -> None:
    before = filled.files
    done = outside(tmp_path, line)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr and "bug" not in done.stderr
    assert filled.files == before


@pytest.mark.parametrize(
    "streams", [">/dev/full", ">&-", "2>/dev/full", ">/dev/full 2>/dev/full", ">&- 2>&- <&-"]
)
@pytest.mark.parametrize("words", [ADD, f"rexctl set {SWINE_ID} note=x", f"rexctl retract {SWINE_ID} --reason x",
                                   f"rexctl mv {SWINE_ID} 2025-10-09-no-new"])  # fmt: skip
def test_a_change_that_is_written_ends_0_whatever_becomes_of_the_report(
    words: str, streams: str, filled: Door, tmp_path: Path
) -> None:
    before = filled.files
    done = outside(tmp_path, f"{words} {streams}")
    assert done.returncode == 0, done.stderr
    assert filled.files != before
    assert ("written, but stdout" in done.stderr) == (streams in (">/dev/full", ">&-"))


def test_a_log_given_by_its_path_is_read_from_a_folder_that_is_gone(
    filled: Door, tmp_path: Path
) -> None:
    line = 'mkdir gone && cd gone && rmdir ../gone && rexctl -C "$HOME" list -f id'
    done = outside(tmp_path, line, real=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert SWINE_ID in done.stdout
