from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.app.main import write_crash_report

if TYPE_CHECKING:
    import pytest


def test_the_details_are_kept_in_a_file_of_their_own() -> None:
    try:
        raise RuntimeError("odd")
    except RuntimeError as fault:
        path = Path(write_crash_report(fault, ["list", "x"]))
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert text.startswith("rexctl list x\nPython 3.")
    assert "RuntimeError: odd" in text


def test_a_disk_that_takes_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    assert write_crash_report(RuntimeError(), []) == "no file: it could not be written"
